import type { PackedArray } from '../../packed-file.ts';
import { columnLength, isFrequent, LISTED_IN_COLUMN } from './frequent-columns.ts';
import { GrowingIntegers } from './growing-integers.ts';

/** What a gatherer holds, to be appended to another: postings as it keeps them, and where each unit's end. */
export type GatheredPostings = { postings: Uint32Array; ends: Uint32Array };

/** Gathers postings unit by unit, in one growing array: lists of tuples took 20 times the memory. */
export class PostingGatherer {
  /** The list's number, doubled, and one more where a frequency other than 1 follows. */
  readonly #postings = new GrowingIntegers();
  /** Where each unit's postings end. */
  readonly #ends = new GrowingIntegers();

  /** @param frequency a whole number in 1…255 */
  add(list: number, frequency: number): void {
    if (frequency === 1) this.#postings.push(list * 2);
    else {
      this.#postings.push(list * 2 + 1);
      this.#postings.push(frequency);
    }
  }

  closeUnit(): void {
    this.#ends.push(this.#postings.length);
  }

  gathered(): GatheredPostings {
    return { postings: this.#postings.values().slice(), ends: this.#ends.values().slice() };
  }

  /** Adds the units of another gatherer behind its own. @param lists what the other's lists are called here */
  append({ postings, ends }: GatheredPostings, lists: readonly number[]): void {
    const start = this.#postings.length;
    for (let at = 0; at < postings.length; at++) {
      const posting = postings[at] ?? 0;
      const isFollowed = posting & 1;
      this.#postings.push((lists[posting >>> 1] ?? 0) * 2 + isFollowed);
      if (isFollowed === 1) this.#postings.push(postings[++at] ?? 0);
    }
    for (const end of ends) this.#ends.push(start + end);
  }

  get unitCount(): number {
    return this.#ends.length;
  }

  /** Every posting, unit by unit. */
  forEach(visit: (list: number, unit: number, frequency: number) => void): void {
    const postings = this.#postings.values();
    const ends = this.#ends.values();
    let at = 0;
    for (let unit = 0; unit < ends.length; unit++) {
      const end = ends[unit] ?? 0;
      while (at < end) {
        const posting = postings[at++] ?? 0;
        visit(posting >>> 1, unit, (posting & 1) === 1 ? (postings[at++] ?? 0) : 1);
      }
    }
  }

  pack(name: string, listCount: number): Record<string, PackedArray> {
    const sizes = this.#measure(listCount);
    const { counts, starts } = sizes;
    const bytes = new Uint8Array(starts[listCount] ?? 0);
    const next = starts.slice(0, listCount);
    for (let list = 0; list < listCount; list++)
      if (this.#isColumn(counts, list))
        next[list] = writeNumber(bytes, (starts[list] ?? 0) + columnLength(this.unitCount), sizes.listed[list] ?? 0);
    const previous = new Int32Array(listCount).fill(-1);
    this.forEach((list, unit, frequency) => {
      if (this.#isColumn(counts, list)) {
        const at = (starts[list] ?? 0) + (unit >>> 2);
        bytes[at] = (bytes[at] ?? 0) | (Math.min(frequency, LISTED_IN_COLUMN) << ((unit & 3) << 1));
        if (frequency < LISTED_IN_COLUMN) return;
      }
      const distance = unit - (previous[list] ?? 0);
      let at = writeNumber(bytes, next[list] ?? 0, distance * 2 + (frequency === 1 ? 0 : 1));
      if (frequency !== 1) bytes[at++] = frequency;
      next[list] = at;
      previous[list] = unit;
    });
    return { [`${name}.bytes`]: bytes, [`${name}.starts`]: starts, [`${name}.counts`]: counts };
  }

  /** How many units each list has, how many of them are to be listed, and where its bytes start. */
  #measure(listCount: number): { counts: Uint32Array; listed: Uint32Array; starts: Uint32Array } {
    const counts = new Uint32Array(listCount);
    this.forEach((list) => {
      counts[list] = (counts[list] ?? 0) + 1;
    });
    const listed = new Uint32Array(listCount);
    const starts = new Uint32Array(listCount + 1);
    const previous = new Int32Array(listCount).fill(-1);
    this.forEach((list, unit, frequency) => {
      if (frequency < LISTED_IN_COLUMN && this.#isColumn(counts, list)) return;
      starts[list + 1] = (starts[list + 1] ?? 0) + lengthOf(unit - (previous[list] ?? 0), frequency);
      listed[list] = (listed[list] ?? 0) + 1;
      previous[list] = unit;
    });
    for (let list = 0; list < listCount; list++) {
      const column = this.#isColumn(counts, list) ? columnLength(this.unitCount) + digitsOf(listed[list] ?? 0) : 0;
      starts[list + 1] = (starts[list] ?? 0) + (starts[list + 1] ?? 0) + column;
    }
    return { counts, listed, starts };
  }

  #isColumn(counts: Uint32Array, list: number): boolean {
    return isFrequent(counts[list] ?? 0, this.unitCount);
  }
}

const digitsOf = (value: number) => (value < 0x80 ? 1 : value < 0x4000 ? 2 : value < 0x20_0000 ? 3 : value < 0x1000_0000 ? 4 : 5);

const lengthOf = (distance: number, frequency: number) => digitsOf(distance * 2 + 1) + (frequency === 1 ? 0 : 1);

/** @returns the place behind it */
function writeNumber(bytes: Uint8Array, at: number, value: number): number {
  let rest = value;
  for (; rest > 0x7f; rest >>>= 7) bytes[at++] = (rest & 0x7f) | 0x80;
  bytes[at++] = rest;
  return at;
}
