import { describe, expect, it } from 'vitest';
import { type EmbeddingsAnswer, ENDPOINT_DIMENSION, sendVectors, serveEmbeddings } from '../testing/embeddings-endpoint.ts';
import { EmbeddingModel } from './embedding-model.ts';
import { HASHED_DIMENSION } from './hashed-embeddings.ts';

const KEY = 'sk-test-0123456789-secret';

async function connect(answer?: EmbeddingsAnswer) {
  const endpoint = await serveEmbeddings();
  if (answer) endpoint.answerWith(answer);
  return { endpoint, model: new EmbeddingModel({ model: 'test-embedding', apiKey: KEY, baseUrl: endpoint.baseUrl }) };
}

/** An upstream error that echoes the key, as real ones do. */
const failWith =
  (status: number): EmbeddingsAnswer =>
  (_, response, authorization) => {
    response.writeHead(status, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify({ error: { message: `refused ${authorization}`, type: 'server_error' } }));
  };

const faults: [string, 'bad-vector' | 'embedding-failed', EmbeddingsAnswer][] = [
  [
    'null in a vector',
    'bad-vector',
    (texts, response) =>
      sendVectors(
        response,
        texts.map(() => [1, null, 3]),
      ),
  ],
  [
    'null for a vector',
    'bad-vector',
    (texts, response) =>
      sendVectors(
        response,
        texts.map(() => null),
      ),
  ],
  [
    'a base64 string for a vector',
    'bad-vector',
    (texts, response) =>
      sendVectors(
        response,
        texts.map(() => 'AACAPwAAAEA='),
      ),
  ],
  [
    'only zeros',
    'bad-vector',
    (texts, response) =>
      sendVectors(
        response,
        texts.map(() => [0, 0, 0]),
      ),
  ],
  [
    'vectors of different lengths',
    'bad-vector',
    (texts, response) =>
      sendVectors(
        response,
        texts.map((_, index) => (index ? [1] : [1, 2])),
      ),
  ],
  [
    'empty vectors',
    'bad-vector',
    (texts, response) =>
      sendVectors(
        response,
        texts.map(() => []),
      ),
  ],
  [
    'a vector too few',
    'embedding-failed',
    (texts, response) =>
      sendVectors(
        response,
        texts.slice(1).map(() => [1, 2]),
      ),
  ],
  ['no vectors', 'embedding-failed', (_, response) => sendVectors(response, [])],
  ['a page instead of JSON', 'embedding-failed', (_, response) => response.end('<html>busy</html>')],
  ['HTTP 401', 'embedding-failed', failWith(401)],
  ['HTTP 500', 'embedding-failed', failWith(500)],
  ['a broken connection', 'embedding-failed', (_, response) => response.destroy()],
];

describe('an embeddings endpoint', () => {
  it('embeds texts in order, in batches, and reports how many are done', async () => {
    const { endpoint, model } = await connect();
    const texts = Array.from({ length: 130 }, (_, index) => `第${index}句`);
    const done: number[] = [];
    const vectors = await model.embedTexts(texts, (count) => done.push(count));
    expect(vectors).toHaveLength(130);
    expect(endpoint.texts).toEqual(texts);
    expect(done).toEqual([64, 128, 130]);
    expect(vectors[129]).toEqual(await model.embedQuestion('第129句'));
    expect(vectors[0]).toHaveLength(ENDPOINT_DIMENSION);
    expect(model).toMatchObject({ name: 'test-embedding', isLocal: false });
  });

  it.each(faults)('that sends %s is refused with %s', async (_, code, answer) => {
    const { model } = await connect(answer);
    await expect(model.embedTexts(['甲', '乙'])).rejects.toMatchObject({ code, name: 'YoujuError' });
  });

  it.each(faults)('that sends %s never gets the key into the error', async (_, __, answer) => {
    const { model } = await connect(answer);
    const error: unknown = await model.embedTexts(['甲', '乙']).catch((refusal: unknown) => refusal);
    if (!(error instanceof Error)) throw new Error('it was not refused');
    expect(`${error.message} ${error.stack} ${JSON.stringify(error)} ${String(error.cause)}`).not.toContain('secret');
    expect(error.message).not.toContain('undefined');
  });

  it('that sends another dimension than before is refused', async () => {
    const { endpoint, model } = await connect();
    await model.embedTexts(['甲']);
    endpoint.answerWith((texts, response) =>
      sendVectors(
        response,
        texts.map(() => [1, 2, 3]),
      ),
    );
    await expect(model.embedQuestion('乙')).rejects.toMatchObject({
      code: 'bad-vector',
      message: expect.stringMatching(/3 numbers where 8/),
    });
  });

  it('is tried once more after a 500, and not more often', async () => {
    const { endpoint, model } = await connect(failWith(500));
    await expect(model.embedQuestion('甲')).rejects.toMatchObject({ message: expect.stringContaining('HTTP 500') });
    expect(endpoint.requests()).toBe(2);
  });

  it('that fails once is used again', async () => {
    const { endpoint, model } = await connect(failWith(401));
    await expect(model.embedQuestion('甲')).rejects.toMatchObject({ code: 'embedding-failed' });
    endpoint.answerWith((texts, response) =>
      sendVectors(
        response,
        texts.map(() => [1, 2, 3]),
      ),
    );
    expect(await model.embedQuestion('甲')).toEqual([1, 2, 3]);
  });
});

describe('without a model', () => {
  it('the embedded default answers, with no network', async () => {
    const model = new EmbeddingModel({});
    expect(model).toMatchObject({ isLocal: true, name: expect.stringMatching(/^youju-hashed-512-v\d+$/) });
    expect(await model.embedQuestion('能源')).toHaveLength(HASHED_DIMENSION);
    expect(await model.embedTexts([])).toEqual([]);
  });
});
