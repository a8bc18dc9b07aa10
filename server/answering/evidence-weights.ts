import type { EvidenceWeights, QuestionClass } from './judge-evidence.ts';

/** Written by `npm run evals -- --fit`: do not edit. */
export const EVIDENCE_WEIGHTS: Record<QuestionClass, EvidenceWeights> = {
  specific: {
    coverage: 1.56,
    agreement: 2.29,
    missingEssential: -0.79,
    missingFocus: -2.16,
    missingKind: -2.27,
    missingPremise: -4.84,
    length: -0.23,
    followsUp: 0.74,
    bias: -0.88,
  },
  open: {
    coverage: 1.82,
    agreement: 2.88,
    missingEssential: -2.98,
    missingFocus: -2.76,
    missingKind: 0,
    missingPremise: 0,
    length: 2.96,
    followsUp: 2.02,
    bias: -2.09,
  },
};
