import { type Postings, type Room, roomFor, type SourcePostings } from './term-postings.ts';

/** Lists that were decoded one after another into the same room. */
class Half {
  readonly lists = new Map<number, SourcePostings>();
  readonly #room: Postings;
  #used = 0;

  constructor(postings: number) {
    this.#room = roomFor(postings);
  }

  /** `undefined` where it is full. */
  take(count: number): Postings | undefined {
    const end = this.#used + count;
    if (end > this.#room.units.length) return undefined;
    const room = { units: this.#room.units.subarray(this.#used, end), frequencies: this.#room.frequencies.subarray(this.#used, end) };
    this.#used = end;
    return room;
  }

  clear(): void {
    this.lists.clear();
    this.#used = 0;
  }
}

/**
 * Decoded postings kept at hand, in two halves: when one is full, the other is given up and its room used anew, since to get room from the
 * system takes longer than to decode. So what is given is lent: to be read before others are asked for. (An LRU cache took a fiftieth
 * of answering; which list goes first matters little.)
 */
export class ListCache {
  #newer: Half;
  #older: Half;

  /** @param postings room for so many, in both halves together */
  constructor(postings: number) {
    this.#newer = new Half(Math.ceil(postings / 2));
    this.#older = new Half(Math.ceil(postings / 2));
  }

  get(key: number, decode: (room: Room) => SourcePostings): SourcePostings {
    const known = this.#newer.lists.get(key) ?? this.#older.lists.get(key);
    if (known !== undefined) return known;
    const postings = decode((count) => this.#take(count));
    this.#newer.lists.set(key, postings);
    return postings;
  }

  /** A list longer than half of all gets room of its own. */
  #take(count: number): Postings {
    const room = this.#newer.take(count);
    if (room !== undefined) return room;
    [this.#newer, this.#older] = [this.#older, this.#newer];
    this.#newer.clear();
    return this.#newer.take(count) ?? roomFor(count);
  }
}
