import { beforeAll, describe, expect, test } from 'vitest';
import type { OpenIndex } from '../../ingest/index/open-generation.ts';
import { copyOfStatement, openStatement } from '../../server/testing/statement.ts';
import { fuzzModels } from './models/fuzz-models.ts';
import { HOSTILE_KINDS, hostileLines } from './models/hostile-lines.ts';
import { adversarialQuestion } from './questions/adversarial-question.ts';
import { fuzzQuestions } from './questions/fuzz-questions.ts';
import { RandomSource } from './random-source.ts';
import { fuzzRequests } from './requests/fuzz-requests.ts';
import { fuzzText } from './text/fuzz-text.ts';

/** Short runs; `npm run fuzz` makes the full ones. Another seed each day would find more and break builds for no change of theirs. */
const SEED = 20190911;

let index: OpenIndex;
beforeAll(async () => {
  index = await openStatement();
});

const MATERIAL = [
  { id: 'S1', text: '不允许第三国、任何组织、团体或人员在本国领土上从事损害对方国家主权、安全和领土完整的活动。' },
  { id: 'S2', text: '中方欢迎并邀请哈方作为主宾国参加2019年11月在上海举办的第二届中国国际进口博览会。' },
  { id: 'S3', text: '哈方反对任何形式的“台湾独立”。' },
];

describe('a case', () => {
  test('is the same for the same seed and index, and another one for another', () => {
    const of = (seed: number, at: number) =>
      JSON.stringify([adversarialQuestion(new RandomSource(seed, at)), hostileLines(new RandomSource(seed, at), MATERIAL)]);
    expect(of(1, 2)).toBe(of(1, 2));
    expect(new Set([of(1, 2), of(1, 3), of(2, 2), of(2, 3)]).size).toBe(4);
  });

  test('of a lying model is of every kind before long', () => {
    const kinds = new Set(
      Array.from({ length: 600 }, (_, at) => hostileLines(new RandomSource(SEED, at), MATERIAL).map(({ kind }) => kind)).flat(),
    );
    expect(HOSTILE_KINDS.filter((kind) => !kinds.has(kind))).toEqual([]);
  });
});

test('150 adversarial questions bring no misquote about', async () => {
  const { figures, violations } = await fuzzQuestions({ seed: SEED, first: 0, count: 150 }, index);
  expect(violations).toEqual([]);
  expect(figures['quotes checked']).toBeGreaterThan(100);
});

test('120 answers of a lying model show no lie', async () => {
  const { figures, violations } = await fuzzModels({ seed: SEED, first: 0, count: 120 }, index);
  expect(violations).toEqual([]);
  expect(figures['wrong lines dropped']).toBeGreaterThan(200);
  expect(figures['right lines shown']).toBeGreaterThan(20);
});

test('500 mutated requests crash nothing and give nothing away', async () => {
  const { figures, violations } = await fuzzRequests({ seed: SEED, first: 0, count: 500 }, await copyOfStatement());
  expect(violations).toEqual([]);
  expect(figures['HTTP 200']).toBeGreaterThan(50);
  expect(figures['HTTP 400']).toBeGreaterThan(20);
});

test('4 pathological strings cost no text function much, and no function of ingest more than its share', () => {
  // Ten times what a full run allows: here others use the processor, too, and what is quadratic costs a hundred times as much.
  const { violations } = fuzzText({ seed: SEED, first: 4, count: 4 }, index, 200);
  expect(violations).toEqual([]);
}, 120_000);
