const FIRST_CAPACITY = 1024;

/** A list of integers in 0…2³² − 1 that doubles when it is full. */
export class GrowingIntegers {
  #values = new Uint32Array(FIRST_CAPACITY);
  length = 0;

  push(value: number): void {
    if (this.length === this.#values.length) {
      const larger = new Uint32Array(this.#values.length * 2);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.length++] = value;
  }

  /** What was pushed so far, as a view. */
  values(): Uint32Array {
    return this.#values.subarray(0, this.length);
  }
}
