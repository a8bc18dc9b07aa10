import { Vocabulary } from '../lexical/vocabulary.ts';
import type { PackedArray, UnpackedFile } from '../packed-file.ts';

/** Numbers strings that come up again and again, from 0 in the order in which they first do. */
export class StringNumbers {
  readonly #numbers = new Map<string, number>();

  of(string: string): number {
    const known = this.#numbers.get(string);
    if (known !== undefined) return known;
    const number = this.#numbers.size;
    this.#numbers.set(string, number);
    return number;
  }

  pack(name: string): Record<string, PackedArray> {
    return Vocabulary.pack(name, this.#numbers.keys(), this.#numbers.size);
  }
}

/** The strings of `StringNumbers`. Each is decoded once: the same name of a paragraph stands in most documents. */
export class InternedStrings {
  readonly #vocabulary: Vocabulary;
  readonly #decoded: string[] = [];

  constructor(name: string, file: UnpackedFile) {
    this.#vocabulary = Vocabulary.unpack(name, file);
  }

  get size(): number {
    return this.#vocabulary.size;
  }

  /** The string of a number that `StringNumbers` gave. */
  at(number: number): string {
    const known = this.#decoded[number];
    if (known !== undefined) return known;
    const string = this.#vocabulary.termOf(number);
    this.#decoded[number] = string;
    return string;
  }

  numberOf(string: string): number | undefined {
    return this.#vocabulary.numberOf(string);
  }
}
