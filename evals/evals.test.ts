import { beforeAll, describe, expect, test } from 'vitest';
import { EmbeddingModel } from '../ingest/embedding/embedding-model.ts';
import { documentsFolder } from '../ingest/package-root.ts';
import { listDocumentFiles } from '../ingest/reading/list-document-files.ts';
import { SourceReader } from '../ingest/reading/source-reader.ts';
import { readDocumentFile } from '../ingest/structure/read-document.ts';
import { type Evaluation, evaluate } from './evaluate.ts';
import { readEvalCases } from './statement/eval-case.ts';
import { readParaphrases } from './statement/paraphrases.ts';

describe('the eval set', () => {
  test('has at least 160 cases a half, a fifth of them to be declined, in five languages', async () => {
    const cases = await readEvalCases('evals/cases');
    const count = (language: string) => cases.filter((evalCase) => evalCase.language === language).length;
    const declined = cases.filter(({ expect: { status } }) => status === 'abstained').length;
    for (const half of ['tuning', 'reporting'])
      expect(cases.filter((evalCase) => evalCase.half === half).length).toBeGreaterThanOrEqual(160);
    expect(declined / cases.length).toBeGreaterThanOrEqual(0.2);
    expect([count('zh-Hans') >= 45, count('zh-Hant') >= 8, count('en') >= 15, count('ru') >= 6, count('kk') >= 6]).toEqual(
      Array(5).fill(true),
    );
    expect(new Set(cases.map(({ id }) => id)).size).toBe(cases.length);
  });

  test('has at least 30 triples of paraphrases in the reporting half', async () => {
    const triples = await readParaphrases('evals/paraphrases.json');
    expect(triples.filter(({ half }) => half === 'reporting').length).toBeGreaterThanOrEqual(30);
    expect(new Set(triples.map(({ id }) => id)).size).toBe(triples.length);
  });

  test('expects only paragraphs that exist, and facts that stand in them', async () => {
    const [file = ''] = await listDocumentFiles([documentsFolder]);
    const { paragraphs } = await readDocumentFile(file, new SourceReader());
    const textOf = new Map(paragraphs.map(({ paragraphId, text }) => [paragraphId, text]));
    const broken = (await readEvalCases('evals/cases')).filter(({ expect: expected }) => {
      if (expected.status === 'abstained') return false;
      const named = [...expected.paragraphs, ...expected.acceptable];
      const words = named.map((paragraphId) => textOf.get(paragraphId) ?? '').join('\n');
      return (
        !named.every((paragraphId) => textOf.has(paragraphId)) ||
        !expected.facts.every((alternatives) => alternatives.some((fact) => words.includes(fact)))
      );
    });
    expect(broken.map(({ id }) => id)).toEqual([]);
  });
});

describe('the product, without a key', () => {
  let evaluation: Evaluation;
  beforeAll(async () => {
    evaluation = await evaluate({ name: 'no key', embeddingModel: new EmbeddingModel({}) });
  });

  test('passes every gate on the reporting half', () => {
    const missed = evaluation.checks
      .filter(({ passesGate }) => !passesGate)
      .map(({ threshold, rate }) => ({ ...threshold, measured: rate?.value, n: rate?.n }));
    expect(missed).toEqual([]);
  });

  test('keeps sister documents apart: passes every gate over several', () => {
    expect(evaluation.several.filter(({ passesGate }) => !passesGate)).toEqual([]);
    expect(Math.min(...evaluation.several.map(({ tuning }) => tuning?.n ?? 0))).toBeGreaterThanOrEqual(5);
  });

  test('quotes nothing but the source, in both halves', () => {
    const verbatim = [...evaluation.reporting, ...evaluation.tuning].flatMap(({ scores }) => scores.verbatim ?? []);
    expect(verbatim.length).toBeGreaterThan(40);
    expect(verbatim.every((score) => score === 1)).toBe(true);
  });
});
