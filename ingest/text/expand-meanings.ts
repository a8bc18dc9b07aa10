import type { Gloss } from './chinese/chinese-dictionary.ts';
import type { ConceptFinder } from './concept-names.ts';
import { normalizeText } from './normalize-text.ts';
import { type AlphabeticLanguage, contentWords } from './stem-words.ts';
import { ALPHABETIC_LANGUAGES, type Concept, nameKey } from './term-base.ts';
import type { WordTrie } from './word-trie.ts';

/** Terms of the meaning view: a concept of the term base, or a stem (or run of stems) of an alphabetic language. */
export const conceptTerm = (concept: string) => `#${concept}`;
export const isConceptTerm = (term: string): boolean => term.startsWith('#');
export const stemTerm = (language: AlphabeticLanguage, key: string) => `${language}:${key}`;

/** Language and key of a stem term; `undefined` for a concept. */
export function parseStemTerm(term: string): readonly [AlphabeticLanguage, string] | undefined {
  const language = ALPHABETIC_LANGUAGES.find((candidate) => term.startsWith(`${candidate}:`));
  return language && [language, term.slice(language.length + 1)];
}

const LONGEST_DICTIONARY_WORD = 8;

/** A gloss of several words is only partly named by one of them: each word gets 1 / count (retrieval study). */
function addGloss(terms: Map<string, number>, language: AlphabeticLanguage, stems: string[], weight: number): void {
  const raise = (term: string, value: number) => terms.set(term, Math.max(terms.get(term) ?? 0, value));
  for (const stem of stems) raise(stemTerm(language, stem), weight / stems.length);
  if (stems.length > 1) raise(stemTerm(language, nameKey(stems)), weight);
}

/** Finds in a text what means something: dictionary words, and concepts by any of their names. Such a source is written as its term. */
export class MeaningFinder {
  /** Dictionary words that it came across and that are too long to be sources: they say what their parts say. */
  readonly longWords = new Set<string>();
  readonly #concepts: ConceptFinder;
  readonly #words: WordTrie;

  constructor(concepts: ConceptFinder, words: WordTrie) {
    this.#concepts = concepts;
    this.#words = words;
  }

  /**
   * The sources in a normalised text, each as often as it stands there.
   * @param language BCP 47 tag of the text; in Chinese dictionary words count, in alphabetic languages concepts only
   */
  sourcesIn(text: string, language: string): string[] {
    const alphabetic = ALPHABETIC_LANGUAGES.find((candidate) => language.startsWith(candidate));
    const found = alphabetic ? this.#concepts.inAlphabetic(contentWords(text, alphabetic), alphabetic) : this.#concepts.inChinese(text);
    const sources = found.map(({ concept }) => conceptTerm(concept));
    if (alphabetic) return sources;
    for (const word of this.wordsIn(text)) {
      if (word.length <= LONGEST_DICTIONARY_WORD) sources.push(word);
      else this.longWords.add(word);
    }
    return sources;
  }

  /** The dictionary words that stand in a normalised text, one inside another too, each as often as it stands there. */
  *wordsIn(text: string): Generator<string> {
    for (let start = 0; start < text.length; start++) yield* this.#words.wordsAt(text, start);
  }
}

/**
 * Expands a document's text into terms that other languages and everyday words can reach: for every Chinese dictionary word
 * or term-base name in it, its concept and the stems of its names and glosses. This is document expansion: the question
 * needs no dictionary. (A question word and all its translations thereby form one synonym group: frequencies add up.)
 */
export class MeaningExpander {
  readonly #dictionary: ReadonlyMap<string, Gloss[]>;
  readonly #termsByConcept: Map<string, ReadonlyMap<string, number>>;

  constructor(concepts: Concept[], dictionary: ReadonlyMap<string, Gloss[]>) {
    this.#dictionary = dictionary;
    this.#termsByConcept = new Map(concepts.map((concept) => [conceptTerm(concept.concept), termsOfConcept(concept)]));
  }

  /** The terms that a source means, with weights in 0…1. */
  termsOf(source: string): ReadonlyMap<string, number> {
    return this.#termsByConcept.get(source) ?? termsOfGlosses(this.#dictionary.get(source) ?? []);
  }
}

/**
 * Everyday words that the documents do not use but that a dictionary renders alike: 火车 and 铁路 share “railway”. For each
 * dictionary word, the gloss terms that some document reaches; words that stand in the documents themselves need no bridge.
 */
export function bridgeWords(
  dictionary: ReadonlyMap<string, Gloss[]>,
  isKnownTerm: (term: string) => boolean,
  isKnownWord: (word: string) => boolean,
): GlossBridges {
  const bridges: GlossBridges = [];
  for (const [word, glosses] of dictionary) {
    if (isKnownWord(word)) continue;
    const reached = [...termsOfGlosses(glosses)].filter(([term, weight]) => weight >= LEAST_BRIDGE && isKnownTerm(term));
    if (reached.length > 0) bridges.push([word, reached.map(([term, weight]) => [term, Math.round(weight * 100) / 100])]);
  }
  return bridges;
}

/** Every English stem that the dictionary's glosses use: words that exist, and so are no misspellings. */
export const glossStems = (dictionary: ReadonlyMap<string, Gloss[]>): string[] => [
  ...new Set([...dictionary.values()].flatMap((glosses) => glosses.flatMap(({ words }) => words.map(({ stem }) => stem)))),
];

/** word → gloss terms with weights in 0…1, as stored with the index. */
export type GlossBridges = [word: string, terms: [term: string, weight: number][]][];

/** One word of a longer gloss bridges too much: “to give” would join half of the dictionary. */
const LEAST_BRIDGE = 0.5;

/** English names stand beside the dictionary's glosses of the same words; Russian and Kazakh ones stand alone. */
const BESIDE_DICTIONARY = 0.5;

function termsOfConcept(concept: Concept): Map<string, number> {
  const terms = new Map([[conceptTerm(concept.concept), 1]]);
  for (const language of ALPHABETIC_LANGUAGES) {
    for (const name of concept[language]) {
      const stems = contentWords(normalizeText(name), language).map(({ stem }) => stem);
      if (stems.length > 0) addGloss(terms, language, stems, language === 'en' ? BESIDE_DICTIONARY : 1);
    }
  }
  return terms;
}

function termsOfGlosses(glosses: Gloss[]): Map<string, number> {
  const terms = new Map<string, number>();
  for (const { words, weight } of glosses)
    addGloss(
      terms,
      'en',
      words.map(({ stem }) => stem),
      weight,
    );
  return terms;
}
