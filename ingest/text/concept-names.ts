import { GrowingIntegers } from '../index/lexical/postings/growing-integers.ts';
import { Vocabulary } from '../index/lexical/vocabulary.ts';
import { type PackedArray, packFile, type UnpackedFile, unpackFile } from '../index/packed-file.ts';
import { InternedStrings, StringNumbers } from '../index/tables/interned-strings.ts';
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

const NAMING = ['zh', ...ALPHABETIC_LANGUAGES] as const;
type Naming = (typeof NAMING)[number];

/** The lookup tables as they are stored with the index and looked up in: nothing is built when they are opened. */
export function packConceptNames(tables: ConceptNameTables): Buffer {
  const concepts = new StringNumbers();
  const ofLanguages = NAMING.map((language) => packNames(language, tables[language], concepts));
  const stems = ALPHABETIC_LANGUAGES.map((language) => {
    const distinct = [...new Set(tables[language].flatMap(([key]) => key.split(' ')))];
    return Vocabulary.pack(`${language}.stems`, distinct, distinct.length);
  });
  const { parents, characters, isWord } = new WordTrie(tables.zh.map(([name]) => name)).tables;
  const trie = { 'trie.parents': parents, 'trie.characters': characters, 'trie.isWord': isWord };
  const names = Uint32Array.from(tables.names, (concept) => concepts.of(concept));
  return packFile(Object.assign({ names }, trie, ...ofLanguages, ...stems, concepts.pack('concepts')));
}

function packNames(language: Naming, table: ConceptNameTables[Naming], concepts: StringNumbers): Record<string, PackedArray> {
  const starts = new Uint32Array(table.length + 1);
  const named = new GrowingIntegers();
  for (const [row, [, meant]] of table.entries()) {
    for (const concept of meant) named.push(concepts.of(concept));
    starts[row + 1] = named.length;
  }
  const names = table.map(([name]) => name);
  return {
    ...Vocabulary.pack(`${language}.names`, names, names.length),
    [`${language}.starts`]: starts,
    [`${language}.concepts`]: named.values().slice(),
  };
}

/** The names of concepts in one language. */
class NameTable {
  readonly #names: Vocabulary;
  readonly #starts: Uint32Array;
  readonly #named: Uint32Array;
  readonly #concepts: InternedStrings;

  constructor(language: Naming, file: UnpackedFile, concepts: InternedStrings) {
    this.#names = Vocabulary.unpack(`${language}.names`, file);
    this.#starts = file.integers(`${language}.starts`);
    this.#named = file.integers(`${language}.concepts`);
    this.#concepts = concepts;
  }

  /** The concepts of a name; none where nothing has it. */
  get(name: string): string[] {
    const row = this.#names.numberOf(name);
    if (row === undefined) return [];
    return Array.from(this.#named.subarray(this.#starts[row], this.#starts[row + 1]), (concept) => this.#concepts.at(concept));
  }
}

const LONGEST_NAME_IN_WORDS = 6;

/** Finds the concepts of a term base that a text names. */
export class ConceptFinder {
  readonly #byName: Record<Naming, NameTable>;
  readonly #names: ReadonlySet<string>;
  readonly #chineseNames: WordTrie;
  readonly #stems: Record<AlphabeticLanguage, Vocabulary>;

  /** @param tables as they were built, or as `packConceptNames` gave them */
  constructor(tables: ConceptNameTables | Buffer) {
    const file = unpackFile(Buffer.isBuffer(tables) ? tables : packConceptNames(tables));
    const concepts = new InternedStrings('concepts', file);
    const namesIn = (language: Naming) => new NameTable(language, file, concepts);
    this.#byName = { zh: namesIn('zh'), en: namesIn('en'), ru: namesIn('ru'), kk: namesIn('kk') };
    this.#names = new Set(Array.from(file.integers('names'), (concept) => concepts.at(concept)));
    const stemsIn = (language: AlphabeticLanguage) => Vocabulary.unpack(`${language}.stems`, file);
    this.#stems = { en: stemsIn('en'), ru: stemsIn('ru'), kk: stemsIn('kk') };
    this.#chineseNames = new WordTrie({
      parents: file.integers('trie.parents'),
      characters: file.shorts('trie.characters'),
      isWord: file.bytes('trie.isWord'),
    });
  }

  /** Concepts whose Chinese name is a substring of the normalised text; one entry per place where a name stands. */
  inChinese(text: string): FoundConcept[] {
    const found: FoundConcept[] = [];
    for (let start = 0; start < text.length; start++) {
      const names = this.#chineseNames.wordsAt(text, start);
      for (let longest = names.length - 1; longest >= 0; longest--) {
        const name = names[longest] ?? '';
        for (const concept of this.#byName.zh.get(name)) found.push({ concept, words: [name] });
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
    return this.#stems[language].numberOf(stem) !== undefined;
  }

  #longestNameAt(words: readonly AlphabeticWord[], start: number, language: AlphabeticLanguage) {
    // A word that stands in no name ends what may be one: most words do, and to look a run up takes longer.
    let longest = 0;
    while (longest < LONGEST_NAME_IN_WORDS && this.knowsStem(words[start + longest]?.stem ?? '', language)) longest++;
    for (let length = longest; length > 0; length--) {
      const run = words.slice(start, start + length);
      const concepts = this.#byName[language].get(nameKey(run.map(({ stem }) => stem)));
      if (concepts.length > 0) return { concepts, words: run.map(({ surface }) => surface) };
    }
    return { concepts: [], words: [] };
  }
}
