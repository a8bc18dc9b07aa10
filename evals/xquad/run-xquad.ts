import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { EmbeddingModel } from '../../ingest/embedding/embedding-model.ts';
import type { OpenIndex } from '../../ingest/index/open-generation.ts';
import type { AnsweringDependencies } from '../../server/answering/answer-question.ts';
import { searchPassages } from '../../server/answering/search-passages.ts';
import { withFreshIndex, withTemporaryFolder } from '../eval-index.ts';
import { type Rate, rateOf } from '../statement/metrics.ts';
import type { ParagraphQuestion, ParagraphSet } from './read-xquad.ts';

export type XquadLanguage = keyof ParagraphSet['questions'];
export const XQUAD_LANGUAGES = ['zh', 'en', 'ru'] as const satisfies readonly XquadLanguage[];

/** How often the right paragraph is found first, and among the first five. */
export type ParagraphRecall = { recallAt1: Rate | undefined; recallAt5: Rate | undefined };

/** An index over the paragraphs of all articles, and which of them each indexed paragraph is. */
export type XquadIndex = { index: OpenIndex; paragraphOf: (documentId: string, paragraphId: string) => number | undefined };

const oneLine = (text: string) => text.replace(/\s*\n\s*/g, ' ').trim();

/** Ingests every article as a document, as an operator would. */
export const withXquadIndex = <Result>(
  { articles }: ParagraphSet,
  embeddingModel: EmbeddingModel,
  use: (xquad: XquadIndex) => Promise<Result>,
): Promise<Result> =>
  withTemporaryFolder(async (folder) => {
    const texts = articles.flatMap(({ paragraphs }) => paragraphs.map(oneLine));
    for (const [number, { title, paragraphs }] of articles.entries()) {
      const name = path.join(folder, `article-${number + 1}`);
      await writeFile(`${name}.txt`, paragraphs.map(oneLine).join('\n'));
      await writeFile(`${name}.json`, JSON.stringify({ title }));
    }
    return withFreshIndex([folder], embeddingModel, (index) => {
      const numbers = new Map(texts.map((text, number) => [text, number]));
      const paragraphOf = (documentId: string, paragraphId: string) =>
        numbers.get(index.paragraph(documentId, paragraphId)?.text.trim() ?? '');
      return use({ index, paragraphOf });
    });
  });

/** Searches for every question's paragraph through the function that the server's route calls. */
export async function measureParagraphRecall(
  questions: readonly ParagraphQuestion[],
  { paragraphOf }: XquadIndex,
  dependencies: AnsweringDependencies,
): Promise<ParagraphRecall> {
  const first: number[] = [];
  const amongFive: number[] = [];
  for (const { question, paragraph } of questions) {
    const passages = await searchPassages({ query: question, k: 5 }, dependencies);
    const found = passages.map(({ documentId, paragraphId }) => paragraphOf(documentId, paragraphId));
    first.push(found[0] === paragraph ? 1 : 0);
    amongFive.push(found.includes(paragraph) ? 1 : 0);
  }
  return { recallAt1: rateOf(first), recallAt5: rateOf(amongFive) };
}
