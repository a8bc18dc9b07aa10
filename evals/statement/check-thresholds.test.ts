import { expect, test } from 'vitest';
import { checkThresholds, type Threshold } from './check-thresholds.ts';
import type { CaseResult } from './run-cases.ts';

const result = (score: number): CaseResult => ({
  evalCase: { id: 'x', kind: 'near-miss', half: 'reporting', question: '？', language: 'en', expect: { status: 'abstained', nearest: [] } },
  answer: {
    id: '',
    status: 'abstained',
    reason: 'no-evidence',
    answer: '',
    language: 'en',
    generator: 'extractive',
    indexGeneration: '',
    citations: [],
    nearby: [],
  },
  cited: [],
  retrieved: [],
  scores: { 'wrongly answered': score },
});
const check = (scores: number[], threshold: Partial<Threshold>) =>
  checkThresholds({ cases: scores.map(result), paraphrases: [] }, [{ metric: 'wrongly answered', languages: ['en'], ...threshold }])[0];

test('a rate over its bar passes only while its gate holds', () => {
  expect(check([1, 0, 0, 0, 0], { atMost: 0.1, gate: 0.25 })).toMatchObject({ isMet: false, passesGate: true });
  expect(check([1, 1, 0, 0, 0], { atMost: 0.1, gate: 0.25 })).toMatchObject({ isMet: false, passesGate: false });
  expect(check([0, 0, 0], { atMost: 0.1 })).toMatchObject({ isMet: true, passesGate: true });
});

test('a bar that no case measures is not met', () => {
  expect(check([], { atMost: 0.1 })).toMatchObject({ isMet: false, passesGate: false });
});
