import type { PackedArray, UnpackedFile } from '../packed-file.ts';

/** 32-bit FNV-1a over UTF-16 code units, folded once, because its low bits alone are weak. */
function hash(term: string): number {
  let state = FIRST_STATE;
  for (let index = 0; index < term.length; index++) state = nextState(state, term.charCodeAt(index));
  return fold(state);
}

const FIRST_STATE = 0x811c9dc5;
const nextState = (state: number, unit: number) => Math.imul(state ^ unit, 0x01000193);
const fold = (state: number) => (state ^ (state >>> 15)) >>> 0;

/**
 * What some term begins with and goes on, as a Bloom filter of one hash: looking for terms at a place of a text ends where none goes
 * on; now and then a step later.
 */
export class Beginnings {
  readonly #bits: Uint8Array;

  /** @param bits what `pack` gave; their number is a power of two */
  constructor(bits: Uint8Array) {
    this.#bits = bits;
  }

  /** @param bits how many bits to use, as a power of two: some eight for each beginning */
  static pack(terms: Iterable<string>, bits: number): Uint8Array {
    const beginnings = new Beginnings(new Uint8Array(2 ** (bits - 3)));
    for (const term of terms) {
      let state = FIRST_STATE;
      for (let index = 0; index + 1 < term.length; index++) {
        state = nextState(state, term.charCodeAt(index));
        beginnings.#add(state);
      }
    }
    return beginnings.#bits;
  }

  mayHold(state: number): boolean {
    const bit = fold(state) & (8 * this.#bits.length - 1);
    return ((this.#bits[bit >>> 3] ?? 0) & (1 << (bit & 7))) !== 0;
  }

  #add(state: number): void {
    const bit = fold(state) & (8 * this.#bits.length - 1);
    this.#bits[bit >>> 3] = (this.#bits[bit >>> 3] ?? 0) | (1 << (bit & 7));
  }
}

/** At most this share of the hash table is filled: a term is found after two looks on average. */
const FILLED = 0.75;

/**
 * The distinct terms of a view, numbered from 0. Their letters lie in one array and a hash table leads to them, all as in the file:
 * opening 500,000 terms costs nothing, and they take 20 bytes each where a `Map` takes 100.
 */
export class Vocabulary {
  readonly #letters: Uint16Array;
  readonly #bytes: Buffer;
  /** Where each term's letters start; one more for the end. */
  readonly #starts: Uint32Array;
  /** Open addressing with linear probing: a term's number + 1, or 0. Its length is a power of two. */
  readonly #slots: Uint32Array;

  private constructor(letters: Uint16Array, starts: Uint32Array, slots: Uint32Array) {
    this.#letters = letters;
    this.#bytes = Buffer.from(letters.buffer, letters.byteOffset, letters.byteLength);
    this.#starts = starts;
    this.#slots = slots;
  }

  static pack(name: string, terms: Iterable<string>, count: number): Record<string, PackedArray> {
    let length = 0;
    const starts = new Uint32Array(count + 1);
    const slots = new Uint32Array(2 ** Math.ceil(Math.log2((count + 1) / FILLED)));
    const letters: string[] = [];
    let number = 0;
    for (const term of terms) {
      letters.push(term);
      starts[number++] = length;
      length += term.length;
      let slot = hash(term) & (slots.length - 1);
      while (slots[slot] !== 0) slot = (slot + 1) & (slots.length - 1);
      slots[slot] = number;
    }
    starts[number] = length;
    const all = letters.join('');
    return {
      [`${name}.letters`]: Uint16Array.from({ length }, (_, index) => all.charCodeAt(index)),
      [`${name}.starts`]: starts,
      [`${name}.slots`]: slots,
    };
  }

  static unpack(name: string, file: UnpackedFile): Vocabulary {
    return new Vocabulary(file.shorts(`${name}.letters`), file.integers(`${name}.starts`), file.integers(`${name}.slots`));
  }

  get size(): number {
    return this.#starts.length - 1;
  }

  /** The number of a term, or `undefined` where the view does not have it. */
  numberOf(term: string): number | undefined {
    return this.#find(hash(term), term, 0, term.length);
  }

  /**
   * Tells of each term that stands at a place of a text, shortest first: where it ends, and its number.
   * @param beginnings of these terms
   */
  forEachAt(text: string, start: number, beginnings: Beginnings, use: (end: number, number: number) => void): void {
    let state = FIRST_STATE;
    for (let end = start + 1; end <= text.length; end++) {
      state = nextState(state, text.charCodeAt(end - 1));
      const number = this.#find(fold(state), text, start, end);
      if (number !== undefined) use(end, number);
      if (!beginnings.mayHold(state)) return;
    }
  }

  /** The term of a number below `size`. */
  termOf(number: number): string {
    return this.#bytes.toString('utf16le', 2 * (this.#starts[number] ?? 0), 2 * (this.#starts[number + 1] ?? 0));
  }

  *[Symbol.iterator](): Generator<string> {
    for (let number = 0; number < this.size; number++) yield this.termOf(number);
  }

  /** The number of the term that a stretch of a text is. */
  #find(code: number, text: string, start: number, end: number): number | undefined {
    const last = this.#slots.length - 1;
    for (let slot = code & last; ; slot = (slot + 1) & last) {
      const number = (this.#slots[slot] ?? 0) - 1;
      if (number < 0) return undefined;
      if (this.#is(number, text, start, end)) return number;
    }
  }

  #is(number: number, text: string, start: number, end: number): boolean {
    const first = this.#starts[number] ?? 0;
    if ((this.#starts[number + 1] ?? 0) - first !== end - start) return false;
    for (let at = start; at < end; at++) if (this.#letters[first + at - start] !== text.charCodeAt(at)) return false;
    return true;
  }
}
