import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, describe, expect, onTestFinished, test } from 'vitest';
import { ChatModel } from '../../answering/model/chat-model.ts';
import { ScriptedChatModel } from '../../testing/chat-model/scripted-chat-model.ts';
import { postRaw, type RawResponse, sendRaw } from '../../testing/clients/send-raw.ts';
import { EXPO_QUESTION, STATEMENT_ID } from '../../testing/statement.ts';
import { startTestServer, type TestServer } from '../../testing/test-server.ts';

const QUESTION = JSON.stringify({ question: EXPO_QUESTION });
const JSON_HEADERS = { 'content-type': 'application/json' };
const ORIGIN = 'https://ministry.example';
/** Places in the queue. */
const QUEUE = 512;

/** A server with so many places, all of which a model that says nothing holds. */
async function startFull(places = 1, configuration: NonNullable<Parameters<typeof startTestServer>[0]>['configuration'] = {}) {
  const model = await ScriptedChatModel.start();
  onTestFinished(() => model.close());
  model.play('hangs before headers');
  const chatModel = new ChatModel({ model: 'scripted', baseUrl: model.baseUrl, timeoutMilliseconds: 60_000 });
  const server = await startTestServer({ chatModel, configuration: { MAX_IN_FLIGHT: places, ...configuration } });
  onTestFinished(server.close);
  const holders = Array.from({ length: places }, () => connect(server.port, '127.0.0.1'));
  for (const holder of holders) {
    holder.on('error', () => {});
    holder.write(post(QUESTION));
  }
  await expect.poll(() => model.calls).toBe(places);
  const release = () => {
    model.play('faithful');
    for (const holder of holders) holder.destroy();
  };
  return { server, release, holders };
}

const post = (body: string, ...lines: string[]) =>
  [
    `POST /api/ask HTTP/1.1`,
    'Host: a',
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    ...lines,
    '',
    body,
  ].join('\r\n');

async function metric(server: TestServer, name: string): Promise<number> {
  const line = (await (await fetch(`${server.url}/metrics`)).text()).split('\n').find((sample) => sample.startsWith(`${name} `));
  return Number(line?.slice(name.length));
}

function expectRefused({ status, headers }: RawResponse): void {
  expect(status).toBe(503);
  expect(Number(headers['retry-after'])).toBeGreaterThan(0);
}

/** Requests that wait, as many as the queue has room for. */
async function fillQueue(server: TestServer): Promise<Promise<RawResponse>[]> {
  const waiting = Array.from({ length: QUEUE }, () => postRaw(server.port, QUESTION));
  await expect.poll(() => metric(server, 'youju_requests_queued'), { interval: 10 }).toBeGreaterThan(QUEUE / 2);
  return waiting;
}

/** A client that keeps its connection and may send anything over it. */
async function keepAlive(port: number) {
  const socket = connect(port, '127.0.0.1');
  onTestFinished(() => {
    socket.destroy();
  });
  await once(socket, 'connect');
  let received = '';
  socket.setEncoding('utf8').on('data', (part) => {
    received += String(part);
  });
  return {
    socket,
    received: () => received,
    statuses: () => [...received.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status]) => Number(status)),
  };
}

describe('where every place is held', () => {
  let full: Awaited<ReturnType<typeof startFull>>;
  afterEach(() => full.release());

  test('a request is refused after a short wait, in the shape of its protocol, and says when to come again', async () => {
    full = await startFull();
    const { port } = full.server;
    const send = (path: string) => sendRaw(port, { method: 'POST', path, headers: JSON_HEADERS, body: QUESTION });
    const [asked, openai, mcp, page] = await Promise.all([send('/api/ask'), send('/v1/responses'), send('/mcp'), sendRaw(port, {})]);
    for (const refused of [asked, openai, mcp, page]) expectRefused(refused);
    expect(asked.headers['content-type']).toContain('application/problem+json');
    expect(JSON.parse(asked.body)).toMatchObject({ status: 503, code: 'overloaded' });
    expect(JSON.parse(openai.body)).toMatchObject({ error: { type: 'server_error', code: 'overloaded', param: null } });
    expect(JSON.parse(mcp.body)).toMatchObject({ jsonrpc: '2.0', error: { code: -32_000, data: { code: 'overloaded' } }, id: null });
    expect(JSON.parse(page.body)).toMatchObject({ code: 'overloaded' });
    expect(await metric(full.server, 'youju_requests_shed_total{reason="queue-timeout"}')).toBe(4);
  });

  test('health, metrics and the widget are answered', async () => {
    full = await startFull();
    for (const path of ['/healthz', '/readyz', '/metrics', '/widget.js'])
      expect((await fetch(`${full.server.url}${path}`)).status).toBe(200);
    expect(await metric(full.server, 'youju_requests_in_flight')).toBe(1);
  });

  test('a page of an allowed site may read the refusal', async () => {
    full = await startFull(1, { ALLOWED_ORIGINS: [ORIGIN] });
    const [allowed, other] = await Promise.all(
      [ORIGIN, 'https://evil.example'].map((origin) => postRaw(full.server.port, QUESTION, { origin })),
    );
    expect(allowed?.headers['access-control-allow-origin']).toBe(ORIGIN);
    expect(other?.headers['access-control-allow-origin']).toBeUndefined();
  });

  test('the log has one line for many refusals', async () => {
    full = await startFull();
    await Promise.all(Array.from({ length: 20 }, () => postRaw(full.server.port, QUESTION)));
    const lines = () => full.server.logs.filter((line) => line.includes('try again'));
    await expect.poll(() => lines().length, { timeout: 5000 }).toBe(1);
    expect(JSON.parse(lines()[0] ?? '')).toMatchObject({ shed: { 'queue-timeout': 20 } });
  });

  test('of more than the queue holds each one is told, at once or after its wait, and no connection breaks', async () => {
    full = await startFull();
    const responses = await Promise.all(Array.from({ length: QUEUE + 100 }, () => postRaw(full.server.port, QUESTION)));
    for (const response of responses) expectRefused(response);
    expect(await metric(full.server, 'youju_requests_shed_total{reason="queue-full"}')).toBeGreaterThanOrEqual(100);
    full.release();
    await expect.poll(async () => (await postRaw(full.server.port, QUESTION)).status).toBe(200);
  });

  test('a client that leaves the queue is not answered, and one that stays is, once there is a place', async () => {
    full = await startFull();
    const leaving = await keepAlive(full.server.port);
    leaving.socket.write(post(QUESTION));
    await expect.poll(() => metric(full.server, 'youju_requests_queued'), { interval: 10 }).toBe(1);
    leaving.socket.destroy();
    const staying = postRaw(full.server.port, QUESTION);
    await expect.poll(() => metric(full.server, 'youju_requests_queued'), { interval: 10 }).toBe(2);
    full.release();
    expect((await staying).status).toBe(200);
    expect(await metric(full.server, 'youju_queue_wait_seconds_count')).toBe(2);
  });
});

describe('over a connection that is kept', () => {
  test('a request that finds the queue full is refused with ready bytes, and the next one answered when there is room', async () => {
    const full = await startFull();
    const client = await keepAlive(full.server.port);
    client.socket.write('GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n');
    await expect.poll(client.statuses).toEqual([200]);
    const waiting = await fillQueue(full.server);
    const before = client.received().length;
    client.socket.write(post(QUESTION));
    await expect.poll(client.statuses).toEqual([200, 503]);
    // Node’s own responses have a date.
    expect(client.received().slice(before)).toMatch(/^HTTP\/1\.1 503 .*\r\nRetry-After: 2\r\n.*"code":"overloaded"\}$/s);
    expect(client.received().slice(before)).not.toContain('Date:');
    client.socket.write('GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n');
    await expect.poll(client.statuses).toEqual([200, 503, 200]);
    full.release();
    await Promise.all(waiting);
    client.socket.write(post(QUESTION));
    await expect.poll(client.statuses).toEqual([200, 503, 200, 200]);
  });

  test('requests in pieces and one behind the other are answered in their order', async () => {
    const server = await startTestServer();
    onTestFinished(server.close);
    const client = await keepAlive(server.port);
    const request = post(QUESTION);
    for (const piece of [request.slice(0, 30), request.slice(30, 120), request.slice(120)]) {
      client.socket.write(piece);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    await expect.poll(client.statuses).toEqual([200]);
    client.socket.write(
      `GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n${request}GET /documents/${STATEMENT_ID}/check HTTP/1.1\r\nHost: a\r\n\r\n`,
    );
    await expect.poll(client.statuses).toEqual([200, 200, 200, 303]);
  });
});

test('a lone visitor is answered, however long the process was held up with the request', async () => {
  const server = await startTestServer();
  onTestFinished(server.close);
  const client = connect(server.port, '127.0.0.1');
  const [begin, end] = [post(QUESTION, 'Connection: close').slice(0, -5), post(QUESTION).slice(-5)];
  client.write(begin);
  await expect.poll(() => metric(server, 'youju_requests_queued')).toBe(1);
  client.write(end);
  for (const until = performance.now() + 2500; performance.now() < until; );
  let answer = '';
  for await (const part of client.setEncoding('utf8')) answer += String(part);
  expect(answer).toMatch(/^HTTP\/1.1 200 /);
});

test('what arrives while the process is held up is answered', async () => {
  const server = await startTestServer();
  onTestFinished(server.close);
  const askMany = (count: number) => Promise.all(Array.from({ length: count }, () => postRaw(server.port, QUESTION)));
  for (let question = 0; question < 20; question++) await askMany(1);
  const asked = askMany(15);
  for (const end = performance.now() + 500; performance.now() < end; );
  expect(new Set((await asked).map(({ status }) => status))).toEqual(new Set([200]));
});

describe('slow clients', () => {
  test('whose bodies do not come hold no place', async () => {
    const server = await startTestServer({ configuration: { MAX_IN_FLIGHT: 1 } });
    onTestFinished(server.close);
    for (let client = 0; client < 20; client++) (await keepAlive(server.port)).socket.write(post(QUESTION).slice(0, -10));
    await expect.poll(() => metric(server, 'youju_requests_queued')).toBe(20);
    for (let question = 0; question < 5; question++) expect((await postRaw(server.port, QUESTION)).status).toBe(200);
  });

  test('whose bodies never come are told so, and so is who sends no end of headers', async () => {
    const server = await startTestServer();
    onTestFinished(server.close);
    const [body, headers] = [await keepAlive(server.port), await keepAlive(server.port)];
    const closed = Promise.all([once(body.socket, 'close'), once(headers.socket, 'close')]);
    body.socket.write(post(QUESTION).slice(0, -10));
    headers.socket.write('POST /api/ask HTTP/1.1\r\nX: ');
    await closed;
    expect(body.statuses()).toEqual([408]);
    expect(body.received()).toContain('"code":"slow-body"');
    expect(headers.statuses()).toEqual([408]);
  });

  test('that have begun a long body hold a few places, and the others are free', async () => {
    const server = await startTestServer({ configuration: { MAX_IN_FLIGHT: 10 } });
    onTestFinished(server.close);
    const body = JSON.stringify({ model: 'youju-extractive', input: '水'.repeat(30_000) });
    const request = post(body).replace('/api/ask', '/v1/responses');
    for (let client = 0; client < 20; client++) (await keepAlive(server.port)).socket.write(request.slice(0, -10));
    await expect.poll(() => metric(server, 'youju_requests_in_flight')).toBe(8);
    for (let question = 0; question < 5; question++) expect((await postRaw(server.port, QUESTION)).status).toBe(200);
  });
});
