import type { EvidenceWeights, QuestionClass } from './judge-evidence.ts';

/** Written by `npm run evals -- --fit`: do not edit. */
export const EVIDENCE_WEIGHTS: Record<QuestionClass, EvidenceWeights> = {
  specific: {
    coverage: 1.44,
    agreement: 3.02,
    missingEssential: -0.69,
    missingFocus: -2.07,
    missingKind: -2.25,
    missingPremise: -4.62,
    length: -0.09,
    followsUp: 0.79,
    bias: -1.23,
  },
  open: {
    coverage: 2.56,
    agreement: 2.65,
    missingEssential: -3.06,
    missingFocus: -2.6,
    missingKind: 0,
    missingPremise: 0,
    length: 3.11,
    followsUp: 1.72,
    bias: -2.62,
  },
};
