import type { EvidenceWeights, QuestionClass } from './judge-evidence.ts';

/** Written by `npm run evals -- --fit`: do not edit. */
export const EVIDENCE_WEIGHTS: Record<QuestionClass, EvidenceWeights> = {
  specific: {
    coverage: 1.73,
    agreement: 2.55,
    missingEssential: -0.41,
    missingFocus: -2.21,
    missingKind: -2.09,
    missingPremise: -4.83,
    length: -0.1,
    followsUp: 0.78,
    bias: -1.2,
  },
  open: {
    coverage: 1.59,
    agreement: 2.53,
    missingEssential: -2.83,
    missingFocus: -2.52,
    missingKind: 0,
    missingPremise: 0,
    length: 2.85,
    followsUp: 2.15,
    bias: -2.11,
  },
};
