/** A rate over `n` cases with its 95 % Wilson score interval (Wilson 1927). */
export type Rate = { value: number; n: number; low: number; high: number };

const Z = 1.959964;

/** The mean of values in 0…1 with its Wilson interval; `undefined` where there is nothing to average. */
export function rateOf(values: readonly number[]): Rate | undefined {
  const n = values.length;
  if (n === 0) return undefined;
  const value = values.reduce((sum, each) => sum + each, 0) / n;
  const centre = (value + (Z * Z) / (2 * n)) / (1 + (Z * Z) / n);
  const spread = (Z / (1 + (Z * Z) / n)) * Math.sqrt((value * (1 - value)) / n + (Z * Z) / (4 * n * n));
  return { value, n, low: Math.max(0, centre - spread), high: Math.min(1, centre + spread) };
}

/** Share of the expected paragraphs among the first `k` retrieved. */
export function recallAt(k: number, expected: readonly string[], retrieved: readonly string[]): number {
  const top = new Set(retrieved.slice(0, k));
  return expected.length === 0 ? 1 : expected.filter((paragraph) => top.has(paragraph)).length / expected.length;
}

/** 1 / rank of the first expected paragraph among the first `k`, else 0. */
export function reciprocalRankAt(k: number, expected: readonly string[], retrieved: readonly string[]): number {
  const rank = retrieved.slice(0, k).findIndex((paragraph) => expected.includes(paragraph));
  return rank < 0 ? 0 : 1 / (rank + 1);
}

/** Share of the cited paragraphs that are expected or acceptable; 0 where nothing is cited. */
export function citationPrecision(cited: readonly string[], right: readonly string[]): number {
  return cited.length === 0 ? 0 : cited.filter((paragraph) => right.includes(paragraph)).length / cited.length;
}

/** Share of the expected paragraphs that are cited; where none is mandatory, cited acceptable ones against the minimum. */
export function citationRecall(cited: readonly string[], expected: readonly string[], acceptable: readonly string[], minimum = 1): number {
  if (expected.length > 0) return expected.filter((paragraph) => cited.includes(paragraph)).length / expected.length;
  const found = new Set(cited.filter((paragraph) => acceptable.includes(paragraph))).size;
  return Math.min(1, found / minimum);
}

/** Share of the facts of which one alternative stands in the answer or in a quote. */
export function factCoverage(text: string, facts: readonly (readonly string[])[]): number {
  return facts.length === 0
    ? 1
    : facts.filter((alternatives) => alternatives.some((alternative) => text.includes(alternative))).length / facts.length;
}
