import { normalizeText } from './normalize-text.ts';
import type { AlphabeticLanguage, AlphabeticWord } from './stem-words.ts';
import { ALPHABETIC_LANGUAGES, type Concept, keyOfName, nameKey } from './term-base.ts';
import { WordTrie } from './word-trie.ts';

/** Lookup tables of a term base, as stored with the index: normalised name → concepts, per language. */
export type ConceptNameTables = Record<'zh' | AlphabeticLanguage, [name: string, concepts: string[]][]> & {
  /** Concepts that are names of places and the like. */
  names: string[];
};

/** A concept found in a text; `words` are the normalised words of the text that named it. */
export type FoundConcept = { concept: string; words: string[] };

/** Builds the lookup tables of a term base. Two concepts may share a name; a text that uses it then means both. */
export function buildConceptNameTables(concepts: Concept[]): ConceptNameTables {
  const tables = {
    zh: new Map<string, string[]>(),
    en: new Map<string, string[]>(),
    ru: new Map<string, string[]>(),
    kk: new Map<string, string[]>(),
  };
  const add = (table: Map<string, string[]>, name: string | undefined, concept: string) => {
    if (name === undefined) return;
    const named = table.get(name) ?? [];
    if (!named.includes(concept)) table.set(name, [...named, concept]);
  };
  for (const concept of concepts) {
    for (const name of concept['zh-Hans']) add(tables.zh, normalizeText(name), concept.concept);
    for (const language of ALPHABETIC_LANGUAGES)
      for (const name of concept[language]) add(tables[language], keyOfName(name, language), concept.concept);
  }
  const names = concepts.filter(({ isName }) => isName).map(({ concept }) => concept);
  return { zh: [...tables.zh], en: [...tables.en], ru: [...tables.ru], kk: [...tables.kk], names };
}

const LONGEST_NAME_IN_WORDS = 6;

/** Finds the concepts of a term base that a text names. */
export class ConceptFinder {
  readonly #byName: Record<'zh' | AlphabeticLanguage, Map<string, string[]>>;
  readonly #names: ReadonlySet<string>;
  readonly #chineseNames: WordTrie;
  readonly #stems: Record<AlphabeticLanguage, ReadonlySet<string>>;

  constructor(tables: ConceptNameTables) {
    this.#byName = { zh: new Map(tables.zh), en: new Map(tables.en), ru: new Map(tables.ru), kk: new Map(tables.kk) };
    this.#names = new Set(tables.names);
    const stemsIn = (language: AlphabeticLanguage) => new Set(tables[language].flatMap(([key]) => key.split(' ')));
    this.#stems = { en: stemsIn('en'), ru: stemsIn('ru'), kk: stemsIn('kk') };
    this.#chineseNames = new WordTrie(tables.zh.map(([name]) => name));
  }

  /** Concepts whose Chinese name is a substring of the normalised text; one entry per place where a name stands. */
  inChinese(text: string): FoundConcept[] {
    const found: FoundConcept[] = [];
    for (let start = 0; start < text.length; start++) {
      const names = this.#chineseNames.wordsAt(text, start);
      for (let longest = names.length - 1; longest >= 0; longest--) {
        const name = names[longest] ?? '';
        for (const concept of this.#byName.zh.get(name) ?? []) found.push({ concept, words: [name] });
      }
    }
    return found;
  }

  /** Concepts named by runs of content words, longest name first; words inside a longer name do not name another concept. */
  inAlphabetic(words: readonly AlphabeticWord[], language: AlphabeticLanguage): FoundConcept[] {
    const found: FoundConcept[] = [];
    for (let start = 0; start < words.length; ) {
      const run = this.#longestNameAt(words, start, language);
      for (const concept of run.concepts) found.push({ concept, words: run.words });
      start += Math.max(1, run.words.length);
    }
    return found;
  }

  /** Whether a concept is the name of a place or the like. */
  isName(concept: string): boolean {
    return this.#names.has(concept);
  }

  /** Whether a stem stands in some name: such a word is spelt right, even where the documents lack it. */
  knowsStem(stem: string, language: AlphabeticLanguage): boolean {
    return this.#stems[language].has(stem);
  }

  #longestNameAt(words: readonly AlphabeticWord[], start: number, language: AlphabeticLanguage) {
    for (let length = Math.min(LONGEST_NAME_IN_WORDS, words.length - start); length > 0; length--) {
      const run = words.slice(start, start + length);
      const concepts = this.#byName[language].get(nameKey(run.map(({ stem }) => stem)));
      if (concepts) return { concepts, words: run.map(({ surface }) => surface) };
    }
    return { concepts: [], words: [] };
  }
}
