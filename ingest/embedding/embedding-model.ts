import type { EmbeddingsInterface } from '@langchain/core/embeddings';
import { YoujuError } from '../youju-error.ts';
import { BATCH, connectEndpoint, type EmbeddingEndpoint, type Patience } from './connect-endpoint.ts';
import { HASHED_DIMENSION, HashedEmbeddings } from './hashed-embeddings.ts';
import { assertVector } from './vector-gate.ts';

/** Which endpoint to use. Without `model` the embedded default is used. */
export type EmbeddingConfiguration = Partial<EmbeddingEndpoint>;

/** Bump when the embedded default changes what it returns: an index built by another version must not be searched. */
const HASHED_MODEL = 'youju-hashed-256-v2';
/** A vector of 4,096 numbers of 25 characters is 0.1 MB. */
const MOST_BYTES_A_VECTOR = 2 ** 19;
/** An ingest can wait; a visitor gets an answer by words alone instead. */
const PATIENCE = {
  texts: { milliseconds: 30_000, mostBytes: BATCH * MOST_BYTES_A_VECTOR, retries: 1 },
  question: { milliseconds: 5_000, mostBytes: MOST_BYTES_A_VECTOR, retries: 0 },
};

/** An embedding model behind the vector gate. `name` goes into the manifest and decides whether stored vectors still hold. */
export class EmbeddingModel {
  readonly name: string;
  readonly isLocal: boolean;
  readonly #connect: (patience: Patience) => ReturnType<typeof connectEndpoint>;
  #forTexts: ReturnType<typeof connectEndpoint> | undefined;
  #forQuestions: ReturnType<typeof connectEndpoint> | undefined;
  #dimension: number | undefined;

  constructor({ model, ...endpoint }: EmbeddingConfiguration) {
    this.isLocal = model === undefined;
    this.name = model ?? HASHED_MODEL;
    this.#dimension = this.isLocal ? HASHED_DIMENSION : undefined;
    const local: EmbeddingsInterface = new HashedEmbeddings();
    this.#connect = (patience) => (model === undefined ? Promise.resolve(() => local) : connectEndpoint({ model, ...endpoint }, patience));
  }

  /**
   * Refuses from now on vectors of any other length than the index of this model has: a faulty endpoint that cuts all its vectors
   * alike gives itself away only so.
   */
  expectDimension(dimension: number): void {
    this.#dimension = dimension;
  }

  /**
   * One gated vector a text, in order; texts for one request.
   * @throws YoujuError `embedding-failed` when the endpoint fails, `bad-vector` when it answers with unusable vectors
   */
  embedTexts(texts: string[]): Promise<number[][]> {
    this.#forTexts ??= this.#connect(PATIENCE.texts);
    return this.#gate(this.#forTexts.then((connect) => connect().embedDocuments(texts)));
  }

  /** The gated vector of a question. Throws like `embedTexts`, and when `signal` ends the waiting. */
  async embedQuestion(text: string, signal?: AbortSignal): Promise<number[]> {
    this.#forQuestions ??= this.#connect(PATIENCE.question);
    const [vector] = await this.#gate(this.#forQuestions.then(async (connect) => [await connect(signal).embedQuery(text)]));
    if (!vector) throw new YoujuError('embedding-failed', `${this.name} returned no vector`);
    return vector;
  }

  async #gate(answer: Promise<number[][]>): Promise<number[][]> {
    const vectors = await answer.catch((error: unknown) => {
      throw error instanceof YoujuError ? error : new YoujuError('embedding-failed', describeFailure(this.name, error));
    });
    const dimension = this.#dimension ?? vectors[0]?.length ?? 0;
    for (const vector of vectors) assertVector(vector, dimension, this.name);
    this.#dimension = dimension;
    return vectors;
  }
}

/** What failed and what to do. The SDK's message can echo the key, so only the status is passed on. */
function describeFailure(name: string, error: unknown): string {
  const status = typeof error === 'object' && error !== null && 'status' in error && typeof error.status === 'number' ? error.status : 0;
  if (status === 401 || status === 403) return `embedding model ${name} refused the key (HTTP ${status}): check OPENAI_API_KEY`;
  if (status === 404) return `embedding model ${name} was not found (HTTP 404): check EMBEDDING_MODEL and OPENAI_BASE_URL`;
  if (status === 429) return `embedding model ${name} is over its limit (HTTP 429): wait a while, or raise the limit of your key`;
  const fault = status === 0 ? 'gave no usable answer in time' : `failed (HTTP ${status})`;
  return `embedding model ${name} ${fault}: check OPENAI_BASE_URL and EMBEDDING_MODEL, or try again later`;
}
