import type { EvidenceWeights, QuestionClass } from './evidence.ts';

/** Written by `npm run evals -- --fit`: do not edit. */
export const EVIDENCE_WEIGHTS: Record<QuestionClass, EvidenceWeights> = {
  specific: {
    coverage: 1.57,
    agreement: 3.14,
    missingEssential: -0.72,
    missingFocus: -1.9,
    missingKind: -2.09,
    missingPremise: -4.62,
    length: -0.06,
    followsUp: 0.88,
    bias: -1.41,
  },
  open: {
    coverage: 2.53,
    agreement: 2.76,
    missingEssential: -3.12,
    missingFocus: -2.61,
    missingKind: 0,
    missingPremise: 0,
    length: 3.16,
    followsUp: 1.81,
    bias: -2.68,
  },
};
