import type { EvidenceWeights, QuestionClass } from './judge-evidence.ts';

/** Written by `npm run evals -- --fit`: do not edit. */
export const EVIDENCE_WEIGHTS: Record<QuestionClass, EvidenceWeights> = {
  specific: {
    sentenceCoverage: 2.49,
    renderedCoverage: -0.29,
    missingEssential: -0.76,
    missingFocus: -1.74,
    missingKind: -1.65,
    missingPremise: -3.61,
    unknown: -1.15,
    thinLikeness: 2,
    thinCoverage: 0,
    asksForSeveral: 1.59,
    length: -0.54,
    bias: -0.04,
  },
  open: {
    sentenceCoverage: 4.72,
    renderedCoverage: 1.61,
    missingEssential: -2.92,
    missingFocus: -3.16,
    missingKind: 0,
    missingPremise: 0,
    unknown: -2.47,
    thinLikeness: -0.65,
    thinCoverage: 1.8,
    asksForSeveral: 0.73,
    length: 3.56,
    bias: -2.96,
  },
};
