/** Numbers terms from 0 in the order in which they first come up. */
export class TermNumbers {
  readonly #numbers = new Map<string, number>();

  of(term: string): number {
    const known = this.#numbers.get(term);
    if (known !== undefined) return known;
    const number = this.#numbers.size;
    this.#numbers.set(term, number);
    return number;
  }

  has(term: string): boolean {
    return this.#numbers.has(term);
  }

  get size(): number {
    return this.#numbers.size;
  }

  /** In the order of their numbers. */
  terms(): Iterable<string> {
    return this.#numbers.keys();
  }
}
