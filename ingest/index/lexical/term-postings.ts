import type { Postings } from './posting-lists.ts';

/**
 * Where a term stands, ready to be looked at: a list, or for a frequent term of a large index a column with a code for every sentence
 * (0 where it does not stand), which tells a sentence's frequency at once and takes a quarter of the list's memory.
 */
export type TermPostings = ({ kind: 'list' } & Postings) | { kind: 'column'; codes: Uint8Array; values: Float32Array };

const MOST_CODES = 256;

/** The column of a list; a list with more different frequencies than a byte can tell stays as it is. */
export function asColumn({ units, frequencies }: Postings, unitCount: number): TermPostings {
  const codes = new Uint8Array(unitCount);
  const values = new Float32Array(MOST_CODES);
  const codeOf = new Map<number, number>();
  for (let index = 0; index < units.length; index++) {
    const frequency = frequencies[index] ?? 0;
    let code = codeOf.get(frequency);
    if (code === undefined) {
      code = codeOf.size + 1;
      if (code === MOST_CODES) return { kind: 'list', units, frequencies };
      codeOf.set(frequency, code);
      values[code] = frequency;
    }
    codes[units[index] ?? 0] = code;
  }
  return { kind: 'column', codes, values };
}

/** How often the term stands in a unit; 0 when it does not. */
export function frequencyIn(postings: TermPostings, unit: number): number {
  if (postings.kind === 'column') return postings.values[postings.codes[unit] ?? 0] ?? 0;
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

export const bytesOf = (postings: TermPostings): number =>
  postings.kind === 'column'
    ? postings.codes.byteLength + postings.values.byteLength
    : postings.units.byteLength + postings.frequencies.byteLength;
