import type { PackedArray, UnpackedFile } from '../packed-file.ts';

/** Okapi BM25 (Robertson & Zaragoza 2009); values from the retrieval study. */
const K1 = 0.9;
const B = 0.75;

/** So many lengths are told apart; where there are more, in steps of a 65,535th of the greatest. */
const LENGTHS = 65_536;

/**
 * What a unit's length puts beside a term's frequency: k1 × (1 − b + b × length / average). Units have few different lengths, so
 * for each unit the number of its length is stored, in two bytes, and what a length means once.
 */
export class LengthNorms {
  /** By unit; none for a view without any term. */
  readonly numbers: Uint16Array;
  /** By the number of a length. */
  readonly norms: Float32Array;
  /** A term's share of its highest score where it stands once in a unit, by the number of the unit's length: most do, and dividing takes longest. */
  readonly once: Float64Array;

  private constructor(numbers: Uint16Array, norms: Float32Array) {
    this.numbers = numbers;
    this.norms = norms;
    this.once = Float64Array.from(norms, (norm) => 1 / (1 + norm));
  }

  static pack(name: string, lengths: Float64Array): Record<string, PackedArray> {
    const total = lengths.reduce((sum, length) => sum + length, 0);
    if (total === 0) return { [`${name}.numbers`]: new Uint16Array(0), [`${name}.norms`]: new Float32Array(0) };
    const average = Math.max(1, total / lengths.length);
    const rounded = roundedWhereMany(lengths);
    const distinct = Float64Array.from(new Set(rounded)).sort();
    const numberOf = new Map(Array.from(distinct, (length, number) => [length, number]));
    return {
      [`${name}.numbers`]: Uint16Array.from(rounded, (length) => numberOf.get(length) ?? 0),
      [`${name}.norms`]: Float32Array.from(distinct, (length) => K1 * (1 - B + (B * length) / average)),
    };
  }

  static unpack(name: string, file: UnpackedFile): LengthNorms {
    return new LengthNorms(file.shorts(`${name}.numbers`), file.floats(`${name}.norms`));
  }
}

/**
 * Adds a term's score in a unit: its share, frequency / (frequency + norm), of the highest.
 * @returns the unit's score now
 */
export function addScore(
  scores: Float32Array,
  unit: number,
  frequency: number,
  { numbers, norms, once }: LengthNorms,
  highest: number,
): number {
  const number = numbers[unit] ?? 0;
  const share = frequency === 1 ? (once[number] ?? 0) : frequency / (frequency + (norms[number] ?? 0));
  const score = (scores[unit] ?? 0) + highest * share;
  scores[unit] = score;
  return score;
}

function roundedWhereMany(lengths: Float64Array): Float64Array {
  if (new Set(lengths).size <= LENGTHS) return lengths;
  const step = lengths.reduce((greatest, length) => Math.max(greatest, length), 0) / (LENGTHS - 1);
  return lengths.map((length) => Math.round(length / step) * step);
}

/** The most that a term can add to a unit's score: its share is frequency / (frequency + norm). */
export const highestScore = (weight: number, unitCount: number, unitsWithTerm: number): number =>
  weight * Math.log(1 + (unitCount - unitsWithTerm + 0.5) / (unitsWithTerm + 0.5)) * (K1 + 1);
