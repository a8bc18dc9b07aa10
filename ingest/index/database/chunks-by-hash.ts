const HASH_BYTES = 32;

/**
 * The chunks of a generation by the hash of their words: 8 to 16 bytes a chunk beside the hashes, which the table of chunks holds
 * anyhow, where a map of strings took 300. A hash table with linear probing; a sha256 is its own hash function.
 */
export class ChunksByHash {
  readonly #hashes: Buffer;
  /** The chunk in each slot, plus one; 0 where the slot is free. */
  readonly #slots: Uint32Array;

  /** @param hashes those of all chunks, 32 bytes each, in their order */
  constructor(hashes: Buffer) {
    this.#hashes = hashes;
    const count = hashes.length / HASH_BYTES;
    this.#slots = new Uint32Array(2 ** Math.ceil(Math.log2(2 * count + 2)));
    for (let chunk = 0; chunk < count; chunk++) {
      let slot = this.#slotOf(hashes, chunk);
      while (this.#slots[slot] !== 0) slot = this.#after(slot);
      this.#slots[slot] = chunk + 1;
    }
  }

  /**
   * The chunks with the nth of these hashes, ascending: paragraphs that are the same in several documents share one; none where it is
   * another generation's.
   */
  chunksOf(hashes: Buffer, nth: number): number[] {
    const chunks: number[] = [];
    for (let slot = this.#slotOf(hashes, nth), found = this.#slots[slot]; found; slot = this.#after(slot), found = this.#slots[slot])
      if (isSame(hashes, nth, this.#hashes, found - 1)) chunks.push(found - 1);
    return chunks;
  }

  #slotOf(hashes: Buffer, nth: number): number {
    return hashes.readUInt32LE(nth * HASH_BYTES) & (this.#slots.length - 1);
  }

  #after(slot: number): number {
    return (slot + 1) & (this.#slots.length - 1);
  }
}

const isSame = (one: Buffer, nth: number, other: Buffer, chunk: number) =>
  one.compare(other, chunk * HASH_BYTES, (chunk + 1) * HASH_BYTES, nth * HASH_BYTES, (nth + 1) * HASH_BYTES) === 0;
