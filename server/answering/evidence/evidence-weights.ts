import type { EvidenceWeights, QuestionClass } from './evidence.ts';

/** Written by `npm run evals -- --fit`: do not edit. */
export const EVIDENCE_WEIGHTS: Record<QuestionClass, EvidenceWeights> = {
  specific: {
    coverage: 1.51,
    agreement: 2.95,
    missingEssential: -0.7,
    missingFocus: -2.07,
    missingKind: -2.25,
    missingPremise: -4.62,
    length: -0.06,
    followsUp: 0.8,
    bias: -1.26,
  },
  open: {
    coverage: 2.53,
    agreement: 2.68,
    missingEssential: -3.08,
    missingFocus: -2.62,
    missingKind: 0,
    missingPremise: 0,
    length: 3.12,
    followsUp: 1.76,
    bias: -2.6,
  },
};
