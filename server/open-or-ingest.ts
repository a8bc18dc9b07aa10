import { setTimeout } from 'node:timers/promises';
import type { EmbeddingModel } from '../ingest/embedding/embedding-model.ts';
import { readCurrent } from '../ingest/index/generation-files.ts';
import { YoujuError } from '../ingest/youju-error.ts';
import { CurrentIndex } from './current-index.ts';

/** Opens the published index; where nothing was ever published, ingests the repository's documents first. */
export async function openOrIngest(dataFolder: string, embeddingModel: EmbeddingModel, onIngest: () => void): Promise<CurrentIndex> {
  if ((await readCurrent(dataFolder)) === undefined) {
    onIngest();
    // Seldom needed: a start with an index does not load what starts processes.
    const { ingestElsewhere } = await import('./ingest-elsewhere.ts');
    await ingestElsewhere(dataFolder).catch(waitForOther(dataFolder));
  }
  const currentIndex = new CurrentIndex(dataFolder, embeddingModel);
  await currentIndex.refresh();
  return currentIndex;
}

const POLL_MILLISECONDS = 250;
const MOST_POLLS = 1200;

/** Two servers started on one fresh folder: the second serves what the first ingests. Any other failure is passed on. */
const waitForOther = (dataFolder: string) => async (error: unknown) => {
  if (!(error instanceof YoujuError) || error.code !== 'ingest-running') throw error;
  for (let poll = 0; poll < MOST_POLLS; poll++) {
    if ((await readCurrent(dataFolder)) !== undefined) return;
    await setTimeout(POLL_MILLISECONDS);
  }
  throw error;
};
