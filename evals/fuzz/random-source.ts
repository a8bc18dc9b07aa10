import { seededRandom } from '../../server/testing/quote-mutations.ts';

/** Far apart, so that neighbouring cases share nothing. */
const STRIDE = 0x9e3779b1;

/** The choices of one case: the same for a seed and an index, so that a case found among thousands is made again alone. */
export class RandomSource {
  readonly #next: () => number;

  constructor(seed: number, index: number) {
    this.#next = seededRandom((seed + Math.imul(index + 1, STRIDE)) | 0);
  }

  /** A whole number, 0 ≤ n < limit. */
  below(limit: number): number {
    return Math.floor(this.#next() * limit);
  }

  between(least: number, most: number): number {
    return least + this.below(most - least + 1);
  }

  chance(probability: number): boolean {
    return this.#next() < probability;
  }

  pick<Item>(items: readonly Item[]): Item {
    const item = items[this.below(items.length)];
    if (item === undefined) throw new Error('there is nothing to pick from');
    return item;
  }

  /** So many items, made one after the other. */
  times<Item>(count: number, make: (position: number) => Item): Item[] {
    return Array.from({ length: count }, (_, position) => make(position));
  }

  /** A stretch of a text, of at most so many code units. */
  stretch(text: string, longest: number): string {
    const start = this.below(Math.max(1, text.length - 2));
    return text.slice(start, start + this.between(1, longest));
  }
}
