import type { ChunkBatch } from './analysis/cut-batches.ts';
import { inOrder } from './analysis/in-order.ts';
import { BATCH } from './embedding/connect-endpoint.ts';
import type { EmbeddingModel } from './embedding/embedding-model.ts';
import { HASHED_DIMENSION } from './embedding/hashed-embeddings.ts';
import type { GenerationWriter } from './index/generation-store.ts';
import type { Chunk } from './structure/chunk-paragraphs.ts';

type EmbedOptions = {
  embeddingModel: EmbeddingModel;
  writer: GenerationWriter;
  onEmbedded: (done: number, total: number) => void;
};

/** Requests to an endpoint that are under way at a time. */
export const REQUESTS = 4;

/** Sees to it that every chunk has a vector: only those whose words have none under the same model yet are embedded. */
export class ChunkVectors {
  readonly #options: EmbedOptions;
  readonly #chunks: readonly Chunk[];
  readonly #textOf: (chunk: Chunk) => string;
  /** The chunks to embed, by their numbers; of those with the same words, the first. */
  #wanted: ReadonlySet<number> = new Set();
  #embedded = 0;
  #fromEndpoint: AsyncGenerator<number> | undefined;
  /** What was handed to the writer is kept before anything more is. */
  #kept: Promise<void> = Promise.resolve();
  /** How many chunks are new, whoever embedded them; and how many of them an ingest before, which did not come to its end. */
  added = 0;
  resumed = 0;

  private constructor(options: EmbedOptions, chunks: readonly Chunk[], textOf: (chunk: Chunk) => string) {
    this.#options = options;
    this.#chunks = chunks;
    this.#textOf = textOf;
  }

  /** @param textOf what is embedded of a chunk */
  static async plan(options: EmbedOptions, chunks: readonly Chunk[], textOf: (chunk: Chunk) => string): Promise<ChunkVectors> {
    const { embeddingModel, writer } = options;
    const published = writer.previous?.manifest.embedding;
    const isOfThisModel = published?.model === embeddingModel.name;
    if (isOfThisModel) embeddingModel.expectDimension(published.dimension);
    const before = new Set(isOfThisModel ? writer.previous?.hashes : []);
    const vectors = new ChunkVectors(options, chunks, textOf);
    vectors.added = new Set(chunks.map(({ hash }) => hash).filter((hash) => !before.has(hash))).size;
    await vectors.#plan();
    return vectors;
  }

  /** Whether a chunk needs a vector of the embedded default, which is made together with its terms. */
  isEmbeddedHere(chunk: number): boolean {
    return this.#options.embeddingModel.isLocal && this.#wanted.has(chunk);
  }

  /**
   * Hands the vectors of a batch to the writer.
   * @param madeHere those of the embedded default, one after another
   * @throws YoujuError `bad-vector`, `embedding-failed`, or when they cannot be kept
   */
  async add({ first, texts }: ChunkBatch, madeHere: Float32Array): Promise<void> {
    const vectors = new Map<string, number[]>();
    for (let chunk = first; chunk < first + texts.length; chunk++) {
      if (!this.#wanted.has(chunk)) continue;
      const start = vectors.size * HASHED_DIMENSION;
      if (this.isEmbeddedHere(chunk)) vectors.set(this.#hashOf(chunk), [...madeHere.subarray(start, start + HASHED_DIMENSION)]);
      else await this.#untilAsked();
    }
    await this.#keep(vectors, false);
    if (vectors.size > 0) this.#tell(vectors.size);
  }

  /** Waits for what is under way; to be called whatever happened. */
  async close(): Promise<void> {
    await this.#fromEndpoint?.return(undefined);
    await this.#kept.catch(() => {});
  }

  async #plan(): Promise<void> {
    await this.#choose();
    this.resumed = this.added - this.#wanted.size;
    const [request] = this.#requests();
    if (this.#options.embeddingModel.isLocal || !request) return;
    // The first answer shows an endpoint that is at fault before the dictionaries are read; and whether the model is still what it was when
    // the others were embedded, or gives vectors of another length now.
    await this.#ask(request);
    await this.#choose();
    this.resumed = this.added - this.#wanted.size - request.length;
  }

  async #choose(): Promise<void> {
    const { embeddingModel, writer } = this.#options;
    const hashes = this.#chunks.map(({ hash }) => hash);
    const missing = new Set(await writer.withoutVector(embeddingModel.name, hashes));
    this.#wanted = new Set(hashes.flatMap((hash, chunk) => (missing.delete(hash) ? [chunk] : [])));
  }

  /** Until the endpoint has embedded one more chunk. */
  async #untilAsked(): Promise<void> {
    this.#fromEndpoint ??= this.#askForAll();
    await this.#fromEndpoint.next();
  }

  async *#askForAll(): AsyncGenerator<number> {
    for await (const asked of inOrder(this.#requests(), REQUESTS, (chunks) => this.#ask(chunks))) yield* asked;
  }

  *#requests(): Generator<number[]> {
    const wanted = [...this.#wanted];
    for (let start = 0; start < wanted.length; start += BATCH) yield wanted.slice(start, start + BATCH);
  }

  /** Asks the endpoint, and has its answer kept before anything else is done with it. */
  async #ask(chunks: number[]): Promise<number[]> {
    const texts = chunks.flatMap((chunk) => this.#chunks[chunk] ?? []).map(this.#textOf);
    const vectors = await this.#options.embeddingModel.embedTexts(texts);
    await this.#keep(new Map(chunks.map((chunk, at) => [this.#hashOf(chunk), vectors[at] ?? []])), true);
    this.#tell(chunks.length);
    return chunks;
  }

  #keep(vectors: ReadonlyMap<string, number[]>, arePaid: boolean): Promise<void> {
    const { writer, embeddingModel } = this.#options;
    this.#kept = this.#kept.then(() => writer.addVectors(embeddingModel.name, vectors, arePaid));
    return this.#kept;
  }

  #hashOf(chunk: number): string {
    return this.#chunks[chunk]?.hash ?? '';
  }

  #tell(count: number): void {
    this.#embedded += count;
    this.#options.onEmbedded(this.#embedded, this.added - this.resumed);
  }
}
