import { describe, expect, test } from 'vitest';
import { EVIDENCE_FEATURES, type Evidence, logOdds } from '../../server/answering/evidence/evidence.ts';
import { type EvidenceExample, fitEvidence, writeWeightsFile } from './fit-evidence.ts';

const evidence = (coverage: number): Evidence => ({
  coverage,
  agreement: 0,
  missingEssential: 0,
  missingFocus: 0,
  missingKind: 0,
  missingPremise: 0,
  length: 0,
  followsUp: 0,
});
const examples = Array.from({ length: 80 }, (_, row): EvidenceExample => {
  const coverage = row / 80;
  return { questionClass: row % 2 === 0 ? 'open' : 'specific', evidence: evidence(coverage), isAnswerable: coverage > 0.5 };
});

describe('fitEvidence', () => {
  test('learns which evidence answers, and tells so by cross-validation', () => {
    const { weights, crossValidated } = fitEvidence(examples);
    for (const questionClass of ['open', 'specific'] as const) {
      expect(logOdds(evidence(0.9), weights[questionClass])).toBeGreaterThan(0);
      expect(logOdds(evidence(0.1), weights[questionClass])).toBeLessThan(0);
    }
    expect(crossValidated.wronglyAnswered).toBeLessThan(0.25);
    expect(crossValidated.wronglyDeclined).toBeLessThan(0.25);
  });

  test('gives the same weights for the same examples', () => {
    expect(fitEvidence(examples)).toEqual(fitEvidence(examples));
  });

  test('writes every weight as source', () => {
    const source = writeWeightsFile(fitEvidence(examples).weights);
    for (const feature of [...EVIDENCE_FEATURES, 'bias']) expect(source.match(new RegExp(`${feature}: -?[\\d.]+,`, 'g'))).toHaveLength(2);
  });
});
