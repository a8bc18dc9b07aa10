import type { EvidenceWeights, QuestionClass } from './judge-evidence.ts';

/** Written by `npm run evals -- --fit`: do not edit. */
export const EVIDENCE_WEIGHTS: Record<QuestionClass, EvidenceWeights> = {
  specific: {
    coverage: 3,
    agreement: 1.34,
    missingEssential: -0.4,
    missingFocus: -2.87,
    missingKind: -1.74,
    missingPremise: -4.04,
    length: 0.37,
    followsUp: 0.89,
    bias: -2.64,
  },
  open: {
    coverage: 1.33,
    agreement: 5.45,
    missingEssential: -3.16,
    missingFocus: -3.53,
    missingKind: 0,
    missingPremise: 0,
    length: 4.28,
    followsUp: 1.88,
    bias: -2.8,
  },
};
