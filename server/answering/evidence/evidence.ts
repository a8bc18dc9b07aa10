/**
 * What is measured of the evidence, each in 0…1:
 * - `coverage`: share of the question's weight that the chosen paragraphs name
 * - `agreement`: the same, by how many of the ways that lead to a document (its words, concepts, translations, renderings) name it
 * - `missingEssential`: weight of the proper nouns, years and numbers that are not named together
 * - `missingFocus`: weight of what the question wants named (“which *companies*”) and no chosen paragraph names
 * - `missingKind`: share of the kinds asked for (a date, a place …) that no chosen sentence holds
 * - `missingPremise`: for “why”, share of what is taken for granted that is not named
 * - `length`: named things in the question; long questions name much that no answer repeats
 * - `followsUp`: part of the question was asked before
 */
export const EVIDENCE_FEATURES = [
  'coverage',
  'agreement',
  'missingEssential',
  'missingFocus',
  'missingKind',
  'missingPremise',
  'length',
  'followsUp',
] as const;
export type EvidenceFeature = (typeof EVIDENCE_FEATURES)[number];
export type Evidence = Record<EvidenceFeature, number>;

/** Weights of a logistic regression: log-odds that the documents answer the question. */
export type EvidenceWeights = Record<EvidenceFeature | 'bias', number>;

/**
 * Questions that ask for a named thing (a date, a person, a place …) are judged by other weights than open ones: there a detail
 * that is not named means that another question is answered.
 */
export type QuestionClass = 'specific' | 'open';

/** Log-odds that this evidence answers, by these weights. */
export const logOdds = (evidence: Evidence, weights: EvidenceWeights): number =>
  EVIDENCE_FEATURES.reduce((sum, feature) => sum + evidence[feature] * weights[feature], weights.bias);
