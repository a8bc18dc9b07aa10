import type { TermPostings } from './term-postings.ts';

/**
 * Decoded postings kept at hand, in two halves: when one is full, the other is given up. (An LRU cache took a fiftieth of answering; which
 * list goes first matters little, since to decode one takes microseconds.)
 */
export class ListCache {
  readonly #mostPostings: number;
  #newer = new Map<number, TermPostings>();
  #older = new Map<number, TermPostings>();
  #postings = 0;

  /** @param mostPostings in both halves together */
  constructor(mostPostings: number) {
    this.#mostPostings = mostPostings;
  }

  get(key: number, decode: () => TermPostings): TermPostings {
    const known = this.#newer.get(key);
    if (known !== undefined) return known;
    const postings = this.#older.get(key) ?? decode();
    const { length } = (postings.kind === 'list' ? postings : postings.listed).units;
    if (this.#postings + length > this.#mostPostings / 2) {
      this.#older = this.#newer;
      this.#newer = new Map();
      this.#postings = 0;
    }
    this.#newer.set(key, postings);
    this.#postings += length;
    return postings;
  }
}
