import type { ListedPostings } from './term-postings.ts';

/**
 * Decoded lists kept at hand, in two halves: when one is full, the other is given up. (An LRU cache took a fiftieth of answering; which
 * list goes first matters little, since to decode one takes microseconds.)
 */
export class ListCache {
  readonly #mostPostings: number;
  #newer = new Map<number, ListedPostings>();
  #older = new Map<number, ListedPostings>();
  #postings = 0;

  /** @param mostPostings in both halves together */
  constructor(mostPostings: number) {
    this.#mostPostings = mostPostings;
  }

  get(key: number, decode: () => ListedPostings): ListedPostings {
    const known = this.#newer.get(key);
    if (known !== undefined) return known;
    const postings = this.#older.get(key) ?? decode();
    if (this.#postings + postings.units.length > this.#mostPostings / 2) {
      this.#older = this.#newer;
      this.#newer = new Map();
      this.#postings = 0;
    }
    this.#newer.set(key, postings);
    this.#postings += postings.units.length;
    return postings;
  }
}
