import { EmbeddingJournal } from '../embedding/embedding-journal.ts';
import { YoujuError } from '../youju-error.ts';
import { FolderVectors } from './folder-vectors.ts';
import { readCurrent } from './generation-files.ts';
import type { GenerationStore, GenerationWriter, PublishedGeneration } from './generation-store.ts';
import { withIngestLock } from './ingest-lock.ts';
import { type OpenIndex, openCurrentIndex, openNamedGeneration } from './open-generation.ts';
import { type PublishedParts, publishGeneration, removeLeftovers } from './publish-generation.ts';
import type { VectorIndex } from './vector-index.ts';

/** Generations as folders of one machine's data folder, their vectors in a file of hnswlib-node. */
export class FolderStore implements GenerationStore {
  readonly place: string;
  readonly environment: Record<string, string>;

  constructor(dataFolder: string) {
    this.place = dataFolder;
    this.environment = { DATABASE_URL: '', DATA_DIR: dataFolder };
  }

  published(): Promise<string | undefined> {
    return readCurrent(this.place);
  }

  open(generation: string): Promise<OpenIndex> {
    return openNamedGeneration(this.place, generation);
  }

  ingesting<Result>(work: (writer: GenerationWriter) => Promise<Result>): Promise<Result> {
    return withIngestLock(this.place, async () => {
      await removeLeftovers(this.place);
      const writer = new FolderWriter(this.place, await openPrevious(this.place));
      return work(writer).finally(() => writer.close());
    });
  }
}

class FolderWriter implements GenerationWriter {
  readonly previous: PublishedGeneration | undefined;
  readonly #dataFolder: string;
  readonly #previousIndex: OpenIndex<VectorIndex> | undefined;
  #vectors: FolderVectors | undefined;

  constructor(dataFolder: string, previous: OpenIndex<VectorIndex> | undefined) {
    this.#dataFolder = dataFolder;
    this.#previousIndex = previous;
    this.previous = previous && {
      manifest: previous.manifest,
      documents: previous.documents,
      hashes: Array.from(previous.chunks.hashes()),
    };
  }

  async withoutVector(model: string, hashes: readonly string[]): Promise<ReadonlySet<string>> {
    await this.close();
    this.#vectors = await FolderVectors.begin(this.#dataFolder, this.#previousIndex, model, hashes);
    return this.#vectors.missing();
  }

  async addVectors(_model: string, vectors: ReadonlyMap<string, number[]>, arePaid: boolean): Promise<void> {
    await this.#vectors?.add(vectors, arePaid);
  }

  async publish(parts: PublishedParts): Promise<string> {
    if (!this.#vectors) throw new YoujuError('index-corrupt', 'no chunk of this generation has a vector: run `npm run ingest` again');
    const generation = await publishGeneration(this.#dataFolder, { ...parts, vectorIndex: this.#vectors.finish() });
    await this.close();
    await EmbeddingJournal.remove(this.#dataFolder);
    return generation;
  }

  async close(): Promise<void> {
    await this.#vectors?.close();
    this.#vectors = undefined;
  }
}

/** The published index, if there is one that can be read: its embeddings are reused. A damaged one is simply replaced. */
async function openPrevious(dataFolder: string): Promise<OpenIndex<VectorIndex> | undefined> {
  try {
    return await openCurrentIndex(dataFolder);
  } catch (error) {
    if (error instanceof YoujuError && (error.code === 'index-missing' || error.code === 'index-corrupt')) return undefined;
    throw error;
  }
}
