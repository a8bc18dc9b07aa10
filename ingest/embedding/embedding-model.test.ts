import { describe, expect, it } from 'vitest';
import { embeddingFaults, failWith, sendQuarters } from '../testing/embedding-faults.ts';
import { serveEmbeddings } from '../testing/embeddings-endpoint.ts';
import { answerRightly, type EmbeddingsAnswer, ENDPOINT_DIMENSION, sendVectors } from '../testing/scripted-embeddings.ts';
import { BATCH } from './connect-endpoint.ts';
import { EmbeddingModel } from './embedding-model.ts';
import { HASHED_DIMENSION } from './hashed-embeddings.ts';

const KEY = 'sk-test-0123456789-secret';

async function connect(answer?: EmbeddingsAnswer) {
  const endpoint = await serveEmbeddings();
  if (answer) endpoint.answerWith(answer);
  return { endpoint, model: new EmbeddingModel({ model: 'test-embedding', apiKey: KEY, baseUrl: endpoint.baseUrl }) };
}

describe('an embeddings endpoint', () => {
  it('embeds a request’s worth of texts in order', async () => {
    const { endpoint, model } = await connect();
    const texts = Array.from({ length: BATCH }, (_, index) => `第${index}句`);
    const vectors = await model.embedTexts(texts);
    expect(vectors).toHaveLength(BATCH);
    expect(endpoint.texts).toEqual(texts);
    expect(endpoint.requests()).toBe(1);
    expect(vectors[BATCH - 1]).toEqual(await model.embedQuestion(texts[BATCH - 1] ?? ''));
    expect(vectors[0]).toHaveLength(ENDPOINT_DIMENSION);
    expect(model).toMatchObject({ name: 'test-embedding', isLocal: false });
  });

  it.each(embeddingFaults)('that sends %s is refused with %s, and the key stays out of the error', async (_, code, answer) => {
    const { model } = await connect(answer);
    const error: unknown = await model.embedTexts(['甲', '乙']).catch((refusal: unknown) => refusal);
    expect(error).toMatchObject({ code, name: 'YoujuError' });
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

  it.each([500, 503])('that answers HTTP %i once is asked once more, and not more often', async (status) => {
    const { endpoint, model } = await connect(failWith(status));
    await expect(model.embedTexts(['甲'])).rejects.toMatchObject({ message: expect.stringContaining(`HTTP ${status}`) });
    expect(endpoint.requests()).toBe(2);
    let failures = 1;
    endpoint.answerWith((texts, response, authorization) =>
      failures-- > 0 ? failWith(status)(texts, response, authorization) : answerRightly(texts, response, authorization),
    );
    expect(await model.embedTexts(['甲'])).toHaveLength(1);
  });

  it('that is over its limit for a moment is asked again when it says, and not before', async () => {
    const { endpoint, model } = await connect();
    let waits = 0;
    endpoint.answerWith((texts, response, authorization) => {
      if (waits++ > 0) return answerRightly(texts, response, authorization);
      response.setHeader('Retry-After', '1');
      return failWith(429)(texts, response, authorization);
    });
    expect(await model.embedTexts(['甲'])).toHaveLength(1);
    expect(endpoint.requests()).toBe(2);
  });

  it('that fails for a question is asked once: its visitor waits', async () => {
    const { endpoint, model } = await connect(failWith(500));
    await expect(model.embedQuestion('甲')).rejects.toMatchObject({ code: 'embedding-failed' });
    expect(endpoint.requests()).toBe(1);
  });

  it('that hangs is hung up on when nobody waits for the question any more', async () => {
    let hasLeft = false;
    const { endpoint, model } = await connect((_texts, response) => {
      response.on('close', () => {
        hasLeft = true;
      });
    });
    const departure = new AbortController();
    const refusal = expect(model.embedQuestion('甲', departure.signal)).rejects.toMatchObject({ code: 'embedding-failed' });
    await expect.poll(() => endpoint.requests()).toBe(1);
    departure.abort();
    await refusal;
    await expect.poll(() => hasLeft).toBe(true);
  });

  it('that cuts every vector alike is refused once the dimension of the index is known', async () => {
    const { model } = await connect(sendQuarters);
    model.expectDimension(ENDPOINT_DIMENSION);
    await expect(model.embedTexts(['甲', '乙'])).rejects.toMatchObject({
      code: 'bad-vector',
      message: expect.stringMatching(/2 numbers where 8 are expected .*empty DATA_DIR/),
    });
  });

  it('that leaves the index of each vector out is believed to answer in order', async () => {
    const { model } = await connect((texts, response) =>
      response
        .setHeader('Content-Type', 'application/json')
        .end(JSON.stringify({ object: 'list', data: texts.map((_, place) => ({ embedding: [1, place] })) })),
    );
    expect(await model.embedTexts(['甲', '乙'])).toEqual([
      [1, 0],
      [1, 1],
    ]);
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
    expect(model).toMatchObject({ isLocal: true, name: expect.stringMatching(/^youju-hashed-256-v\d+$/) });
    expect(await model.embedQuestion('能源')).toHaveLength(HASHED_DIMENSION);
    expect(await model.embedTexts([])).toEqual([]);
  });
});
