import type { ChunkBatch } from './analysis/cut-batches.ts';
import { inOrder } from './analysis/in-order.ts';
import { BATCH } from './embedding/connect-endpoint.ts';
import { EmbeddingJournal } from './embedding/embedding-journal.ts';
import type { EmbeddingModel } from './embedding/embedding-model.ts';
import { HASHED_DIMENSION } from './embedding/hashed-embeddings.ts';
import type { OpenIndex } from './index/open-generation.ts';
import { VectorIndex } from './index/vector-index.ts';
import type { Chunk } from './structure/chunk-paragraphs.ts';

/** The published index, as far as its vectors are wanted. */
type EarlierIndex = Pick<OpenIndex, 'manifest' | 'chunks' | 'vectorIndex'>;

type EmbedOptions = { dataFolder: string; embeddingModel: EmbeddingModel; onEmbedded: (done: number, total: number) => void };

/**
 * Where a chunk’s vector comes from: a chunk of the index before, an earlier chunk of the same words, what an interrupted ingest left, or
 * the model.
 */
type Origin = { from: 'index' | 'twin'; unit: number } | { from: 'journal' | 'model' };

/** Requests to an endpoint that are under way at a time. */
export const REQUESTS = 4;

/** One vector a chunk, in their order. Only chunks whose words have no vector under the same model yet are embedded. */
export class ChunkVectors {
  readonly #options: EmbedOptions;
  readonly #chunks: readonly Chunk[];
  readonly #textOf: (chunk: Chunk) => string;
  readonly #earlier: EarlierIndex | undefined;
  readonly #journal: EmbeddingJournal | undefined;
  #origins: Origin[] = [];
  #index: VectorIndex | undefined;
  #embedded = 0;
  #fromEndpoint: AsyncGenerator<number[]> | undefined;
  /** How many chunks are new, whoever embedded them; and how many of them an interrupted ingest had embedded. */
  added = 0;
  resumed = 0;

  private constructor(
    options: EmbedOptions,
    chunks: readonly Chunk[],
    textOf: (chunk: Chunk) => string,
    earlier: EarlierIndex | undefined,
    journal: EmbeddingJournal | undefined,
  ) {
    this.#options = options;
    this.#chunks = chunks;
    this.#textOf = textOf;
    this.#earlier = earlier;
    this.#journal = journal;
  }

  /**
   * @param textOf what is embedded of a chunk
   * @param previous the published index; one of another model is not used
   */
  static async plan(
    options: EmbedOptions,
    chunks: readonly Chunk[],
    textOf: (chunk: Chunk) => string,
    previous: EarlierIndex | undefined,
  ): Promise<ChunkVectors> {
    const { embeddingModel, dataFolder } = options;
    const earlier = previous?.manifest.embedding.model === embeddingModel.name ? previous : undefined;
    if (earlier) embeddingModel.expectDimension(earlier.manifest.embedding.dimension);
    // What is embedded here is had faster than it is read.
    const journal = embeddingModel.isLocal ? undefined : await EmbeddingJournal.open(dataFolder, embeddingModel.name);
    const vectors = new ChunkVectors(options, chunks, textOf, earlier, journal);
    await vectors.#plan();
    return vectors;
  }

  /** Whether a chunk needs a vector of the embedded default, which is made together with its terms. */
  isEmbeddedHere(chunk: number): boolean {
    return this.#options.embeddingModel.isLocal && this.#origins[chunk]?.from === 'model';
  }

  /**
   * Adds the vectors of a batch to the index.
   * @param madeHere those of the embedded default, one after another
   * @throws YoujuError `bad-vector`, `embedding-failed`, `bad-data-folder`
   */
  async add({ first, texts }: ChunkBatch, madeHere: Float32Array): Promise<void> {
    let place = 0;
    for (const at of texts.keys()) {
      const isMadeHere = this.isEmbeddedHere(first + at);
      this.#push(isMadeHere ? [...madeHere.subarray(place, place + HASHED_DIMENSION)] : await this.#vectorOf(first + at));
      if (isMadeHere) place += HASHED_DIMENSION;
    }
    if (place > 0) this.#tell(place / HASHED_DIMENSION);
  }

  /** The index, when all batches are added. */
  get index(): VectorIndex {
    return this.#index ?? VectorIndex.empty(HASHED_DIMENSION, 1);
  }

  /** Waits for what is under way; to be called whatever happened. */
  async close(): Promise<void> {
    await this.#fromEndpoint?.return(undefined);
    await this.#journal?.close();
  }

  async #plan(): Promise<void> {
    this.#choose();
    const inQuestion = this.resumed > 0 ? this.#toEmbed().next().value : undefined;
    if (!inQuestion) return;
    // The first answer tells whether the model is still the one of the journal, which begins anew where it is not.
    await this.#ask(inQuestion);
    this.#choose();
    this.resumed = Math.max(0, this.resumed - inQuestion.length);
  }

  /** Decides for each chunk where its vector comes from. */
  #choose(): void {
    const earlier = new Map(this.#earlier?.chunks.map(({ hash }, unit) => [hash, unit]));
    const seen = new Map<string, number>();
    const dimension = this.#earlier?.manifest.embedding.dimension ?? this.#journal?.dimension;
    const journal = this.#journal?.dimension === dimension ? this.#journal : undefined;
    this.#origins = this.#chunks.map(({ hash }, chunk) => {
      const inIndex = earlier.get(hash);
      if (inIndex !== undefined) return { from: 'index', unit: inIndex };
      const twin = seen.get(hash);
      if (twin !== undefined) return { from: 'twin', unit: twin };
      seen.set(hash, chunk);
      return { from: journal?.has(hash) ? 'journal' : 'model' };
    });
    this.added = seen.size;
    this.resumed = this.#origins.filter(({ from }) => from === 'journal').length;
  }

  #vectorOf(chunk: number): Promise<number[]> | number[] {
    const origin = this.#origins[chunk];
    if (origin?.from === 'index') return this.#earlier?.vectorIndex.vectorOf(origin.unit) ?? [];
    if (origin?.from === 'twin') return this.index.vectorOf(origin.unit);
    if (origin?.from === 'journal') return this.#journal?.vectorOf(this.#chunks[chunk]?.hash ?? '') ?? [];
    return this.#nextOfEndpoint();
  }

  #push(vector: number[]): void {
    this.#index ??= VectorIndex.empty(vector.length, this.#chunks.length);
    this.#index.add(vector, this.#options.embeddingModel.name);
  }

  async #nextOfEndpoint(): Promise<number[]> {
    this.#fromEndpoint ??= this.#askForAll();
    const { value } = await this.#fromEndpoint.next();
    return value ?? [];
  }

  async *#askForAll(): AsyncGenerator<number[]> {
    for await (const vectors of inOrder(this.#toEmbed(), REQUESTS, (chunks) => this.#ask(chunks))) yield* vectors;
  }

  /** What the model has to embed, a request’s worth at a time. */
  *#toEmbed(): Generator<Chunk[]> {
    let request: Chunk[] = [];
    for (const [at, chunk] of this.#chunks.entries()) {
      if (this.#origins[at]?.from !== 'model') continue;
      request.push(chunk);
      if (request.length < BATCH) continue;
      yield request;
      request = [];
    }
    if (request.length > 0) yield request;
  }

  /** Asks the endpoint, and keeps what it answers before anything else is done with it. */
  async #ask(chunks: readonly Chunk[]): Promise<number[][]> {
    const vectors = await this.#options.embeddingModel.embedTexts(chunks.map(this.#textOf));
    await this.#journal?.append(
      chunks.map(({ hash }) => hash),
      vectors,
    );
    this.#tell(vectors.length);
    return vectors;
  }

  #tell(count: number): void {
    this.#embedded += count;
    this.#options.onEmbedded(this.#embedded, this.added - this.resumed);
  }
}
