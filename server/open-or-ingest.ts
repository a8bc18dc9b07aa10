import { setTimeout } from 'node:timers/promises';
import type { EmbeddingModel } from '../ingest/embedding/embedding-model.ts';
import type { GenerationStore } from '../ingest/index/generation-store.ts';
import { ingestDocuments } from '../ingest/ingest-documents.ts';
import { documentsFolder, termsFolder } from '../ingest/package-root.ts';
import { YoujuError } from '../ingest/youju-error.ts';
import { CurrentIndex } from './current-index.ts';

/** Opens the published index; where nothing was ever published, ingests the repository's documents first. */
export async function openOrIngest(store: GenerationStore, embeddingModel: EmbeddingModel, onIngest: () => void): Promise<CurrentIndex> {
  if ((await store.published()) === undefined) {
    onIngest();
    await ingestDocuments({ paths: [documentsFolder], termFolder: termsFolder, store, embeddingModel }).catch(waitForOther(store));
  }
  const currentIndex = new CurrentIndex(store, embeddingModel);
  await currentIndex.refresh();
  return currentIndex;
}

const POLL_MILLISECONDS = 250;
const MOST_POLLS = 1200;

/** Two servers started on one fresh store: the second serves what the first ingests. Any other failure is passed on. */
const waitForOther = (store: GenerationStore) => async (error: unknown) => {
  if (!(error instanceof YoujuError) || error.code !== 'ingest-running') throw error;
  for (let poll = 0; poll < MOST_POLLS; poll++) {
    if ((await store.published()) !== undefined) return;
    await setTimeout(POLL_MILLISECONDS);
  }
  throw error;
};
