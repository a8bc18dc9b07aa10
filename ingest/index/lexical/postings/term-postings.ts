import type { Postings } from './posting-lists.ts';

/** Where a term stands, ready to be looked at: a list, or for a frequent term of a large index a column, which tells at once. */
export type TermPostings = ListedPostings | Column;
export type ListedPostings = { kind: 'list' } & Postings;

/** Two bits a unit, low ones first: the frequency, or 3 where it is listed. */
export type Column = { kind: 'column'; bits: Uint8Array; listed: Postings };

/** Frequencies that a column holds by itself are lower than this. */
export const LISTED_IN_COLUMN = 3;

/** How often the term stands in a unit; 0 when it does not. */
export const frequencyIn = (postings: TermPostings, unit: number): number =>
  postings.kind === 'list' ? frequencyListed(postings, unit) : frequencyInColumn(postings, unit);

function frequencyInColumn({ bits, listed }: Column, unit: number): number {
  const frequency = ((bits[unit >>> 2] ?? 0) >>> ((unit & 3) << 1)) & 3;
  return frequency < LISTED_IN_COLUMN ? frequency : frequencyListed(listed, unit);
}

function frequencyListed({ units, frequencies }: Postings, unit: number): number {
  const at = placeOf(units, unit, 0, units.length);
  return units[at] === unit ? (frequencies[at] ?? 0) : 0;
}

/** How often the term stands in each of the first `count` of some units, which ascend. */
export function frequenciesIn(postings: TermPostings, units: Uint32Array, frequencies: Float32Array, count: number): void {
  if (postings.kind === 'column') {
    for (let index = 0; index < count; index++) frequencies[index] = frequencyInColumn(postings, units[index] ?? 0);
    return;
  }
  let at = 0;
  for (let index = 0; index < count; index++) {
    const unit = units[index] ?? 0;
    at = leapTo(postings.units, unit, at);
    frequencies[index] = postings.units[at] === unit ? (postings.frequencies[at] ?? 0) : 0;
  }
}

/** The same as `placeOf` for a unit that is not before `start`'s, found in steps that double: the next is often near. */
function leapTo(units: Uint32Array, unit: number, start: number): number {
  let low = start;
  let step = 1;
  while (low + step < units.length && (units[low + step] ?? 0) < unit) {
    low += step;
    step *= 2;
  }
  return placeOf(units, unit, low, Math.min(units.length, low + step));
}

/** The place of the first unit in `low`…`high` that is not before `unit`. */
function placeOf(units: Uint32Array, unit: number, low: number, high: number): number {
  let [from, to] = [low, high];
  while (from < to) {
    const middle = (from + to) >>> 1;
    if ((units[middle] ?? 0) < unit) from = middle + 1;
    else to = middle;
  }
  return from;
}
