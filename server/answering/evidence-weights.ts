import type { EvidenceWeights, QuestionClass } from './judge-evidence.ts';

/** Written by `npm run evals -- --fit`: do not edit. */
export const EVIDENCE_WEIGHTS: Record<QuestionClass, EvidenceWeights> = {
  specific: {
    coverage: 1.56,
    agreement: 2.34,
    missingEssential: -0.58,
    missingFocus: -2.16,
    missingKind: -2.28,
    missingPremise: -4.87,
    length: -0.24,
    followsUp: 0.75,
    bias: -0.9,
  },
  open: {
    coverage: 1.6,
    agreement: 2.96,
    missingEssential: -3.1,
    missingFocus: -2.89,
    missingKind: 0,
    missingPremise: 0,
    length: 2.97,
    followsUp: 1.99,
    bias: -1.98,
  },
};
