import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { EmbeddingModel } from '../ingest/embedding/embedding-model.ts';
import { FolderStore } from '../ingest/index/folder-store.ts';
import { type OpenIndex, openCurrentIndex } from '../ingest/index/open-generation.ts';
import type { VectorIndex } from '../ingest/index/vector-index.ts';
import { ingestDocuments } from '../ingest/ingest-documents.ts';
import { termsFolder } from '../ingest/package-root.ts';

/** A folder that is gone when `use` is done. */
export async function withTemporaryFolder<Result>(use: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(path.join(tmpdir(), 'youju-evals-'));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Ingests documents afresh, as an operator would, and opens the index for as long as `use` takes. */
export const withFreshIndex = <Result>(
  paths: string[],
  embeddingModel: EmbeddingModel,
  use: (index: OpenIndex<VectorIndex>) => Promise<Result>,
): Promise<Result> =>
  withTemporaryFolder(async (dataFolder) => {
    await ingestDocuments({ paths, termFolder: termsFolder, store: new FolderStore(dataFolder), embeddingModel });
    return use(await openCurrentIndex(dataFolder));
  });
