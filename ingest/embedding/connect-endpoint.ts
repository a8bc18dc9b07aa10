import type { EmbeddingsInterface } from '@langchain/core/embeddings';
import { YoujuError } from '../youju-error.ts';
import { boundedFetch } from './bounded-fetch.ts';

/** An OpenAI-compatible embeddings endpoint. */
export type EmbeddingEndpoint = { model: string; apiKey?: string; baseUrl?: string };

/** How long one request may take, to the last byte of its answer, how long that may be, and how often it is tried again. */
export type Patience = { milliseconds: number; mostBytes: number; retries: number };

/** Texts a request. */
export const BATCH = 64;

/** The client of an endpoint; what it has asked for ends with the signal. */
type Connect = (signal?: AbortSignal) => EmbeddingsInterface;

/** Connects to an endpoint and makes sure that it answers one vector a text, in the order asked. */
export async function connectEndpoint({ model, apiKey, baseUrl }: EmbeddingEndpoint, patience: Patience): Promise<Connect> {
  // Loaded on first use: the client costs five times Express's import time.
  const { loadOpenAiClient } = await import('./load-openai-client.ts');
  const { OpenAIEmbeddings } = await loadOpenAiClient();
  class CheckedEmbeddings extends OpenAIEmbeddings {
    /** LangChain takes the vectors by their place: it drops those too many and never looks which text each says it belongs to. */
    protected override async embeddingWithRetry(request: { model: string; input: string | string[] | number[] | number[][] }) {
      const response = await super.embeddingWithRetry(request);
      const fault = faultIn(response, Array.isArray(request.input) ? request.input.length : 1);
      if (fault === undefined) return response;
      const advice = 'check that OPENAI_BASE_URL is an embeddings endpoint; the index was not touched';
      throw new YoujuError('bad-vector', `${model} returned ${fault}: ${advice}`);
    }
  }
  return (signal) =>
    new CheckedEmbeddings({
      model,
      apiKey: apiKey ?? 'none',
      // The client's own logger writes the endpoint's headers and words, and an endpoint may repeat the key there.
      // LangChain hands no signal to it: `fetch` has it.
      configuration: { baseURL: baseUrl, logLevel: 'off', fetch: boundedFetch(patience.milliseconds, patience.mostBytes, signal) },
      // A server that ignores base64 answers garbage of a quarter of the length.
      encodingFormat: 'float',
      maxRetries: patience.retries,
      timeout: patience.milliseconds,
      batchSize: BATCH,
    });
}

/** What keeps an answer from being `count` vectors in the order of the texts, if anything does. */
function faultIn(response: unknown, count: number): string | undefined {
  const data = typeof response === 'object' && response !== null && 'data' in response ? response.data : undefined;
  if (!Array.isArray(data)) return 'something that is no list of vectors';
  if (data.length !== count) return `${data.length} vectors for ${count} texts`;
  for (const [place, entry] of data.entries()) {
    if (typeof entry !== 'object' || entry === null) return 'something that is no list of vectors';
    // Endpoints that leave the index out answer in order.
    if ('index' in entry && entry.index !== place) return 'its vectors in another order than the texts';
  }
  return undefined;
}
