import type { PackedArray, UnpackedFile } from '../../packed-file.ts';
import { GrowingIntegers } from './growing-integers.ts';
import type { Room } from './list-cache.ts';
import { LISTED_IN_COLUMN, type TermPostings } from './term-postings.ts';

/** In which units a term stands, ascending, and how often in each. */
export type Postings = { units: Uint32Array; frequencies: Float32Array };

/** Room for so many postings. */
export const roomFor = (count: number): Postings => ({ units: new Uint32Array(count), frequencies: new Float32Array(count) });

/** From this many units on, a list that has more than a tenth of them is a column. */
const LARGE = 10_000;
const FREQUENT = 0.1;

/** Whether a term that stands in so many of the units is frequent, as only a large index has such. */
export const isFrequent = (count: number, unitCount: number): boolean => unitCount >= LARGE && count > FREQUENT * unitCount;

const UNITS_A_BYTE = 4;
const columnLength = (unitCount: number) => Math.ceil(unitCount / UNITS_A_BYTE);

/**
 * Lists of postings, as bytes: for each posting the distance from the unit before it, doubled, and one more where a frequency other
 * than 1 follows as one byte; the distance as a base-128 number, low digits first. The lists of frequent terms are columns, two bits a
 * unit: these are no longer, and tell of any unit at once. Behind them follow how many postings two bits cannot hold, and these as a list.
 */
export class PostingLists {
  readonly #bytes: Uint8Array;
  /** Where each list starts; one more for the end. */
  readonly #starts: Uint32Array;
  /** How many units each list has. */
  readonly counts: Uint32Array;
  readonly #unitCount: number;

  private constructor(bytes: Uint8Array, starts: Uint32Array, counts: Uint32Array, unitCount: number) {
    this.#bytes = bytes;
    this.#starts = starts;
    this.counts = counts;
    this.#unitCount = unitCount;
  }

  static unpack(name: string, file: UnpackedFile, unitCount: number): PostingLists {
    return new PostingLists(file.bytes(`${name}.bytes`), file.integers(`${name}.starts`), file.integers(`${name}.counts`), unitCount);
  }

  read(list: number, room: Room): TermPostings {
    const count = this.counts[list] ?? 0;
    if (!isFrequent(count, this.#unitCount))
      return { kind: 'list', ...decode(new PostingCursor(this.#bytes, this.#starts[list] ?? 0), room(count)) };
    const bits = this.#bitsOf(list);
    const cursor = this.#behind(list, bits);
    return { kind: 'column', bits, listed: decode(cursor, room(cursor.readNumber())) };
  }

  /**
   * Adds a list's frequencies, each by a weight, to sums by unit.
   * @param marks gets a bit for each unit that was added to
   */
  addTo(sums: Float32Array, list: number, weight: number, marks: Uint32Array): void {
    const start = this.#starts[list] ?? 0;
    const count = this.counts[list] ?? 0;
    if (isFrequent(count, this.#unitCount)) {
      const bits = this.#bitsOf(list);
      const cursor = this.#behind(list, bits);
      cursor.readNumber();
      forEachInColumn(bits, (unit, frequency) => {
        if (frequency === LISTED_IN_COLUMN) cursor.next();
        sums[unit] = (sums[unit] ?? 0) + weight * (frequency === LISTED_IN_COLUMN ? cursor.frequency : frequency);
        mark(marks, unit);
      });
      return;
    }
    const cursor = new PostingCursor(this.#bytes, start);
    for (let left = count; left > 0; left--) {
      cursor.next();
      sums[cursor.unit] = (sums[cursor.unit] ?? 0) + weight * cursor.frequency;
      mark(marks, cursor.unit);
    }
  }

  #bitsOf(list: number): Uint8Array {
    const start = this.#starts[list] ?? 0;
    return this.#bytes.subarray(start, start + columnLength(this.#unitCount));
  }

  /** Reads what stands behind a column. */
  #behind(list: number, bits: Uint8Array): PostingCursor {
    return new PostingCursor(this.#bytes, (this.#starts[list] ?? 0) + bits.length);
  }
}

function decode(cursor: PostingCursor, postings: Postings): Postings {
  const { units, frequencies } = postings;
  for (let index = 0; index < units.length; index++) {
    cursor.next();
    units[index] = cursor.unit;
    frequencies[index] = cursor.frequency;
  }
  return postings;
}

function mark(marks: Uint32Array, unit: number): void {
  marks[unit >>> 5] = (marks[unit >>> 5] ?? 0) | (1 << (unit & 31));
}

/** Tells the units that a column has, ascending, with what its two bits say of each. */
export function forEachInColumn(bits: Uint8Array, visit: (unit: number, frequency: number) => void): void {
  for (let at = 0; at < bits.length; at++) {
    let unit = at * UNITS_A_BYTE;
    for (let rest = bits[at] ?? 0; rest !== 0; rest >>>= 2) {
      if ((rest & 3) !== 0) visit(unit, rest & 3);
      unit++;
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

  readNumber(): number {
    let byte = this.#bytes[this.#at++] ?? 0;
    let value = byte & 0x7f;
    for (let shift = 7; byte > 0x7f; shift += 7) {
      byte = this.#bytes[this.#at++] ?? 0;
      value |= (byte & 0x7f) << shift;
    }
    return value;
  }

  next(): void {
    const value = this.readNumber();
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
