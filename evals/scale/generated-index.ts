import path from 'node:path';
import type { EmbeddingModel } from '../../ingest/embedding/embedding-model.ts';
import type { OpenIndex } from '../../ingest/index/open-generation.ts';
import type { VectorIndex } from '../../ingest/index/vector-index.ts';
import { documentsFolder } from '../../ingest/package-root.ts';
import { withFreshIndex, withTemporaryFolder } from '../eval-index.ts';
import { generateDocuments, PARAGRAPHS_A_DOCUMENT, sentencesToRecombine } from './generate-documents.ts';

const SEED = 7;

/** Makes up documents of so many paragraphs together, ten each, out of the statement's sentences: the same ones each time. */
export const withGeneratedDocuments = <Result>(
  paragraphs: number,
  embeddingModel: EmbeddingModel,
  use: (folder: string) => Promise<Result>,
): Promise<Result> =>
  withTemporaryFolder(async (folder) => {
    const sentences = await withFreshIndex([documentsFolder], embeddingModel, ({ documents }) =>
      Promise.resolve([...documents.values()].flatMap(sentencesToRecombine)),
    );
    await generateDocuments(path.join(folder, 'documents'), sentences, {
      seed: SEED,
      count: Math.ceil(paragraphs / PARAGRAPHS_A_DOCUMENT),
    });
    return use(path.join(folder, 'documents'));
  });

export const withGeneratedIndex = <Result>(
  paragraphs: number,
  embeddingModel: EmbeddingModel,
  use: (index: OpenIndex<VectorIndex>) => Promise<Result>,
): Promise<Result> => withGeneratedDocuments(paragraphs, embeddingModel, (folder) => withFreshIndex([folder], embeddingModel, use));
