import { setTimeout } from 'node:timers/promises';
import type { EmbeddingModel } from '../ingest/embedding/embedding-model.ts';
import type { GenerationStore } from '../ingest/index/generation-store.ts';
import { YoujuError } from '../ingest/youju-error.ts';
import { CurrentIndex } from './current-index.ts';

/** Opens the published index; where nothing was ever published, ingests the repository's documents first. */
export async function openOrIngest(store: GenerationStore, embeddingModel: EmbeddingModel, onIngest: () => void): Promise<CurrentIndex> {
  if ((await store.published()) === undefined) {
    onIngest();
    await ingestFirst(store);
  }
  const currentIndex = new CurrentIndex(store, embeddingModel);
  await currentIndex.refresh();
  return currentIndex;
}

const POLL_MILLISECONDS = 250;
const MOST_POLLS = 1200;

/**
 * Several servers started on one fresh store: the others serve what the first ingests, and where it is killed another one begins anew.
 * Any other failure is passed on.
 */
async function ingestFirst(store: GenerationStore): Promise<void> {
  // A start with an index does not load what starts processes.
  const { ingestElsewhere } = await import('./ingest-elsewhere.ts');
  for (let poll = 0; (await store.published()) === undefined; poll++) {
    try {
      await ingestElsewhere(store.environment);
    } catch (error) {
      if (!(error instanceof YoujuError) || error.code !== 'ingest-running' || poll === MOST_POLLS) throw error;
      await setTimeout(POLL_MILLISECONDS);
    }
  }
}
