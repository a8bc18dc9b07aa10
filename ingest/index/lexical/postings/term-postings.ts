import type { Postings } from './posting-lists.ts';

/**
 * Where a term stands, ready to be looked at: a list, or for a frequent term of a large index a column with the frequency in every
 * sentence, which is told at once.
 */
export type TermPostings = ListedPostings | { kind: 'column'; column: Column };
export type ListedPostings = { kind: 'list' } & Postings;

/** Whole frequencies fit in bytes; those of meanings are fractions. */
export type Column = Uint8Array | Float32Array;

/** How often the term stands in a unit; 0 when it does not. */
export function frequencyIn(postings: TermPostings, unit: number): number {
  if (postings.kind === 'column') return postings.column[unit] ?? 0;
  const at = placeOf(postings.units, unit);
  return postings.units[at] === unit ? (postings.frequencies[at] ?? 0) : 0;
}

/** The place of the first unit that is not before `unit`. */
function placeOf(units: Uint32Array, unit: number): number {
  let low = 0;
  let high = units.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((units[middle] ?? 0) < unit) low = middle + 1;
    else high = middle;
  }
  return low;
}
