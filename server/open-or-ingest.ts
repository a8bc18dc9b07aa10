import type { EmbeddingModel } from '../ingest/embedding/embedding-model.ts';
import { readCurrent } from '../ingest/index/generation-files.ts';
import { ingestDocuments } from '../ingest/ingest-documents.ts';
import { documentsFolder, termsFolder } from '../ingest/package-root.ts';
import { CurrentIndex } from './current-index.ts';

/** Opens the published index; where nothing was ever published, ingests the repository's documents first. */
export async function openOrIngest(dataFolder: string, embeddingModel: EmbeddingModel, onIngest: () => void): Promise<CurrentIndex> {
  if ((await readCurrent(dataFolder)) === undefined) {
    onIngest();
    await ingestDocuments({ paths: [documentsFolder], termFolder: termsFolder, dataFolder, embeddingModel });
  }
  const currentIndex = new CurrentIndex(dataFolder, embeddingModel);
  await currentIndex.refresh();
  return currentIndex;
}
