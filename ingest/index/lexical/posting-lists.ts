import type { PackedArray, UnpackedFile } from '../packed-file.ts';
import { GrowingIntegers } from './growing-integers.ts';

/** In which units a term stands, ascending, and how often in each. */
export type Postings = { units: Uint32Array; frequencies: Float32Array };

export const NO_POSTINGS: Postings = { units: new Uint32Array(0), frequencies: new Float32Array(0) };

/**
 * Lists of postings, as bytes: for each posting the distance from the unit before it, doubled, and one more where a frequency other
 * than 1 follows; both as base-128 numbers, low digits first. A frequent term takes a byte a posting where plain arrays take eight.
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
    const count = this.counts[list] ?? 0;
    const units = new Uint32Array(count);
    const frequencies = new Float32Array(count);
    const bytes = this.#bytes;
    let at = this.#starts[list] ?? 0;
    let unit = -1;
    for (let index = 0; index < count; index++) {
      let byte = bytes[at++] ?? 0;
      let value = byte & 0x7f;
      for (let shift = 7; byte > 0x7f; shift += 7) {
        byte = bytes[at++] ?? 0;
        value |= (byte & 0x7f) << shift;
      }
      let frequency = 1;
      if ((value & 1) === 1) {
        byte = bytes[at++] ?? 0;
        frequency = byte & 0x7f;
        for (let shift = 7; byte > 0x7f; shift += 7) {
          byte = bytes[at++] ?? 0;
          frequency |= (byte & 0x7f) << shift;
        }
      }
      unit += value >>> 1;
      units[index] = unit;
      frequencies[index] = frequency;
    }
    return { units, frequencies };
  }
}

/** Gathers postings unit by unit, in one growing array: lists of tuples took 20 times the memory. */
export class PostingGatherer {
  /** The list's number, doubled, and one more where a frequency other than 1 follows. */
  readonly #postings = new GrowingIntegers();
  /** Where each unit's postings end. */
  readonly #ends = new GrowingIntegers();

  /** @param frequency a whole number ≥ 1 */
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
      if (frequency !== 1) at = writeNumber(bytes, at, frequency);
      next[list] = at;
      previous[list] = unit;
    });
    return { [`${name}.bytes`]: bytes, [`${name}.starts`]: starts, [`${name}.counts`]: counts };
  }
}

const digitsOf = (value: number) => (value < 0x80 ? 1 : value < 0x4000 ? 2 : value < 0x20_0000 ? 3 : value < 0x1000_0000 ? 4 : 5);

const lengthOf = (distance: number, frequency: number) =>
  frequency === 1 ? digitsOf(distance * 2) : digitsOf(distance * 2 + 1) + digitsOf(frequency);

/** @returns the place behind it */
function writeNumber(bytes: Uint8Array, at: number, value: number): number {
  let rest = value;
  for (; rest > 0x7f; rest >>>= 7) bytes[at++] = (rest & 0x7f) | 0x80;
  bytes[at++] = rest;
  return at;
}
