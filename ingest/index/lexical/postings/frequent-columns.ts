/** From this many units on, a list that has more than a tenth of them is a column: two bits a unit. */
const LARGE = 10_000;
const FREQUENT = 0.1;

/** Whether a term that stands in so many of the units is frequent, as only a large index has such. */
export const isFrequent = (count: number, unitCount: number): boolean => unitCount >= LARGE && count > FREQUENT * unitCount;

const UNITS_A_BYTE = 4;

/** How many bytes a column takes. */
export const columnLength = (unitCount: number): number => Math.ceil(unitCount / UNITS_A_BYTE);

/** Frequencies that a column holds by itself are lower than this; this stands for all that are listed beside it. */
export const LISTED_IN_COLUMN = 3;

/** What a column's two bits say of a unit. */
export const frequencyInBits = (bits: Uint8Array, unit: number): number => ((bits[unit >>> 2] ?? 0) >>> ((unit & 3) << 1)) & 3;

/** Tells the units that a column has, ascending, with what its two bits say of each. */
export function forEachInColumn(bits: Uint8Array, visit: (unit: number, frequency: number) => void): void {
  for (let at = 0; at < bits.length; at++) {
    let unit = at * UNITS_A_BYTE;
    for (let rest = bits[at] ?? 0; rest !== 0; rest >>>= 2) {
      if ((rest & 3) !== 0) visit(unit, rest & 3);
      unit++;
    }
  }
}
