/** Okapi BM25 (Robertson & Zaragoza 2009); values from the retrieval study. */
const K1 = 0.9;
const B = 0.75;

/**
 * What a unit's length puts beside a term's frequency, for each unit: k1 × (1 − b + b × length / average). Stored instead of the
 * lengths, which nothing else needs; for a view without any term there are none.
 */
export function lengthNorms(lengths: Float64Array): Float32Array {
  const total = lengths.reduce((sum, length) => sum + length, 0);
  if (total === 0) return new Float32Array(0);
  const average = Math.max(1, total / Math.max(1, lengths.length));
  return Float32Array.from(lengths, (length) => K1 * (1 - B + (B * length) / average));
}

/** The most that a term can add to a unit's score: its share is frequency / (frequency + norm). */
export const highestScore = (weight: number, unitCount: number, unitsWithTerm: number): number =>
  weight * Math.log(1 + (unitCount - unitsWithTerm + 0.5) / (unitsWithTerm + 0.5)) * (K1 + 1);
