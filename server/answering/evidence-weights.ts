import type { EvidenceWeights, QuestionClass } from './judge-evidence.ts';

/** Written by `npm run evals -- --fit`: do not edit. */
export const EVIDENCE_WEIGHTS: Record<QuestionClass, EvidenceWeights> = {
  specific: {
    coverage: 2.6,
    agreement: 1.8,
    missingEssential: -0.44,
    missingFocus: -2.81,
    missingKind: -1.71,
    missingPremise: -4.01,
    length: 0.44,
    followsUp: 0.92,
    bias: -2.65,
  },
  open: {
    coverage: 1.75,
    agreement: 5.49,
    missingEssential: -3.09,
    missingFocus: -3.58,
    missingKind: 0,
    missingPremise: 0,
    length: 4.79,
    followsUp: 2.02,
    bias: -3.34,
  },
};
