import type { UnpackedFile } from '../../packed-file.ts';
import { columnLength, isFrequent } from './frequent-columns.ts';
import type { Postings, Room, SourcePostings } from './term-postings.ts';

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

  read(list: number, room: Room): SourcePostings {
    const start = this.#starts[list] ?? 0;
    const count = this.counts[list] ?? 0;
    if (!isFrequent(count, this.#unitCount)) return { kind: 'list', ...decode(this.#bytes, start, room(count)) };
    const bits = this.#bytes.subarray(start, start + columnLength(this.#unitCount));
    const behind = readNumber(this.#bytes, start + bits.length);
    return { kind: 'column', bits, listed: decode(this.#bytes, behind.end, room(behind.value)) };
  }
}

/** A base-128 number that starts at a place, and the place behind it. */
function readNumber(bytes: Uint8Array, at: number): { value: number; end: number } {
  let end = at;
  let byte = bytes[end++] ?? 0;
  let value = byte & 0x7f;
  for (let shift = 7; byte > 0x7f; shift += 7) {
    byte = bytes[end++] ?? 0;
    value |= (byte & 0x7f) << shift;
  }
  return { value, end };
}

/** Reads as many postings as there is room for, in one loop with numbers of its own: every posting of a question passes here. */
function decode(bytes: Uint8Array, start: number, postings: Postings): Postings {
  const { units, frequencies } = postings;
  let at = start;
  let unit = -1;
  for (let index = 0; index < units.length; index++) {
    let byte = bytes[at++] ?? 0;
    let value = byte & 0x7f;
    for (let shift = 7; byte > 0x7f; shift += 7) {
      byte = bytes[at++] ?? 0;
      value |= (byte & 0x7f) << shift;
    }
    unit += value >>> 1;
    units[index] = unit;
    frequencies[index] = (value & 1) === 0 ? 1 : (bytes[at++] ?? 0);
  }
  return postings;
}
