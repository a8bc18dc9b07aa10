const ENCRYPTION_REQUEST = 80_877_103;
/** Sync and Query: what came up to here is one exchange, and gets its answer. */
const ENDS = new Set(['S', 'Q'].map((letter) => letter.charCodeAt(0)));
const TERMINATE = 'X'.charCodeAt(0);

/** Cuts what a client of PostgreSQL sends (protocol 3) into exchanges: the start-up, then all messages up to a Sync or Query. */
export class MessageBatches {
  #bytes = Buffer.alloc(0);
  /** How much of `#bytes` are whole messages that wait for the end of their exchange. */
  #whole = 0;
  #hasStarted = false;

  *read(bytes: Uint8Array): Generator<Uint8Array | 'refuse-encryption'> {
    this.#bytes = Buffer.concat([this.#bytes, bytes]);
    while (!this.#hasStarted && this.#isWhole(0)) {
      const start = this.#take(this.#bytes.readUInt32BE(0));
      const isRequest = start.readUInt32BE(4) === ENCRYPTION_REQUEST;
      this.#hasStarted = !isRequest;
      yield isRequest ? 'refuse-encryption' : start;
    }
    while (this.#hasStarted && this.#isWhole(this.#whole + 1)) {
      const letter = this.#bytes[this.#whole] ?? 0;
      this.#whole += 1 + this.#bytes.readUInt32BE(this.#whole + 1);
      if (letter === TERMINATE) this.#take(this.#whole);
      else if (ENDS.has(letter)) yield this.#take(this.#whole);
    }
  }

  /** Whether the message whose length stands at `offset` is all there. */
  #isWhole(offset: number): boolean {
    return this.#bytes.length >= offset + 4 && this.#bytes.length >= offset + this.#bytes.readUInt32BE(offset);
  }

  #take(length: number): Buffer {
    const taken = this.#bytes.subarray(0, length);
    this.#bytes = this.#bytes.subarray(length);
    this.#whole = 0;
    return taken;
  }
}
