import type { QuestionUnit } from './question-unit.ts';

/** Where one thing asked ends and the next begins: marks, and words that join. */
const JOINT =
  /[？?；;，,、/—–]|以及|还有|另外|同时|和|与|跟|及|\b(?:and|or|as well as|versus|vs)\b|(?<!\p{L})(?:и|а|или|а также|мен|пен|бен|және|ал|әрі|немесе)(?!\p{L})/u;

/** A facet must name something of this weight: what is left between two commas is often only manner of speaking. */
const LEAST_WEIGHT = 0.3;

/**
 * The things that a question asks for side by side (“road and rail”, “who runs it, and how is order kept?”), each as the places of its
 * units in `units`. A question with one matter has one facet.
 * @param asked normalised
 */
export function splitFacets(asked: string, units: readonly QuestionUnit[]): number[][] {
  const stretches = asked.split(JOINT);
  const facets = stretches
    .map((stretch) => units.flatMap(({ surface }, at) => (stretch.includes(surface) ? [at] : [])))
    .filter((facet) => facet.reduce((sum, at) => sum + (units[at]?.weight ?? 0), 0) >= LEAST_WEIGHT);
  return facets.length > 1 ? facets : [units.map((_, at) => at)];
}
