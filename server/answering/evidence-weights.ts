import type { EvidenceWeights, QuestionClass } from './judge-evidence.ts';

/** Written by `npm run evals -- --fit`: do not edit. */
export const EVIDENCE_WEIGHTS: Record<QuestionClass, EvidenceWeights> = {
  specific: {
    coverage: 2.52,
    agreement: 2.11,
    missingEssential: -0.47,
    missingFocus: -2.7,
    missingKind: -1.85,
    missingPremise: -3.87,
    length: 0.4,
    followsUp: 0.95,
    bias: -2.75,
  },
  open: {
    coverage: 1.93,
    agreement: 5.4,
    missingEssential: -3.37,
    missingFocus: -3.39,
    missingKind: 0,
    missingPremise: 0,
    length: 5.02,
    followsUp: 1.91,
    bias: -3.22,
  },
};
