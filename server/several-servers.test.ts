import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { Database } from '../ingest/database/database.ts';
import { ENGINES, type TestDatabase } from '../ingest/testing/database/test-databases.ts';
import { startIngest } from '../ingest/testing/run-program.ts';
import { temporaryFolder } from '../ingest/testing/temporary-folder.ts';
import { SharedCalls } from './answering/model/shared-calls.ts';
import { SharedFeedback } from './feedback/shared-feedback.ts';
import { ask, postJson } from './testing/clients/ask.ts';
import { serveCompiled, startServer } from './testing/run-server.ts';
import { startSharingServer } from './testing/sharing-server.ts';
import { EXPO_CITY, EXPO_PARAGRAPH, EXPO_QUESTION, STATEMENT_FILE } from './testing/statement.ts';

const QUESTIONS = [
  EXPO_QUESTION,
  '双方在能源领域有哪些合作？',
  'What do the parties say about the Silk Road?',
  '第二部分第八项',
  '今天天气怎么样？',
];
const RECOVERY_MILLISECONDS = 5000;

/** What a server answers to each question, without the id that every answer has of its own. */
const answersOf = (url: string) =>
  Promise.all(QUESTIONS.map(async (question) => ({ ...(await ask(url, { question })), id: '' })).map(withoutHost(url)));

/** Links name the server that was asked. */
const withoutHost = (url: string) => async (answer: Promise<unknown>) => JSON.stringify(await answer).replaceAll(url, '');

const replySchema = z.object({ answer: z.string(), indexGeneration: z.string() }).or(z.object({ code: z.string() }));

/** Asks one question again and again until `stop`, and notes each reply. */
function keepAsking(url: string) {
  const seen: { at: number; status: number; retryAfter: string | null; body: z.infer<typeof replySchema> }[] = [];
  let isDone = false;
  const asking = (async () => {
    while (!isDone) {
      const response = await postJson(`${url}/api/ask`, { question: EXPO_QUESTION });
      const body = replySchema.parse(await response.json());
      seen.push({ at: performance.now(), status: response.status, retryAfter: response.headers.get('Retry-After'), body });
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  })();
  const stop = async () => {
    isDone = true;
    await asking;
    return seen;
  };
  return { seen, stop };
}

describe.each(ENGINES)('servers that share a database in %s', (_name, create) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await create();
  }, 120_000);
  afterAll(() => database.remove());

  const start = async (ratePerMinute?: number) => {
    const server = await startSharingServer(database.url, ratePerMinute);
    onTestFinished(server.close);
    return server;
  };

  test('start on an empty one at once: one ingests, and all serve that', { timeout: 120_000 }, async () => {
    const environment = { DATABASE_URL: database.url, DATABASE_CONNECTIONS: '2' };
    const [first, second] = await Promise.all([serveCompiled(environment), serveCompiled(environment)]);
    expect(second.generation).toBe(first.generation);
    expect((await ask(second.url, { question: EXPO_QUESTION })).answer).toContain(EXPO_CITY);
    for (const { child, ending } of [first, second]) {
      child.kill('SIGTERM');
      expect(await ending).toMatchObject({ code: 0, stderr: '' });
    }
  });

  test('answer alike before and after a publication, and switch under load without an error', { timeout: 120_000 }, async () => {
    const [one, other] = [await start(), await start()];
    const before = await answersOf(one.url);
    expect(await answersOf(other.url)).toEqual(before);
    const load = [one, other].map(({ url }) => keepAsking(url));

    const folder = await temporaryFolder();
    const second = path.join(folder, 'second.txt');
    await writeFile(second, '双方建立月球联合基地。\n基地位于月球南极。\n');
    const { code, stdout } = await startIngest([STATEMENT_FILE, second], { DATABASE_URL: database.url }).ending;
    const [, generation = ''] = /published generation (\S+)/u.exec(stdout) ?? [];
    expect({ code, kept: Number(/(\d+) kept/u.exec(stdout)?.[1]) }).toEqual({ code: 0, kept: 57 });
    await expect.poll(() => [one.switched, other.switched], { timeout: 20_000 }).toEqual([[generation], [generation]]);

    for (const { seen } of load) await expect.poll(() => seen.at(-1)?.body).toMatchObject({ indexGeneration: generation });
    for (const seen of await Promise.all(load.map(({ stop }) => stop())))
      expect(new Set(seen.map(({ status }) => status))).toEqual(new Set([200]));
    const after = await answersOf(one.url);
    expect(after).not.toEqual(before);
    expect(await answersOf(other.url)).toEqual(after);
    expect((await ask(other.url, { question: '月球联合基地位于哪里？' })).answer).toContain('月球南极');
  });

  test('count a client’s requests together', async () => {
    const servers = [await start(3), await start(3)];
    const statuses: number[] = [];
    for (const turn of [0, 1, 0, 1, 0])
      statuses.push((await postJson(`${servers[turn]?.url}/api/ask`, { question: EXPO_QUESTION })).status);
    expect(statuses).toEqual([200, 200, 200, 429, 429]);
  });

  test('count the day’s calls of a chat model together', async () => {
    const databases = [await Database.open(database.url, 1), await Database.open(database.url, 1)];
    for (const each of databases) onTestFinished(() => each.end());
    const [one, other] = databases.map((each) => new SharedCalls(each, 3));
    const taken = [await one?.take(), await other?.take(), await one?.take(), await other?.take(), await one?.take()];
    expect(taken).toEqual([true, true, true, false, false]);
    expect(await other?.today()).toBe(3);
  });

  test('take no more feedback than there is room for', async () => {
    const shared = await Database.open(database.url, 1);
    onTestFinished(() => shared.end());
    const record = { at: new Date().toISOString(), answerId: 'any', rating: 'up' } as const;
    await expect(new SharedFeedback(shared, 1).append(record)).rejects.toMatchObject({ name: 'YoujuError', code: 'feedback-full' });
  });

  test('join a rating that one took to the answer that another gave', async () => {
    const [one, other] = [await start(), await start()];
    const { id } = await ask(one.url, { question: EXPO_QUESTION });
    expect((await postJson(`${other.url}/api/feedback`, { answerId: id, rating: 'up' })).status).toBe(204);
    const shared = await Database.open(database.url, 1);
    onTestFinished(() => shared.end());
    const rated = async () => (await new SharedFeedback(shared).read()).records.find(({ answerId }) => answerId === id);
    expect(await rated()).toMatchObject({ answerId: id, rating: 'up' });
    await expect
      .poll(async () => (await rated())?.answer)
      .toMatchObject({ asked: { question: EXPO_QUESTION }, cited: [{ paragraphId: EXPO_PARAGRAPH }] });
  });

  test('answer rightly or 503 with Retry-After while it fails, and again within seconds', { timeout: 120_000 }, async () => {
    const server = await start(100_000);
    const load = keepAsking(server.url);
    const refused = () => load.seen.filter(({ status }) => status === 503).length;
    await expect.poll(() => load.seen.length).toBeGreaterThan(5);
    await database.fail();
    await expect.poll(refused).toBeGreaterThan(20);
    await expect.poll(async () => (await fetch(`${server.url}/readyz`)).status).toBe(503);
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
    expect((await fetch(`${server.url}/metrics`)).status).toBe(200);
    await expectRefusals(server.url);
    await database.recover();
    const recovered = performance.now();
    await expect.poll(async () => (await fetch(`${server.url}/readyz`)).status).toBe(200);
    await expect.poll(() => load.seen.at(-1)?.status).toBe(200);
    const seen = await load.stop();
    for (const { status, body, retryAfter } of seen)
      if (status === 200) expect(body).toMatchObject({ answer: expect.stringContaining(EXPO_CITY) });
      else expect({ status, body, retryAfter }).toMatchObject({ status: 503, body: { code: 'store-unavailable' }, retryAfter: '5' });
    const lastRefusal = seen.filter(({ status }) => status === 503).at(-1)?.at ?? recovered;
    expect(lastRefusal - recovered).toBeLessThan(RECOVERY_MILLISECONDS);
  });
});

test('a server whose database is away does not start, and says what to do without the password', async () => {
  const { code, stderr } = await startServer({ DATABASE_URL: 'postgresql://youju:canary-9d1e@127.0.0.1:1/youju' }).ending;
  expect(code).toBe(1);
  expect(stderr).toContain('store-unavailable: the database at 127.0.0.1:1/youju gives no answer (ECONNREFUSED)');
  expect(stderr).not.toContain('canary');
});

/** Each protocol tells of it in its own kind of error. */
async function expectRefusals(url: string): Promise<void> {
  const stream = await fetch(`${url}/api/ask`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: 'text/event-stream' },
    body: JSON.stringify({ question: EXPO_QUESTION }),
  });
  expect([stream.status, stream.headers.get('Content-Type')]).toEqual([503, 'application/problem+json; charset=utf-8']);
  const messages = [{ role: 'user', content: EXPO_QUESTION }];
  const completion = await postJson(`${url}/v1/chat/completions`, { model: 'youju-extractive', messages });
  expect([completion.status, completion.headers.get('Retry-After')]).toEqual([503, '5']);
  expect(await completion.json()).toMatchObject({ error: { type: 'server_error', code: 'store_unavailable' } });
  const chat = await postJson(`${url}/api/chat`, { messages: [{ id: '1', role: 'user', parts: [{ type: 'text', text: EXPO_QUESTION }] }] });
  expect(await chat.json()).toMatchObject({ status: 503, code: 'store-unavailable' });
  const call = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'ask', arguments: { question: EXPO_QUESTION } } };
  const tool = await postJson(`${url}/mcp`, call, { Accept: 'application/json, text/event-stream' });
  expect([tool.status, await tool.json()]).toMatchObject([503, { error: { data: { code: 'store-unavailable' } } }]);
  const rating = await postJson(`${url}/api/feedback`, { answerId: 'any', rating: 'up' });
  expect([rating.status, rating.headers.get('Retry-After')]).toEqual([503, '5']);
}
