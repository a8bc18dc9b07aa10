import damerauLevenshtein from 'damerau-levenshtein';
import type { AlphabeticLanguage } from './stem-words.ts';

const SHORTEST_CORRECTED = 5;
const LONG_WORD = 8;

const beginning = (stem: string, language: AlphabeticLanguage) => `${language}:${stem.charAt(0)}`;

/** Slips allowed (letters changed, dropped, doubled or swapped): one, or two in a long word. */
const allowedSlips = (stem: string) => (stem.length >= LONG_WORD ? 2 : 1);

/**
 * Finds the stem that a misspelt one was meant to be, among the stems by which the documents can be reached. A stem that a
 * dictionary knows is taken at its word: “contrast” is no slip for “contract”.
 */
export class SpellingCorrector {
  readonly #given: Iterable<readonly [AlphabeticLanguage, string]>;
  /** By language and first letter. */
  #stems: ReadonlyMap<string, string[]> | undefined;
  readonly #dictionaryStems: Pick<ReadonlySet<string>, 'has'>;

  /**
   * @param stems the documents' stems per language; gone through when the first word is to be corrected
   * @param dictionaryStems English stems that are words of their own
   */
  constructor(stems: Iterable<readonly [AlphabeticLanguage, string]>, dictionaryStems: Pick<ReadonlySet<string>, 'has'>) {
    this.#given = stems;
    this.#dictionaryStems = dictionaryStems;
  }

  /** Whether a dictionary knows the stem as a word of its own; there is one for English only. */
  isWord(stem: string, language: AlphabeticLanguage): boolean {
    return language === 'en' && this.#dictionaryStems.has(stem);
  }

  /**
   * Whether an English word that no dictionary knows is a slip for one of some little words (teh, wat, abuot): one letter changed,
   * dropped, doubled or swapped.
   */
  isSlipFor(surface: string, language: AlphabeticLanguage, littleWords: Iterable<string>): boolean {
    if (language !== 'en' || surface.length < 3) return false;
    for (const word of littleWords)
      if (word.length >= 3 && Math.abs(word.length - surface.length) <= 1 && damerauLevenshtein(surface, word).steps === 1) return true;
    return false;
  }

  /** The nearest stem with the same first letter, or `undefined` where none is near or the word is right as it is. */
  correct(stem: string, language: AlphabeticLanguage): string | undefined {
    if (stem.length < SHORTEST_CORRECTED || /\d/.test(stem) || this.isWord(stem, language)) return undefined;
    const allowed = allowedSlips(stem);
    let nearest: { stem: string; slips: number } | undefined;
    this.#stems ??= byBeginning(this.#given);
    for (const candidate of this.#stems.get(beginning(stem, language)) ?? []) {
      if (Math.abs(candidate.length - stem.length) > allowed) continue;
      const slips = damerauLevenshtein(stem, candidate).steps;
      if (slips <= allowed && slips < (nearest?.slips ?? Number.POSITIVE_INFINITY)) nearest = { stem: candidate, slips };
    }
    return nearest?.stem;
  }
}

function byBeginning(stems: Iterable<readonly [AlphabeticLanguage, string]>): Map<string, string[]> {
  const alike = new Map<string, string[]>();
  for (const [language, stem] of stems) {
    const known = alike.get(beginning(stem, language));
    if (known) known.push(stem);
    else alike.set(beginning(stem, language), [stem]);
  }
  return alike;
}
