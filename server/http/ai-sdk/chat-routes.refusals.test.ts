import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { BREAKAGE, BreakingModel } from '../../testing/chat-model/breaking-model.ts';
import { type RawRequest, sendRaw } from '../../testing/clients/send-raw.ts';
import { chatWith, chunksFrom, citationsOf, sourcesOf, textOf } from '../../testing/clients/ui-messages.ts';
import { expectProblem } from '../../testing/expect-problem.ts';
import { EXPO_QUESTION } from '../../testing/statement.ts';
import { startTestServer, type TestServer } from '../../testing/test-server.ts';
import { strictProblem } from '../../testing/wire-schemas.ts';

const ALLOWED = 'https://ministry.example';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer({ configuration: { ALLOWED_ORIGINS: [ALLOWED] } });
});

afterAll(() => server.close());

async function start(options: Parameters<typeof startTestServer>[0]): Promise<TestServer> {
  const started = await startTestServer(options);
  onTestFinished(started.close);
  return started;
}

const send = (port: number, request: RawRequest) =>
  sendRaw(port, { method: 'POST', path: '/api/chat', ...request, headers: { 'content-type': 'application/json', ...request.headers } });

const question = (text: unknown) => ({ messages: [{ id: 'm', role: 'user', parts: [{ type: 'text', text }] }] });
const postBody = (body: unknown) => send(server.port, { body: JSON.stringify(body) });

/** What `useChat` gives as its error where this is asked: the problem, as text. */
async function errorOf(url: string, text: string) {
  const chat = chatWith(url);
  await chat.sendMessage({ text });
  expect(chat.status).toBe('error');
  return strictProblem.parse(JSON.parse(chat.error?.message ?? ''));
}

describe('useChat is told why it gets no answer', () => {
  test('to a question of nothing but spaces', async () => {
    expect(await errorOf(server.url, ' \n')).toMatchObject({
      status: 422,
      code: 'no-question',
      detail: 'the conversation has no question: its last message of the user is missing or has no text in it',
    });
  });

  test('to a question that is too long', async () => {
    expect(await errorOf(server.url, '问'.repeat(501))).toMatchObject({
      status: 422,
      code: 'invalid-request',
      detail: expect.stringContaining('is longer than 500 characters'),
    });
  });

  test('where it asks too often', async () => {
    const limited = await start({ configuration: { RATE_LIMIT_PER_MINUTE: 1 } });
    const chat = chatWith(limited.url);
    await chat.sendMessage({ text: EXPO_QUESTION });
    expect(chat.status).toBe('ready');
    expect(await errorOf(limited.url, EXPO_QUESTION)).toMatchObject({ status: 429, code: 'rate-limited' });
    expect((await send(limited.port, { body: JSON.stringify(question(EXPO_QUESTION)) })).headers['retry-after']).toMatch(/^\d+$/);
  });

  test('before there is an index', async () => {
    const unready = await start({ withoutIndex: true });
    expect(await errorOf(unready.url, EXPO_QUESTION)).toMatchObject({ status: 503, code: 'index-missing' });
  });

  test('where something breaks after the first sentence, which stays with its source', async () => {
    const broken = await start({ chatModel: new BreakingModel() });
    const chat = chatWith(broken.url);
    await chat.sendMessage({ text: EXPO_QUESTION });
    expect(chat).toMatchObject({ status: 'error', error: { message: 'something went wrong on our side' } });
    const message = chat.lastMessage;
    expect(message?.role === 'assistant' && { text: textOf(message), sources: sourcesOf(message).length }).toEqual({
      text: expect.stringMatching(/^[^[]+\[1\]$/),
      sources: 1,
    });
    expect(message && citationsOf(message)).toHaveLength(1);
    const chunks = await chunksFrom(broken.url, EXPO_QUESTION);
    expect(chunks.slice(-2).map(({ type }) => type)).toEqual(['text-end', 'error']);
    expect(JSON.stringify(chunks)).not.toContain(BREAKAGE);
    expect(broken.logs.filter((line) => line.includes(BREAKAGE))).toHaveLength(2);
  });
});

describe('POST /api/chat refuses', () => {
  test.each([
    [{ messages: [] }, 'no-question'],
    [{ messages: [{ role: 'assistant', parts: [{ type: 'text', text: '您好' }] }] }, 'no-question'],
    [{ messages: [{ role: 'system', parts: [{ type: 'text', text: EXPO_QUESTION }] }] }, 'no-question'],
    [{ messages: [{ role: 'user', parts: [{ type: 'file', mediaType: 'text/plain', url: 'data:,x' }] }] }, 'no-question'],
    [{ messages: [{ role: 'user', parts: [null, 5, 'text', [], { type: 5 }] }] }, 'no-question'],
    [question({ length: 1e9 }), 'no-question'],
    [question('\ud800?'), 'invalid-request'],
    [{ ...question('?'), language: 'zh-CN' }, 'invalid-request'],
    [{ ...question('?'), documentId: '../../etc/passwd' }, 'invalid-request'],
    [{ messages: [{ role: 'user', content: EXPO_QUESTION }] }, 'invalid-request'],
    [{ messages: [{ role: 'tool', parts: [] }] }, 'invalid-request'],
    [{ messages: Array.from({ length: 1001 }, () => ({ role: 'user', parts: [] })) }, 'invalid-request'],
    [{}, 'invalid-request'],
    [[], 'invalid-request'],
    [null, 'invalid-request'],
  ])('%.80j as %s', async (body, code) => {
    expectProblem(await postBody(body), 422, code);
  });

  test('a body that is larger than a conversation may be, saying how large that is', async () => {
    const response = await postBody({ ...question(EXPO_QUESTION), padding: 'x'.repeat(1100 * 1024) });
    expectProblem(response, 413, 'body-too-large');
    expect(response.body).toContain('larger than 1024 kB');
  });

  test.each([
    [415, 'unsupported-media-type', { headers: { 'content-type': 'text/plain' }, body: JSON.stringify(question(EXPO_QUESTION)) }],
    [415, 'unsupported-media-type', { headers: { 'content-type': 'multipart/form-data; boundary=x' }, body: '--x--' }],
    [400, 'bad-json', { body: '{"messages": [' }],
    [400, 'bad-json', { body: `{"messages": ${'['.repeat(40)}${']'.repeat(40)}}` }],
    [405, 'method-not-allowed', { method: 'GET' }],
    [405, 'method-not-allowed', { method: 'DELETE' }],
  ])('with %i %s: %.80j', async (status, code, request) => {
    expectProblem(await send(server.port, request), status, code);
  });
});

test('useChat with resume finds that there is nothing to resume', async () => {
  const chat = chatWith(server.url);
  await chat.resumeStream();
  expect(chat).toMatchObject({ status: 'ready', error: undefined, messages: [] });
});

describe('an app on another site', () => {
  test('that is allowed may send what useChat sends, and read answers and refusals', async () => {
    const preflight = await send(server.port, {
      method: 'OPTIONS',
      headers: { origin: ALLOWED, 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type,x-app' },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers).toMatchObject({
      'access-control-allow-origin': ALLOWED,
      'access-control-allow-methods': 'GET,POST',
      'access-control-allow-headers': 'content-type,x-app',
    });
    for (const text of [EXPO_QUESTION, '']) {
      const { headers } = await send(server.port, { headers: { origin: ALLOWED }, body: JSON.stringify(question(text)) });
      expect(headers['access-control-allow-origin']).toBe(ALLOWED);
    }
  });

  test('that is not allowed may not', async () => {
    const { headers } = await send(server.port, {
      headers: { origin: 'https://evil.example' },
      body: JSON.stringify(question(EXPO_QUESTION)),
    });
    expect(headers['access-control-allow-origin']).toBeUndefined();
  });
});
