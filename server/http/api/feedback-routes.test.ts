import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../../../ingest/testing/temporary-folder.ts';
import { FeedbackLog, feedbackFile } from '../../feedback/record-feedback.ts';
import { ask, streamAnswer } from '../../testing/clients/ask.ts';
import { type RawResponse, sendRaw } from '../../testing/clients/send-raw.ts';
import { expectProblem } from '../../testing/expect-problem.ts';
import { EXPO_PARAGRAPH, EXPO_QUESTION, STATEMENT_ID } from '../../testing/statement.ts';
import { startTestServer, type TestServer } from '../../testing/test-server.ts';
import { strictFeedbackRecord } from '../../testing/wire-schemas.ts';

let dataFolder: string;
let server: TestServer;

/** A server of its own for each test, keeping its feedback in `dataFolder`. */
async function startServer(configuration = {}, largestFile?: number): Promise<TestServer> {
  const started = await startTestServer({ feedback: new FeedbackLog(dataFolder, largestFile), configuration });
  onTestFinished(started.close);
  return started;
}

beforeEach(async () => {
  dataFolder = await temporaryFolder();
  server = await startServer();
});

const send = (body: unknown, headers: Record<string, string> = {}, port = server.port): Promise<RawResponse> =>
  sendRaw(port, {
    method: 'POST',
    path: '/api/feedback',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

async function recordsOnDisk() {
  const lines = (await readFile(feedbackFile(dataFolder), 'utf8')).split('\n');
  expect(lines.pop()).toBe('');
  return lines.map((line) => strictFeedbackRecord.parse(JSON.parse(line)));
}

describe('POST /api/feedback', () => {
  test('is 204 with nothing in it, and by then the rating is on the disk', async () => {
    const before = Date.now();
    const response = await send({ answerId: 'unheard-of', rating: 'down', comment: '不对' });
    const [record, ...others] = await recordsOnDisk();
    expect({ status: response.status, body: response.body, type: response.headers['content-type'] }).toEqual({ status: 204, body: '' });
    expect(others).toEqual([]);
    expect(record).toEqual({ at: record?.at, answerId: 'unheard-of', rating: 'down', comment: '不对' });
    expect(Date.parse(record?.at ?? '')).toBeGreaterThanOrEqual(before);
  });

  test('joins the answer that was given as JSON, with what was asked', async () => {
    const asked = { question: EXPO_QUESTION, language: 'en', documentId: STATEMENT_ID };
    const { id, citations } = await ask(server.url, asked);
    await send({ answerId: id, rating: 'up' });
    const [record] = await recordsOnDisk();
    expect(record?.answer).toEqual({
      asked,
      language: 'en',
      status: 'answered',
      generator: 'extractive',
      indexGeneration: server.currentIndex.get().manifest.generation,
      cited: [...new Set(citations.map(({ paragraphId }) => paragraphId))].map((paragraphId) => ({
        documentId: STATEMENT_ID,
        paragraphId,
      })),
    });
    expect(record?.answer).toMatchObject({ cited: expect.arrayContaining([{ documentId: STATEMENT_ID, paragraphId: EXPO_PARAGRAPH }]) });
  });

  test('joins the answer that was streamed, with the turns before the question', async () => {
    const asked = { question: '那能源呢？', history: [{ role: 'user', content: '电商方面两国有什么合作？' }] };
    const last = (await streamAnswer(server.url, asked)).at(-1);
    if (last?.event !== 'answer-end') throw new Error(`the last event is ${last?.event}`);
    await send({ answerId: last.data.id, rating: 'up' });
    expect((await recordsOnDisk())[0]?.answer).toMatchObject({ asked, status: 'answered', language: 'zh-Hans' });
  });

  test('joins the reason of a question that was declined', async () => {
    const question = '今天天气怎么样？';
    const { id } = await ask(server.url, { question });
    await send({ answerId: id, rating: 'down', comment: '为什么？' });
    const [record] = await recordsOnDisk();
    expect(record).toMatchObject({
      rating: 'down',
      comment: '为什么？',
      answer: { asked: { question }, status: 'abstained', reason: 'off-topic' },
    });
    expect(record?.answer).not.toHaveProperty('cited');
  });

  test('takes each rating of an answer, and what a server said before it was restarted', async () => {
    const { id } = await ask(server.url, { question: EXPO_QUESTION });
    for (const rating of ['up', 'down']) await send({ answerId: id, rating });
    const restarted = await startServer();
    await send({ answerId: id, rating: 'up' }, {}, restarted.port);
    const records = await recordsOnDisk();
    expect(records.map(({ answerId, rating, answer }) => [answerId, rating, answer?.asked.question])).toEqual([
      [id, 'up', EXPO_QUESTION],
      [id, 'down', EXPO_QUESTION],
      [id, 'up', undefined],
    ]);
  });

  test('writes 200 at once as 200 whole lines', async () => {
    const answerIds = Array.from({ length: 200 }, (_, count) => `answer-${count}`);
    const responses = await Promise.all(answerIds.map((answerId) => send({ answerId, rating: 'up', comment: 'x'.repeat(1000) })));
    expect(new Set(responses.map(({ status }) => status))).toEqual(new Set([204]));
    expect((await recordsOnDisk()).map(({ answerId }) => answerId).toSorted()).toEqual(answerIds.toSorted());
  });

  test('stores what hostile comments say, a line each', async () => {
    const comments = [
      '</script><script>alert(1)</script>',
      'a\nb\r\nc',
      '\u2028\u2029\u0085',
      '"}\n{"rating":"up"',
      '\u0000\u202e',
      '😀'.repeat(1000),
    ];
    for (const comment of comments) expect((await send({ answerId: 'a', rating: 'down', comment })).status).toBe(204);
    expect((await recordsOnDisk()).map(({ comment }) => comment)).toEqual(comments);
  });

  test('ignores fields that it does not know', async () => {
    expect(
      (await send('{"answerId":"a","rating":"up","answer":{"status":"answered"},"at":"never","__proto__":{"rating":"down"}}')).status,
    ).toBe(204);
    expect((await recordsOnDisk())[0]).toEqual({ at: expect.any(String), answerId: 'a', rating: 'up' });
  });

  test('is open to the sites that are allowed', async () => {
    const origin = 'https://ministry.example';
    const open = await startServer({ ALLOWED_ORIGINS: [origin] });
    const preflight = await sendRaw(open.port, {
      method: 'OPTIONS',
      path: '/api/feedback',
      headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' },
    });
    expect(preflight.headers).toMatchObject({ 'access-control-allow-origin': origin, 'access-control-allow-headers': 'content-type' });
    const taken = await send({ answerId: 'a', rating: 'up' }, { origin }, open.port);
    expect([taken.status, taken.headers['access-control-allow-origin']]).toEqual([204, origin]);
  });

  test('leaves nothing on the disk and in the log of questions that nobody rated, and no question or comment in the log at all', async () => {
    await ask(server.url, { question: '今天天气怎么样？' });
    const { id } = await ask(server.url, { question: EXPO_QUESTION });
    await send({ answerId: id, rating: 'up', comment: 'a telling comment' });
    const written = await readFile(feedbackFile(dataFolder), 'utf8');
    expect(written).not.toContain('天气');
    for (const secret of ['天气', EXPO_QUESTION, 'a telling comment']) expect(server.logs.join('')).not.toContain(secret);
  });
});

describe('POST /api/feedback refuses', () => {
  test.each<[string, unknown]>([
    ['no object', 'null'],
    ['no answer', { rating: 'up' }],
    ['an empty answerId', { answerId: '', rating: 'up' }],
    ['an answerId of 101 characters', { answerId: 'a'.repeat(101), rating: 'up' }],
    ['an answerId with a lone surrogate', '{"answerId":"a\\ud800","rating":"up"}'],
    ['an answerId that is a list', { answerId: ['a'], rating: 'up' }],
    ['no rating', { answerId: 'a' }],
    ['another rating', { answerId: 'a', rating: 'sideways' }],
    ['a comment of 1001 characters', { answerId: 'a', rating: 'up', comment: '😀'.repeat(1001) }],
    ['a comment with a lone surrogate', '{"answerId":"a","rating":"up","comment":"\\udc00"}'],
    ['a comment that is null', { answerId: 'a', rating: 'up', comment: null }],
  ])('%s', async (_what, body) => {
    expectProblem(await send(body), 422, 'invalid-request');
    await expect(readFile(feedbackFile(dataFolder))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  test('what is no JSON, is too large or comes by another method', async () => {
    expectProblem(await send('{"answerId":'), 400, 'bad-json');
    expectProblem(await send('{}', { 'content-type': 'text/plain' }), 415, 'unsupported-media-type');
    expectProblem(await send({ comment: 'x'.repeat(20_000) }), 413, 'body-too-large');
    for (const method of ['GET', 'PUT', 'DELETE']) {
      const response = await sendRaw(server.port, { method, path: '/api/feedback' });
      expectProblem(response, 405, 'method-not-allowed');
      expect(response.headers['allow']).toBe('POST');
    }
  });

  test('what is over the rate limit that counts questions', async () => {
    const limited = await startServer({ RATE_LIMIT_PER_MINUTE: 2 });
    await ask(limited.url, { question: EXPO_QUESTION });
    expect((await send({ answerId: 'a', rating: 'up' }, {}, limited.port)).status).toBe(204);
    expectProblem(await send({ answerId: 'a', rating: 'up' }, {}, limited.port), 429, 'rate-limited');
  });
});

describe('where feedback cannot be stored', () => {
  test('because the file is full, the visitor is told to come back and the operator what to do', async () => {
    const small = await startServer({}, 200);
    expect((await send({ answerId: 'a', rating: 'up' }, {}, small.port)).status).toBe(204);
    const refused = await send({ answerId: 'a', rating: 'down', comment: 'x'.repeat(200) }, {}, small.port);
    expectProblem(refused, 503, 'feedback-full');
    expect(refused.headers['retry-after']).toBe('600');
    expect((await recordsOnDisk()).map(({ rating }) => rating)).toEqual(['up']);
    expect(small.logs.filter((line) => line.includes('move it away'))).toHaveLength(1);
  });

  test('because the disk fails, it is never said to be stored, and the server goes on', async () => {
    await mkdir(path.dirname(feedbackFile(dataFolder)));
    await mkdir(feedbackFile(dataFolder));
    const refused = await send({ answerId: 'a', rating: 'up', comment: 'a telling comment' });
    expectProblem(refused, 503, 'feedback-not-stored');
    expect(refused.body).not.toContain(dataFolder);
    const told = server.logs.filter((line) => line.includes('feedback is lost'));
    expect(told).toHaveLength(1);
    expect(told[0]).toContain('EISDIR');
    expect(told[0]).not.toContain('a telling comment');
    expect((await ask(server.url, { question: EXPO_QUESTION })).status).toBe('answered');
  });

  test('after a line that was cut off, the next one is whole', async () => {
    await mkdir(path.dirname(feedbackFile(dataFolder)));
    await writeFile(feedbackFile(dataFolder), '{"at":"2026-01-01T');
    await send({ answerId: 'a', rating: 'up' });
    const [torn, line] = (await readFile(feedbackFile(dataFolder), 'utf8')).split('\n');
    expect(torn).toBe('{"at":"2026-01-01T');
    expect(strictFeedbackRecord.parse(JSON.parse(line ?? ''))).toMatchObject({ answerId: 'a' });
  });
});
