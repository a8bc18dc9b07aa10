import type { ServerResponse } from 'node:http';
import { answerRightly, type EmbeddingsAnswer, sendVectors, vectorOf } from './scripted-embeddings.ts';

type Code = 'bad-vector' | 'embedding-failed';

/** Sends one vector a text, made by `spoil` from the right one. */
const spoilEach =
  (spoil: (vector: number[], index: number) => unknown): EmbeddingsAnswer =>
  (texts, response) =>
    sendVectors(
      response,
      texts.map((text, index) => spoil(vectorOf(text), index)),
    );

const sendJson = (response: ServerResponse, body: unknown, status = 200) =>
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));

/** An upstream error that echoes the key, as real ones do. */
export const failWith =
  (status: number): EmbeddingsAnswer =>
  (_, response, authorization) =>
    sendJson(response, { error: { message: `refused ${authorization}`, type: 'server_error' } }, status);

/** The right vectors, each with its index, in reverse. */
const sendReversed: EmbeddingsAnswer = (texts, response) => {
  const data = texts.map((text, index) => ({ object: 'embedding', index, embedding: vectorOf(text) })).toReversed();
  sendJson(response, { object: 'list', model: 'test', data });
};

const base64Of = (vector: number[]) => Buffer.from(Float32Array.from(vector).buffer).toString('base64');

/** What an embeddings endpoint can do wrong with two texts or more, and what it is refused as. */
export const embeddingFaults: [fault: string, Code, EmbeddingsAnswer][] = [
  ['null in a vector', 'bad-vector', spoilEach(([, ...rest]) => [null, ...rest])],
  ['null for a vector', 'bad-vector', spoilEach(() => null)],
  ['“NaN” in a vector', 'bad-vector', spoilEach(([, ...rest]) => ['NaN', ...rest])],
  ['base64 strings', 'bad-vector', spoilEach(base64Of)],
  ['only zeros', 'bad-vector', spoilEach((vector) => vector.map(() => 0))],
  ['numbers beyond single precision', 'bad-vector', spoilEach((vector) => vector.map(() => 1e300))],
  ['a short vector among right ones', 'bad-vector', spoilEach((vector, index) => (index === 0 ? vector.slice(1) : vector))],
  ['empty vectors', 'bad-vector', spoilEach(() => [])],
  ['vectors in vectors', 'bad-vector', spoilEach((vector) => [vector])],
  ['a vector too few', 'bad-vector', (texts, response) => answerRightly(texts.slice(1), response, '')],
  ['a vector too many', 'bad-vector', (texts, response) => answerRightly([...texts, '多'], response, '')],
  ['no vectors', 'bad-vector', (_, response) => sendVectors(response, [])],
  ['vectors in another order', 'bad-vector', sendReversed],
  ['entries that are null', 'bad-vector', (texts, response) => sendJson(response, { data: texts.map(() => null) })],
  ['JSON of another kind', 'bad-vector', (_, response) => sendJson(response, { choices: [] })],
  ['null', 'bad-vector', (_, response) => sendJson(response, null)],
  ['a page instead of JSON', 'bad-vector', (_, response) => response.setHeader('Content-Type', 'text/html').end('<html>busy</html>')],
  ['NaN, which is no JSON', 'embedding-failed', (_, response) => response.setHeader('Content-Type', 'application/json').end('[NaN]')],
  [
    'half an answer',
    'embedding-failed',
    (_, response) => response.writeHead(200, { 'Content-Length': 99 }).write('{', () => response.destroy()),
  ],
  ['HTTP 401 with the key', 'embedding-failed', failWith(401)],
  ['HTTP 404', 'embedding-failed', failWith(404)],
  ['HTTP 429 with the key', 'embedding-failed', failWith(429)],
  ['HTTP 500', 'embedding-failed', failWith(500)],
  ['a broken connection', 'embedding-failed', (_, response) => response.destroy()],
];

/** Vectors of a quarter of the length, all alike: right in themselves, told only by an index that has others. */
export const sendQuarters: EmbeddingsAnswer = spoilEach((vector) => vector.slice(0, vector.length / 4));
