import type { EvidenceWeights, QuestionClass } from './judge-evidence.ts';

/** Written by `npm run evals -- --fit`: do not edit. */
export const EVIDENCE_WEIGHTS: Record<QuestionClass, EvidenceWeights> = {
  specific: {
    coverage: 1.46,
    agreement: 3.26,
    missingEssential: -0.68,
    missingFocus: -2.11,
    missingKind: -2.2,
    missingPremise: -4.63,
    length: 0,
    followsUp: 0.8,
    bias: -1.36,
  },
  open: {
    coverage: 2.46,
    agreement: 2.78,
    missingEssential: -3.15,
    missingFocus: -2.59,
    missingKind: 0,
    missingPremise: 0,
    length: 3.06,
    followsUp: 1.77,
    bias: -2.58,
  },
};
