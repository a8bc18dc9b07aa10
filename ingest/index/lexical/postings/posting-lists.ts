import type { PackedArray, UnpackedFile } from '../../packed-file.ts';
import { GrowingIntegers } from './growing-integers.ts';
import type { Column } from './term-postings.ts';

/** In which units a term stands, ascending, and how often in each. */
export type Postings = { units: Uint32Array; frequencies: Float32Array };

/** Room for so many postings. */
export const roomFor = (count: number): Postings => ({ units: new Uint32Array(count), frequencies: new Float32Array(count) });

/**
 * Lists of postings, as bytes: for each posting the distance from the unit before it, doubled, and one more where a frequency other
 * than 1 follows as one byte; the distance as a base-128 number, low digits first. A frequent term takes a byte a posting where plain arrays take eight.
 */
export class PostingLists {
  readonly #bytes: Uint8Array;
  /** Where each list starts; one more for the end. */
  readonly #starts: Uint32Array;
  /** How many units each list has. */
  readonly counts: Uint32Array;

  private constructor(bytes: Uint8Array, starts: Uint32Array, counts: Uint32Array) {
    this.#bytes = bytes;
    this.#starts = starts;
    this.counts = counts;
  }

  static unpack(name: string, file: UnpackedFile): PostingLists {
    return new PostingLists(file.bytes(`${name}.bytes`), file.integers(`${name}.starts`), file.integers(`${name}.counts`));
  }

  decode(list: number): Postings {
    const postings = roomFor(this.counts[list] ?? 0);
    const { units, frequencies } = postings;
    const cursor = new PostingCursor(this.#bytes, this.#starts[list] ?? 0);
    for (let index = 0; index < units.length; index++) {
      cursor.next();
      units[index] = cursor.unit;
      frequencies[index] = cursor.frequency;
    }
    return postings;
  }

  /**
   * Adds a list's frequencies, each by a weight, to sums by unit.
   * @param marks gets a bit for each unit that was added to
   */
  addTo(sums: Column, list: number, weight = 1, marks?: Uint32Array): void {
    const cursor = new PostingCursor(this.#bytes, this.#starts[list] ?? 0);
    for (let left = this.counts[list] ?? 0; left > 0; left--) {
      cursor.next();
      sums[cursor.unit] = (sums[cursor.unit] ?? 0) + weight * cursor.frequency;
      if (marks) marks[cursor.unit >>> 5] = (marks[cursor.unit >>> 5] ?? 0) | (1 << (cursor.unit & 31));
    }
  }
}

/** Reads a list posting by posting. */
class PostingCursor {
  readonly #bytes: Uint8Array;
  #at: number;
  unit = -1;
  frequency = 0;

  constructor(bytes: Uint8Array, at: number) {
    this.#bytes = bytes;
    this.#at = at;
  }

  next(): void {
    let byte = this.#bytes[this.#at++] ?? 0;
    let value = byte & 0x7f;
    for (let shift = 7; byte > 0x7f; shift += 7) {
      byte = this.#bytes[this.#at++] ?? 0;
      value |= (byte & 0x7f) << shift;
    }
    this.unit += value >>> 1;
    this.frequency = (value & 1) === 0 ? 1 : (this.#bytes[this.#at++] ?? 0);
  }
}

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
    const starts = new Uint32Array(listCount + 1);
    const counts = new Uint32Array(listCount);
    const previous = new Int32Array(listCount).fill(-1);
    this.forEach((list, unit, frequency) => {
      counts[list] = (counts[list] ?? 0) + 1;
      starts[list + 1] = (starts[list + 1] ?? 0) + lengthOf(unit - (previous[list] ?? 0), frequency);
      previous[list] = unit;
    });
    for (let list = 0; list < listCount; list++) starts[list + 1] = (starts[list + 1] ?? 0) + (starts[list] ?? 0);
    const bytes = new Uint8Array(starts[listCount] ?? 0);
    const next = starts.slice();
    previous.fill(-1);
    this.forEach((list, unit, frequency) => {
      const distance = unit - (previous[list] ?? 0);
      let at = writeNumber(bytes, next[list] ?? 0, distance * 2 + (frequency === 1 ? 0 : 1));
      if (frequency !== 1) bytes[at++] = frequency;
      next[list] = at;
      previous[list] = unit;
    });
    return { [`${name}.bytes`]: bytes, [`${name}.starts`]: starts, [`${name}.counts`]: counts };
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
