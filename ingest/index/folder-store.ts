import { YoujuError } from '../youju-error.ts';
import { readCurrent } from './generation-files.ts';
import type { GenerationStore, GenerationWriter, PublishedGeneration } from './generation-store.ts';
import { withIngestLock } from './ingest-lock.ts';
import { type OpenIndex, openCurrentIndex, openNamedGeneration } from './open-generation.ts';
import { type PublishedParts, publishGeneration, removeLeftovers } from './publish-generation.ts';
import { VectorIndex } from './vector-index.ts';

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
      return work(new FolderWriter(this.place, await openPrevious(this.place)));
    });
  }
}

class FolderWriter implements GenerationWriter {
  readonly previous: PublishedGeneration | undefined;
  readonly #dataFolder: string;
  readonly #previousIndex: OpenIndex<VectorIndex> | undefined;
  /** By chunk hash, all of one model. */
  #vectors = new Map<string, number[]>();
  #model: string | undefined;

  constructor(dataFolder: string, previous: OpenIndex<VectorIndex> | undefined) {
    this.#dataFolder = dataFolder;
    this.#previousIndex = previous;
    this.previous = previous && { manifest: previous.manifest, hashes: Array.from(previous.chunks.hashes()) };
  }

  async withoutVector(model: string, hashes: readonly string[]): Promise<ReadonlySet<string>> {
    const known = this.#vectorsOf(model);
    return new Set(hashes.filter((hash) => !known.has(hash)));
  }

  async addVectors(model: string, vectors: ReadonlyMap<string, number[]>): Promise<void> {
    const known = this.#vectorsOf(model);
    for (const [hash, vector] of vectors) known.set(hash, vector);
  }

  async publish(parts: PublishedParts): Promise<string> {
    const known = this.#vectorsOf(parts.embeddingModel);
    const vectors = parts.chunks.map(({ hash }) => known.get(hash) ?? []);
    return publishGeneration(this.#dataFolder, { ...parts, vectorIndex: VectorIndex.build(vectors, parts.embeddingModel) });
  }

  /** The vectors of a model: the published generation's, where it is of that model, and those added. */
  #vectorsOf(model: string): Map<string, number[]> {
    if (model === this.#model) return this.#vectors;
    this.#model = model;
    this.#vectors = new Map();
    const previous = this.#previousIndex;
    if (previous?.manifest.embedding.model === model) {
      let unit = 0;
      for (const hash of previous.chunks.hashes()) this.#vectors.set(hash, previous.vectorIndex.vectorOf(unit++));
    }
    return this.#vectors;
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
