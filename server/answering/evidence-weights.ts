import type { EvidenceWeights, QuestionClass } from './judge-evidence.ts';

/** Written by `npm run evals -- --fit`: do not edit. */
export const EVIDENCE_WEIGHTS: Record<QuestionClass, EvidenceWeights> = {
  specific: {
    sentenceCoverage: 2.61,
    renderedCoverage: 1.23,
    missingEssential: -0.17,
    missingFocus: -2.74,
    missingKind: -1.61,
    missingPremise: -4.11,
    unknown: -0.6,
    thinLikeness: 0.8,
    thinCoverage: 1.53,
    asksForSeveral: 0.53,
    length: 0.38,
    bias: -1.31,
  },
  open: {
    sentenceCoverage: 3.57,
    renderedCoverage: 1.77,
    missingEssential: -3.02,
    missingFocus: -3.94,
    missingKind: 0,
    missingPremise: 0,
    unknown: -1.51,
    thinLikeness: -2.43,
    thinCoverage: 2.87,
    asksForSeveral: 0.93,
    length: 4.77,
    bias: -3.9,
  },
};
