import type { EmbeddingsInterface } from '@langchain/core/embeddings';
import { YoujuError } from '../youju-error.ts';
import { HASHED_DIMENSION, HashedEmbeddings } from './hashed-embeddings.ts';
import { assertVector } from './vector-gate.ts';

/** How to reach an OpenAI-compatible embeddings endpoint. Without `model` the embedded default is used. */
export type EmbeddingConfiguration = { model?: string; apiKey?: string; baseUrl?: string };

/** Bump when the embedded default changes what it returns: an index built by another version must not be searched. */
const HASHED_MODEL = 'youju-hashed-512-v1';
const BATCH = 64;
const TIMEOUT_MILLISECONDS = 30_000;

/** An embedding model behind the vector gate. `name` goes into the manifest and decides whether stored vectors still hold. */
export class EmbeddingModel {
  readonly name: string;
  readonly isLocal: boolean;
  readonly #connect: () => Promise<EmbeddingsInterface>;
  #embeddings: Promise<EmbeddingsInterface> | undefined;
  #dimension: number | undefined;

  constructor(configuration: EmbeddingConfiguration) {
    this.isLocal = configuration.model === undefined;
    this.name = configuration.model ?? HASHED_MODEL;
    this.#dimension = this.isLocal ? HASHED_DIMENSION : undefined;
    this.#connect = () => (this.isLocal ? Promise.resolve(new HashedEmbeddings()) : connectEndpoint(configuration));
  }

  /**
   * One gated vector a text, in order. Reports progress in texts done.
   * @throws YoujuError `embedding-failed` when the endpoint fails, `bad-vector` when it answers with unusable vectors
   */
  async embedTexts(texts: string[], onProgress: (done: number) => void = () => {}): Promise<number[][]> {
    const vectors: number[][] = [];
    for (let start = 0; start < texts.length; start += BATCH) {
      const batch = texts.slice(start, start + BATCH);
      vectors.push(...(await this.#embed((embeddings) => embeddings.embedDocuments(batch), batch.length)));
      onProgress(vectors.length);
    }
    return vectors;
  }

  /** The gated vector of a question. Throws like `embedTexts`. */
  async embedQuestion(text: string): Promise<number[]> {
    const [vector] = await this.#embed(async (embeddings) => [await embeddings.embedQuery(text)], 1);
    if (!vector) throw new YoujuError('embedding-failed', `${this.name} returned no vector`);
    return vector;
  }

  async #embed(call: (embeddings: EmbeddingsInterface) => Promise<number[][]>, count: number): Promise<number[][]> {
    this.#embeddings ??= this.#connect();
    const vectors = await this.#embeddings.then(call).catch((error: unknown) => {
      // The SDK's message can echo the key, so only the status is passed on.
      const status =
        typeof error === 'object' && error !== null && 'status' in error && typeof error.status === 'number'
          ? ` (HTTP ${error.status})`
          : '';
      throw new YoujuError(
        'embedding-failed',
        `embedding model ${this.name} failed${status}: check OPENAI_BASE_URL, OPENAI_API_KEY and EMBEDDING_MODEL`,
      );
    });
    if (vectors.length !== count) throw new YoujuError('bad-vector', `${this.name} returned ${vectors.length} vectors for ${count} texts`);
    this.#dimension ??= vectors[0]?.length ?? 0;
    for (const vector of vectors) assertVector(vector, this.#dimension, this.name);
    return vectors;
  }
}

async function connectEndpoint({ model, apiKey, baseUrl }: EmbeddingConfiguration): Promise<EmbeddingsInterface> {
  // Loaded on first use: the client costs five times Express's import time.
  const { OpenAIEmbeddings } = await import('@langchain/openai');
  return new OpenAIEmbeddings({
    model,
    apiKey: apiKey ?? 'none',
    configuration: { baseURL: baseUrl },
    // A server that ignores base64 answers garbage of a quarter of the length.
    encodingFormat: 'float',
    maxRetries: 1,
    timeout: TIMEOUT_MILLISECONDS,
    batchSize: BATCH,
  });
}
