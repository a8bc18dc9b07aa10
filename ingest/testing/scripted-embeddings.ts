import { createServer, type ServerResponse } from 'node:http';
import { z } from 'zod';

const requestSchema = z.object({
  input: z.union([z.array(z.string()), z.string().transform((text) => [text])]),
  model: z.string(),
  encoding_format: z.literal('float'),
});

/** How the endpoint answers: vectors of its own making for the texts it was sent, or in another way. */
export type EmbeddingsAnswer = (texts: string[], response: ServerResponse, authorization: string) => unknown;

/** An HTTP server on loopback that speaks the OpenAI embeddings API. */
export type EmbeddingsEndpoint = {
  baseUrl: string;
  /** Every text that it was asked to embed. */
  texts: string[];
  /** Requests so far, failed ones included. */
  requests: () => number;
  answerWith: (answer: EmbeddingsAnswer) => void;
  close: () => void;
};

export const ENDPOINT_DIMENSION = 8;

/** A vector that depends on the text alone. */
export const vectorOf = (text: string) =>
  Array.from(
    { length: ENDPOINT_DIMENSION },
    (_, place) => 1 + [...text].reduce((sum, letter, index) => sum + (((letter.codePointAt(0) ?? 0) * (index + place)) % 97), 0),
  );

export function sendVectors(response: ServerResponse, vectors: unknown[]): void {
  response.setHeader('Content-Type', 'application/json');
  const data = vectors.map((embedding, index) => ({ object: 'embedding', index, embedding }));
  response.end(JSON.stringify({ object: 'list', model: 'test', data, usage: { prompt_tokens: 1, total_tokens: 1 } }));
}

export const answerRightly: EmbeddingsAnswer = (texts, response) => sendVectors(response, texts.map(vectorOf));

export async function startEmbeddings(): Promise<EmbeddingsEndpoint> {
  let answer = answerRightly;
  let requests = 0;
  const texts: string[] = [];
  const server = createServer(async (request, response) => {
    requests++;
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const { input } = requestSchema.parse(JSON.parse(body));
    texts.push(...input);
    answer(input, response, request.headers.authorization ?? '');
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    texts,
    requests: () => requests,
    answerWith(other) {
      answer = other;
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
