import path from 'node:path';
import { EmbeddingModel } from '../../../ingest/embedding/embedding-model.ts';
import { documentsFolder, packageRoot } from '../../../ingest/package-root.ts';
import { languageSchema } from '../../../server/wire.ts';
import { withFreshIndex } from '../../eval-index.ts';
import { readEvalCases } from '../../statement/eval-case.ts';
import { STRUCTURAL_KINDS } from '../../statement/run-cases.ts';
import { readXquad } from '../../xquad/read-xquad.ts';
import { withXquadIndex, XQUAD_LANGUAGES } from '../../xquad/run-xquad.ts';
import type { BenchmarkPart, BenchmarkTable } from '../benchmark-part.ts';
import { type ContestResult, compareRetrieval } from './compare-retrieval.ts';

const embeddingModel = new EmbeddingModel({});
const onDegraded = (error: unknown) => {
  throw error;
};

export const quality: BenchmarkPart = {
  title: 'Quality of retrieval',
  about: `Recall of the right paragraph first / among five, on the reporting halves of the statement's questions and of XQuAD (240 Chinese paragraphs),
and the median CPU time of one search relative to Youju’s. XQuAD is measured where \`--xquad\` names its folder.`,
  measure: async ({ xquad }) => [
    table('The statement', await onStatement()),
    ...(xquad === undefined ? [] : [table('XQuAD', await onXquad(xquad))]),
  ],
};

const onStatement = () =>
  withFreshIndex([documentsFolder], embeddingModel, async (index) => {
    const [document] = index.documents.values();
    const paragraphs = document?.paragraphs ?? [];
    const placeOf = (_documentId: string, paragraphId: string) =>
      paragraphs.findIndex((paragraph) => paragraph.paragraphId === paragraphId);
    const cases = (await readEvalCases(path.join(packageRoot, 'evals', 'cases'))).filter(
      ({ half, kind, history, expect }) =>
        half === 'reporting' && !STRUCTURAL_KINDS.has(kind) && !history && expect.status === 'answered' && expect.paragraphs.length > 0,
    );
    const sets = languageSchema.options.map((name) => ({
      name,
      questions: cases
        .filter(({ language }) => language === name)
        .map(({ question, expect }) => ({
          question,
          expected: expect.status === 'answered' ? expect.paragraphs.map((paragraphId) => placeOf('', paragraphId)) : [],
        })),
    }));
    const dependencies = { index, embeddingModel, publicUrl: 'http://localhost', onDegraded };
    return compareRetrieval({ paragraphs: paragraphs.map(({ text }) => text), sets, dependencies, placeOf });
  });

async function onXquad(folder: string): Promise<ContestResult[]> {
  const set = await readXquad(folder);
  return withXquadIndex(set, embeddingModel, ({ index, paragraphOf }) =>
    compareRetrieval({
      paragraphs: set.articles.flatMap((article) => article.paragraphs),
      sets: XQUAD_LANGUAGES.map((language) => ({
        name: language,
        questions: set.questions[language]
          .filter(({ half }) => half === 'reporting')
          .map(({ question, paragraph }) => ({ question, expected: [paragraph] })),
      })),
      dependencies: { index, embeddingModel, publicUrl: 'http://localhost', onDegraded },
      placeOf: paragraphOf,
    }),
  );
}

function table(caption: string, results: readonly ContestResult[]): BenchmarkTable {
  const names = Object.keys(results[0]?.recall ?? {});
  const own = results[0]?.medianMilliseconds ?? 1;
  const percent = (share: number | undefined) => (100 * (share ?? 0)).toFixed(1);
  const rows = results.map(({ engine, recall, medianMilliseconds }) => [
    engine,
    ...names.map((name) => `${percent(recall[name]?.at1)} / ${percent(recall[name]?.at5)}`),
    `${(medianMilliseconds / own).toFixed(2)} ×`,
  ]);
  return { caption, columns: ['engine', ...names, 'time of a search'], rows };
}
