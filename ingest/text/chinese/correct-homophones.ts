import type { NameSounds } from '../name-sounds.ts';
import { segmentWords } from './segment-words.ts';

/** What a pinyin keyboard or a southern accent confuses: zh/z, ch/c, sh/s, -ng/-n. */
const foldSyllable = (syllable: string) => syllable.replace(/^([zcs])h/, '$1').replace(/ng$/, 'n');

type WordKnowledge = { isWord: (word: string) => boolean; isParticle: (word: string) => boolean };

const LONGEST_CORRECTED = 6;
const HAN_RUN = /\p{Script=Han}+/gu;

/** Reads words that were typed with characters of the same sound as the documents' words that they were meant to be: 霍尔国斯 → 霍尔果斯. */
export class HomophoneCorrector {
  readonly #sounds: Pick<NameSounds, 'syllables'>;
  readonly #given: Iterable<string>;
  #known: { words: ReadonlySet<string>; bySound: ReadonlyMap<string, string> } | undefined;

  /** @param words Chinese words of the documents, two characters or more; gone through when the first text is to be corrected */
  constructor(sounds: Pick<NameSounds, 'syllables'>, words: Iterable<string>) {
    this.#sounds = sounds;
    this.#given = words;
  }

  /**
   * Corrects a normalised text. A stretch is taken for a slip only where it is no word itself and holds no particle.
   * @param isWord knows the words of the language
   * @param isParticle knows the little words that stand beside any other: 的, 是, 在
   */
  correct(text: string, isWord: (word: string) => boolean, isParticle: (word: string) => boolean): string {
    return text.replace(HAN_RUN, (run) => this.#correctRun(run, { isWord, isParticle }));
  }

  #correctRun(run: string, language: WordKnowledge): string {
    const segments = segmentWords(run);
    const odd = segments.map((segment) => segment.length === 1 || !language.isWord(segment));
    if (!odd.includes(true)) return run;
    let corrected = '';
    for (let first = 0; first < segments.length; ) {
      const slip = this.#slipAt(segments, odd, first, language);
      corrected += slip?.word ?? segments[first] ?? '';
      first += slip?.segments ?? 1;
    }
    return corrected;
  }

  /** A run of segments, at least one of them no word, that sounds like a word of the documents. */
  #slipAt(
    segments: readonly string[],
    odd: readonly boolean[],
    first: number,
    { isWord, isParticle }: WordKnowledge,
  ): { word: string; segments: number } | undefined {
    let stretch = '';
    let isSlip = false;
    let found: { word: string; segments: number } | undefined;
    for (let count = 1; first + count <= segments.length; count++) {
      const segment = segments[first + count - 1] ?? '';
      stretch += segment;
      if (stretch.length > LONGEST_CORRECTED || isParticle(segment)) break;
      isSlip ||= odd[first + count - 1] === true;
      const word =
        stretch.length > 1 && isSlip && !isWord(stretch) && !this.#knownWords().words.has(stretch) ? this.#soundsLike(stretch) : undefined;
      if (word !== undefined) found = { word, segments: count };
    }
    return found;
  }

  #soundsLike(stretch: string): string | undefined {
    const sound = this.#soundOf([...stretch]);
    return sound === undefined ? undefined : this.#knownWords().bySound.get(sound);
  }

  #knownWords() {
    if (!this.#known) {
      const words = new Set(this.#given);
      const bySound = new Map<string, string>();
      for (const word of words) {
        const sound = this.#soundOf([...word]);
        if (sound !== undefined && !bySound.has(sound)) bySound.set(sound, word);
      }
      this.#known = { words, bySound };
    }
    return this.#known;
  }

  #soundOf(characters: string[]): string | undefined {
    const known = this.#sounds.syllables;
    const syllables = characters.map((character) => known.get(character));
    return syllables.every((syllable) => syllable !== undefined) ? syllables.map(foldSyllable).join(' ') : undefined;
  }
}
