import { frequencyInBits, LISTED_IN_COLUMN } from './frequent-columns.ts';

/** In which units a term stands, ascending, and how often in each. */
export type Postings = { units: Uint32Array; frequencies: Float32Array };

/** Gives room for so many postings. */
export type Room = (count: number) => Postings;

/** Room of its own for so many postings. */
export const roomFor: Room = (count) => ({ units: new Uint32Array(count), frequencies: new Float32Array(count) });

/** Where a term stands, ready to be looked at: a list, or for a frequent term of a large index what tells of any unit at once. */
export type TermPostings = SourcePostings | Mixture;
export type SourcePostings = ListedPostings | Column;
export type ListedPostings = { kind: 'list' } & Postings;

/** Two bits a unit, low ones first: the frequency, or 3 where it is listed. */
export type Column = { kind: 'column'; bits: Uint8Array; listed: Postings };

/** A term that stands wherever one of several sources does, as often as these say together, each by its weight. */
export type Mixture = { kind: 'mixture'; sources: readonly WeightedSource[] };

/** `read` lends: what it gives is to be looked at before others are read. */
export type WeightedSource = { weight: number; read: () => SourcePostings };

/** How often the term stands in a unit; 0 when it does not. */
export const frequencyIn = (postings: SourcePostings, unit: number): number =>
  postings.kind === 'list' ? frequencyListed(postings, unit) : frequencyInColumn(postings, unit);

/** The same for each of some units, in any order. */
export function frequenciesOf(postings: TermPostings, units: readonly number[]): number[] {
  if (postings.kind !== 'mixture') return units.map((unit) => frequencyIn(postings, unit));
  // Rounded as they are where all units' frequencies are summed.
  const sums = new Float32Array(units.length);
  for (const { weight, read } of postings.sources) {
    const source = read();
    for (const [at, unit] of units.entries()) sums[at] = (sums[at] ?? 0) + weight * frequencyIn(source, unit);
  }
  return [...sums];
}

function frequencyInColumn({ bits, listed }: Column, unit: number): number {
  const frequency = frequencyInBits(bits, unit);
  return frequency < LISTED_IN_COLUMN ? frequency : frequencyListed(listed, unit);
}

function frequencyListed({ units, frequencies }: Postings, unit: number): number {
  const at = placeOf(units, unit, 0, units.length);
  return units[at] === unit ? (frequencies[at] ?? 0) : 0;
}

/** How often the term stands in each of the first `count` of some units, which ascend. */
export function frequenciesIn(postings: TermPostings, units: Uint32Array, frequencies: Float32Array, count: number): void {
  frequencies.fill(0, 0, count);
  if (postings.kind === 'mixture')
    for (const { weight, read } of postings.sources) addFrequencies(read(), weight, units, frequencies, count);
  else addFrequencies(postings, 1, units, frequencies, count);
}

function addFrequencies(postings: SourcePostings, weight: number, units: Uint32Array, sums: Float32Array, count: number): void {
  if (postings.kind === 'column') {
    for (let index = 0; index < count; index++) sums[index] = (sums[index] ?? 0) + weight * frequencyInColumn(postings, units[index] ?? 0);
    return;
  }
  let at = 0;
  for (let index = 0; index < count; index++) {
    const unit = units[index] ?? 0;
    at = leapTo(postings.units, unit, at);
    if (postings.units[at] === unit) sums[index] = (sums[index] ?? 0) + weight * (postings.frequencies[at] ?? 0);
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
