import { onTestFinished } from 'vitest';
import { type EmbeddingsEndpoint, startEmbeddings } from './scripted-embeddings.ts';

/** An embeddings endpoint that stops when the test is over. */
export async function serveEmbeddings(): Promise<EmbeddingsEndpoint> {
  const endpoint = await startEmbeddings();
  onTestFinished(() => endpoint.close());
  return endpoint;
}
