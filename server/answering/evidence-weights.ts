import type { EvidenceWeights, QuestionClass } from './judge-evidence.ts';

/** Written by `npm run evals -- --fit`: do not edit. */
export const EVIDENCE_WEIGHTS: Record<QuestionClass, EvidenceWeights> = {
  specific: {
    coverage: 2.23,
    agreement: 1.63,
    missingEssential: -0.48,
    missingFocus: -2.59,
    missingKind: -1.96,
    missingPremise: -4.52,
    length: 0.23,
    followsUp: 0.94,
    bias: -1.83,
  },
  open: {
    coverage: 2.41,
    agreement: 5.24,
    missingEssential: -3.57,
    missingFocus: -3.66,
    missingKind: 0,
    missingPremise: 0,
    length: 4.62,
    followsUp: 1.86,
    bias: -3.05,
  },
};
