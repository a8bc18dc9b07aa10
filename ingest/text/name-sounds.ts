import damerauLevenshtein from 'damerau-levenshtein';
import { type AlphabeticLanguage, onRussianKeys } from './stem-words.ts';

/**
 * Names told by sound across scripts: Tokayev, Токаев and 托卡耶夫 share the consonants t-k-f. Vowels, voicing, r/l and the kinds of
 * s are folded, because transliterations do not keep them apart.
 */
export type Sound = string;

/** Character → Mandarin syllable without tone, e.g. 托 → tuo. */
export type Syllables = ReadonlyMap<string, string>;

/** Shorter skeletons fit too many names. */
const SHORTEST_SOUND = 3;
/** Share of the skeleton that must agree (retrieval study). */
const LEAST_LIKENESS = 0.75;

const MANDARIN_INITIALS: [RegExp, string][] = [
  [/^(?:zh|ch|sh|[jqxzcsr])/, 's'],
  [/^[bp]/, 'p'],
  [/^[dt]/, 't'],
  [/^[gk]/, 'k'],
  [/^f|^w(?!u)/, 'f'],
  [/^l|^er$/, 'l'],
  [/^m/, 'm'],
  [/^n/, 'n'],
  [/^h/, 'h'],
];

const soundBySyllable = new Map<string, Sound>();

function soundOfSyllable(syllable: string): Sound {
  const known = soundBySyllable.get(syllable);
  if (known !== undefined) return known;
  const initial = MANDARIN_INITIALS.find(([pattern]) => pattern.test(syllable))?.[1] ?? '';
  const sound = /ng?$/.test(syllable) && syllable !== 'n' ? `${initial}n` : initial;
  soundBySyllable.set(syllable, sound);
  return sound;
}

/** Consonants of a Chinese name; characters without a known syllable are silent. */
export const soundOfChinese = (name: string, syllables: Syllables): Sound =>
  collapse([...name].map((character) => soundOfSyllable(syllables.get(character) ?? '')).join(''));

const LATIN_SOUNDS: [RegExp, string][] = [
  [/sch|tch|dzh|tsh|sh|ch|zh|cz|sz|tz|ts|dj|th(?=s)/g, 's'],
  [/ph/g, 'f'],
  [/kh/g, 'h'],
  [/gh/g, 'k'],
  [/th/g, 't'],
  [/ck|qu|q/g, 'k'],
  [/x/g, 'ks'],
  [/c(?=[eiy])|g(?=[eiy])|[jzs]/g, 's'],
  [/[cg]/g, 'k'],
  [/[vw]/g, 'f'],
  [/b/g, 'p'],
  [/d/g, 't'],
  [/r/g, 'l'],
  [/[^ptkfslmnh]/g, ''],
];

const CYRILLIC_LETTERS = new Map(
  Object.entries({
    б: 'p',
    п: 'p',
    д: 't',
    т: 't',
    г: 'k',
    к: 'k',
    в: 'f',
    ф: 'f',
    ж: 's',
    з: 's',
    с: 's',
    ц: 's',
    ч: 's',
    ш: 's',
    щ: 's',
    р: 'l',
    л: 'l',
    м: 'm',
    н: 'n',
    х: 'h',
  }),
);

/** Consonants of a lower-case Latin or Cyrillic word. */
export function soundOfAlphabetic(word: string, language: AlphabeticLanguage): Sound {
  if (language !== 'en') {
    const letters = onRussianKeys(word).replaceAll('дж', 'ж').replaceAll('тс', 'с');
    return collapse([...letters].map((letter) => CYRILLIC_LETTERS.get(letter) ?? '').join(''));
  }
  const plain = word.normalize('NFD').replace(/\p{M}/gu, '');
  return collapse(LATIN_SOUNDS.reduce((sounds, [letters, sound]) => sounds.replace(letters, sound), plain));
}

/** Doubled consonants sound once. */
const collapse = (sounds: string): Sound => sounds.replace(/(.)\1+/g, '$1');

/** How alike two skeletons are, 0…1. */
const likeness = (one: Sound, other: Sound): number => {
  const longest = Math.max(one.length, other.length);
  return 1 - damerauLevenshtein(one, other).steps / longest;
};

export const isTelling = (sound: Sound): boolean => sound.length >= SHORTEST_SOUND;

/** The known skeletons that a name may be, with their likeness ≥ .75, best first. */
export function soundsLike(sound: Sound, known: Iterable<Sound>, most: number): { sound: Sound; likeness: number }[] {
  if (!isTelling(sound)) return [];
  const alike: { sound: Sound; likeness: number }[] = [];
  for (const candidate of known) {
    // Names keep their first sound; a difference in length alone may be too much.
    if (
      candidate.charAt(0) !== sound.charAt(0) ||
      Math.abs(candidate.length - sound.length) > (1 - LEAST_LIKENESS) * Math.max(candidate.length, sound.length)
    )
      continue;
    const value = likeness(sound, candidate);
    if (value >= LEAST_LIKENESS) alike.push({ sound: candidate, likeness: value });
  }
  return alike.toSorted((a, b) => b.likeness - a.likeness || b.sound.length - a.sound.length).slice(0, most);
}

const LONGEST_NAME = 7;

/** The skeletons of all stretches of a text that may be a foreign name: two to seven characters that write such names. */
export function soundsInChinese(text: string, syllables: Syllables, nameCharacters: ReadonlySet<string>): Set<Sound> {
  const sounds = new Set<Sound>();
  const characters = [...text];
  for (let start = 0; start < characters.length; start++) {
    let sound: Sound = '';
    for (let end = start; end < Math.min(characters.length, start + LONGEST_NAME); end++) {
      const character = characters[end] ?? '';
      if (!nameCharacters.has(character)) break;
      for (const letter of soundOfSyllable(syllables.get(character) ?? '')) if (!sound.endsWith(letter)) sound += letter;
      if (end > start && isTelling(sound)) sounds.add(sound);
    }
  }
  return sounds;
}

/** Characters that stand in at least this many foreign names of the dictionary write names. */
const LEAST_NAMES = 2;

/**
 * The characters that write foreign names, learned from a dictionary: those of the entries whose one-word English rendering
 * sounds like them (特斯拉 Tesla, 乔治 George).
 */
export function learnNameCharacters(names: Iterable<readonly [chinese: string, english: string]>, syllables: Syllables): Set<string> {
  const counts = new Map<string, number>();
  for (const [chinese, english] of names) {
    const one = soundOfChinese(chinese, syllables);
    if (one.length < 2 || likeness(one, soundOfAlphabetic(english.toLowerCase(), 'en')) < LEAST_LIKENESS) continue;
    for (const character of new Set(chinese)) counts.set(character, (counts.get(character) ?? 0) + 1);
  }
  return new Set([...counts].filter(([, count]) => count >= LEAST_NAMES).map(([character]) => character));
}

/** What matching names needs of the dictionary. */
export type NameSounds = { readonly syllables: Syllables; readonly nameCharacters: ReadonlySet<string> };

/** Finds the names of the documents that sound like a name in a question. */
export class NameMatcher {
  readonly #sounds: NameSounds;
  readonly #given: Iterable<Sound>;
  #known: ReadonlySet<Sound> | undefined;

  /** @param known the sounds of the documents; gone through when the first name is to be matched */
  constructor(sounds: NameSounds, known: Iterable<Sound>) {
    this.#sounds = sounds;
    this.#given = known;
  }

  /** Sounds of the documents for a stretch of Chinese that may be a foreign name in another transliteration: 杜卡耶夫. */
  chinese(word: string) {
    const { syllables, nameCharacters } = this.#sounds;
    if (![...word].every((character) => nameCharacters.has(character))) return [];
    return soundsLike(soundOfChinese(word, syllables), this.#knownSounds(), MOST_NAMES);
  }

  /** Tells whether a word sounds like some stretch of this Chinese text that may be a foreign name. */
  listenTo(chinese: string): (word: string, language: AlphabeticLanguage) => boolean {
    const sounds = soundsInChinese(chinese, this.#sounds.syllables, this.#sounds.nameCharacters);
    return (word, language) => soundsLike(soundOfAlphabetic(word, language), sounds, 1).length > 0;
  }

  /** Sounds of the documents that a word of an alphabetic language may stand for. */
  alphabetic(word: string, language: AlphabeticLanguage) {
    return soundsLike(soundOfAlphabetic(word, language), this.#knownSounds(), MOST_NAMES);
  }

  #knownSounds(): ReadonlySet<Sound> {
    this.#known ??= new Set(this.#given);
    return this.#known;
  }
}

const MOST_NAMES = 3;
