import { Vocabulary } from '../lexical/vocabulary.ts';
import { packFile, unpackFile } from '../packed-file.ts';

export const packWordSet = (words: readonly string[]): Buffer => packFile(Vocabulary.pack('words', words, words.length));

/** Different words, packed as in the file: one is looked up without any being decoded. */
export class WordSet {
  readonly #words: Vocabulary;

  /** @param file what `packWordSet` gave; its hash was checked */
  constructor(file: Buffer) {
    this.#words = Vocabulary.unpack('words', unpackFile(file));
  }

  has(word: string): boolean {
    return this.#words.numberOf(word) !== undefined;
  }
}
