/** What went wrong in one case. Its seed and index make the case again. */
export type Violation = { index: number; fault: string; input: string };

/** What a run did, in figures for its reader, and what went wrong. */
export type FuzzReport = { figures: Record<string, number | string>; violations: Violation[] };

/** How many cases from where: `--seed S --only X --first I --count 1` makes case I of seed S again. */
export type FuzzRun = { seed: number; first: number; count: number };

const LONGEST_INPUT = 2000;

/** An input on one line, as a JSON string, cut where it is too long to read. */
export function showInput(input: unknown): string {
  const text = JSON.stringify(input) ?? 'undefined';
  return text.length > LONGEST_INPUT ? `${text.slice(0, LONGEST_INPUT)}… (${text.length} characters)` : text;
}

/** Counts of named things, for figures. */
export class Tally {
  readonly #counts = new Map<string, number>();

  add(name: string, by = 1): void {
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + by);
  }

  /** The counts by name, in alphabetical order. */
  figures(prefix = ''): Record<string, number> {
    return Object.fromEntries(
      [...this.#counts].map(([name, count]) => [`${prefix}${name}`, count] as const).toSorted(([a], [b]) => (a < b ? -1 : 1)),
    );
  }
}

/** The indexes of a run. */
export function* indexesOf({ first, count }: FuzzRun): Generator<number> {
  for (let index = first; index < first + count; index++) yield index;
}
