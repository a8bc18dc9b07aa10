import { EmbeddingJournal } from '../embedding/embedding-journal.ts';
import { YoujuError } from '../youju-error.ts';
import type { OpenIndex } from './open-generation.ts';
import { VectorIndex } from './vector-index.ts';

/** Vectors that are added to the index in one go, a third of a second: threads that analyse wait for no longer. */
const MOST_AT_A_TIME = 1024;

/** What is known of a chunk's vector before the index has it. */
type Origin = 'fresh' | 'earlier' | 'journal' | 'twin';

/**
 * The vectors of a generation that is being made in a data folder. They come by chunk hash, in any order, and are added to the index in the
 * order of the chunks as soon as they can be, so that few wait in memory.
 */
export class FolderVectors {
  readonly #model: string;
  readonly #hashes: readonly string[];
  readonly #earlier: VectorIndex | undefined;
  readonly #earlierUnits: ReadonlyMap<string, number>;
  readonly #journal: EmbeddingJournal;
  readonly #fresh = new Map<string, number[]>();
  /** Where a vector stands in the index that is made: another chunk may have the same words. */
  readonly #units = new Map<string, number>();
  #index: VectorIndex | undefined;
  #next = 0;

  private constructor(model: string, hashes: readonly string[], earlier: OpenIndex<VectorIndex> | undefined, journal: EmbeddingJournal) {
    this.#model = model;
    this.#hashes = hashes;
    this.#earlier = earlier?.vectorIndex;
    this.#earlierUnits = new Map(earlier && Array.from(earlier.chunks.hashes(), (hash, unit) => [hash, unit] as const));
    this.#journal = journal;
  }

  /** @param previous the published index; one of another model is not used */
  static async begin(
    dataFolder: string,
    previous: OpenIndex<VectorIndex> | undefined,
    model: string,
    hashes: readonly string[],
  ): Promise<FolderVectors> {
    const earlier = previous?.manifest.embedding.model === model ? previous : undefined;
    const journal = await EmbeddingJournal.open(dataFolder, model);
    return new FolderVectors(model, hashes, earlier, journal);
  }

  missing(): Set<string> {
    return new Set(this.#hashes.filter((hash) => this.#originOf(hash) === undefined));
  }

  /** @throws YoujuError `bad-vector`, `bad-data-folder` */
  async add(vectors: ReadonlyMap<string, number[]>, areKept: boolean): Promise<void> {
    if (areKept) await this.#journal.append(vectors);
    for (const [hash, vector] of vectors) this.#fresh.set(hash, vector);
    this.#advance(MOST_AT_A_TIME);
  }

  /**
   * The index of all chunks.
   * @throws YoujuError `index-corrupt` where a chunk has no vector
   */
  finish(): VectorIndex {
    this.#advance(this.#hashes.length);
    const missing = this.#hashes.length - this.#next;
    if (!this.#index || missing > 0)
      throw new YoujuError('index-corrupt', `${missing} chunks of this generation have no vector: run \`npm run ingest\` again`);
    return this.#index;
  }

  close(): Promise<void> {
    return this.#journal.close();
  }

  #advance(most: number): void {
    for (const end = Math.min(this.#hashes.length, this.#next + most); this.#next < end; this.#next++) {
      const hash = this.#hashes[this.#next] ?? '';
      const vector = this.#vectorOf(hash);
      if (!vector) return;
      this.#index ??= VectorIndex.empty(vector.length, this.#hashes.length);
      this.#index.add(vector, this.#model);
      this.#units.set(hash, this.#next);
      this.#fresh.delete(hash);
    }
  }

  #vectorOf(hash: string): number[] | undefined {
    switch (this.#originOf(hash)) {
      case 'twin':
        return this.#index?.vectorOf(this.#units.get(hash) ?? 0);
      case 'fresh':
        return this.#fresh.get(hash);
      case 'earlier':
        return this.#earlier?.vectorOf(this.#earlierUnits.get(hash) ?? 0);
      case 'journal':
        return this.#journal.vectorOf(hash);
      case undefined:
        return undefined;
    }
  }

  #originOf(hash: string): Origin | undefined {
    if (this.#units.has(hash)) return 'twin';
    if (this.#fresh.has(hash)) return 'fresh';
    if (this.#earlierUnits.has(hash)) return 'earlier';
    const isOfThisLength = this.#earlier === undefined || this.#journal.dimension === this.#earlier.dimension;
    return isOfThisLength && this.#journal.has(hash) ? 'journal' : undefined;
  }
}
