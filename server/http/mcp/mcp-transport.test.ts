import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { type RawResponse, sendRaw } from '../../testing/clients/send-raw.ts';
import { EXPO_CITY, EXPO_QUESTION } from '../../testing/statement.ts';
import { startTestServer, type TestServer } from '../../testing/test-server.ts';

/** What goes over the wire where no official client would send it, or hides it. */

const BOTH = 'application/json, text/event-stream';
const LIST = { jsonrpc: '2.0', id: 1, method: 'tools/list' };
const INITIALIZE = (protocolVersion: string) => ({
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: { protocolVersion, capabilities: {}, clientInfo: { name: 'raw', version: '1' } },
});
const strictError = z.strictObject({
  jsonrpc: z.literal('2.0'),
  error: z.strictObject({ code: z.int(), message: z.string().min(1), data: z.looseObject({}).optional() }),
  id: z.union([z.number(), z.null()]),
});

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer({ configuration: { ALLOWED_ORIGINS: ['https://news.example'], PUBLIC_URL: 'https://policy.example' } });
});
afterAll(() => server.close());

function post(body: unknown, headers: Record<string, string> = {}, port = server.port): Promise<RawResponse> {
  const sent = typeof body === 'string' ? body : JSON.stringify(body);
  return sendRaw(port, {
    method: 'POST',
    path: '/mcp',
    headers: { 'content-type': 'application/json', accept: BOTH, ...headers },
    body: sent,
  });
}

/** The message of a response, which is JSON or one server-sent event. */
function messageOf({ headers, body }: RawResponse): unknown {
  if (String(headers['content-type']).startsWith('application/json')) return JSON.parse(body);
  const data = body.split('\n').find((line) => line.startsWith('data: '));
  return JSON.parse(data?.slice('data: '.length) ?? '');
}

function expectRefusal(response: RawResponse, status: number, code?: number): void {
  const { error } = strictError.parse(messageOf(response));
  expect(response.status).toBe(status);
  if (code !== undefined) expect(error.code).toBe(code);
  expect(response.body).not.toMatch(/\n\s+at |node_modules|\.ts:|\.js:/);
}

describe('a client of 2025-06-18, by hand', () => {
  const version = { 'mcp-protocol-version': '2025-06-18' };

  test.each(['2024-11-05', '2025-03-26', '2025-06-18', '2025-11-25'])('is answered in its own version, %s', async (protocolVersion) => {
    const response = await post(INITIALIZE(protocolVersion));
    expect(response.status).toBe(200);
    expect(messageOf(response)).toMatchObject({ id: 1, result: { protocolVersion, serverInfo: { name: 'youju' } } });
    expect(response.headers['mcp-session-id']).toBeUndefined();
  });

  test('is offered a version that we have where it asks for none of them', async () => {
    expect(messageOf(await post(INITIALIZE('1999-01-01')))).toMatchObject({ result: { protocolVersion: '2025-11-25' } });
  });

  test('needs no session, and notifications are accepted', async () => {
    expect((await post({ jsonrpc: '2.0', method: 'notifications/initialized' }, version)).status).toBe(202);
    const params = { name: 'ask', arguments: { question: EXPO_QUESTION } };
    const response = await post({ jsonrpc: '2.0', id: 7, method: 'tools/call', params }, version);
    expect(response.headers['content-type']).toBe('text/event-stream');
    expect(response.headers['x-accel-buffering']).toBe('no');
    expect(messageOf(response)).toMatchObject({ id: 7, result: { content: [{ text: expect.stringContaining(EXPO_CITY) }] } });
  });

  test('is refused an unknown version in the header', async () => {
    expectRefusal(await post(LIST, { 'mcp-protocol-version': '2025-07-01' }), 400);
  });

  test('is told of an unknown method or tool', async () => {
    expect(messageOf(await post({ ...LIST, method: 'tools/destroy' }, version))).toMatchObject({ error: { code: -32601 } });
    const params = { name: 'constructor', arguments: {} };
    expect(messageOf(await post({ ...LIST, method: 'tools/call', params }, version))).toMatchObject({ error: { code: -32602 } });
  });

  test('is told of a cursor that is not ours', async () => {
    for (const cursor of ['', 'x', '20260101000000-00000000/0', '/9999999999999999'])
      expect(messageOf(await post({ ...LIST, method: 'resources/list', params: { cursor } }, version))).toMatchObject({
        error: { code: -32602, message: expect.stringContaining('List again') },
      });
  });
});

test('a client of 2026-07-28 gets JSON', async () => {
  const _meta = {
    'io.modelcontextprotocol/protocolVersion': '2026-07-28',
    'io.modelcontextprotocol/clientInfo': { name: 'raw', version: '1' },
    'io.modelcontextprotocol/clientCapabilities': {},
  };
  const headers = { 'mcp-protocol-version': '2026-07-28', 'mcp-method': 'tools/list' };
  const response = await post({ ...LIST, params: { _meta } }, headers);
  expect({ status: response.status, type: response.headers['content-type'] }).toEqual({ status: 200, type: 'application/json' });
  expect(messageOf(response)).toMatchObject({ id: 1, result: { tools: [{ name: 'ask' }, {}, {}, {}] } });
  // The header and the message must say the same.
  expectRefusal(await post({ ...LIST, params: { _meta } }, { ...headers, 'mcp-protocol-version': '2025-11-25' }), 400);
});

test('a subscription is acknowledged and ends at once: nothing here changes', async () => {
  const _meta = {
    'io.modelcontextprotocol/protocolVersion': '2026-07-28',
    'io.modelcontextprotocol/clientInfo': { name: 'raw', version: '1' },
    'io.modelcontextprotocol/clientCapabilities': {},
  };
  const notifications = { toolsListChanged: true, resourcesListChanged: true, resourceSubscriptions: ['youju://documents/a'] };
  const response = await post(
    { jsonrpc: '2.0', id: 1, method: 'subscriptions/listen', params: { _meta, notifications } },
    { 'mcp-protocol-version': '2026-07-28', 'mcp-method': 'subscriptions/listen' },
  );
  expect(response.body).toContain('acknowledged');
});

describe('refuses', () => {
  test.each([
    ['no JSON', '{"jsonrpc":', {}, 400, -32_700],
    ['garbage', '\u0000\uffff', {}, 400, -32_700],
    ['what is no message', { hello: 'world' }, {}, 400, undefined],
    ['null', 'null', {}, 400, undefined],
    ['a number', '5', {}, 400, undefined],
    ['a batch', [LIST, LIST], {}, 400, -32_000],
    ['a batch of garbage', [1, null, {}, 'x'], {}, 400, -32_000],
    ['an empty batch', [], {}, 400, -32_000],
    ['deep nesting', `${'['.repeat(40)}${']'.repeat(40)}`, {}, 400, -32_700],
    ['a large body', { ...LIST, params: { filler: 'a'.repeat(1_100_000) } }, {}, 413, -32_000],
    [
      'a thousand wrong values, which the SDK would each tell of',
      { ...LIST, params: { icons: Array.from({ length: 1000 }, () => ({})) } },
      {},
      400,
      -32_700,
    ],
    ['a host that is none', LIST, { host: 'a b' }, 400, -32_000],
    ['a host with a password', LIST, { host: 'user:pass@host' }, 400, -32_000],
    ['a host with a name', LIST, { host: 'user@host' }, 400, -32_000],
    ['a host with nothing but a password', LIST, { host: ':pass@host' }, 400, -32_000],
    ['another content type', LIST, { 'content-type': 'text/plain' }, 415, -32_000],
    ['a form', 'a=b', { 'content-type': 'application/x-www-form-urlencoded' }, 415, -32_000],
    ['a client of 2025 that takes no stream', LIST, { accept: 'application/json' }, 406, -32_000],
  ])('%s', async (_fault, body, headers, status, code) => {
    expectRefusal(await post(body, headers), status, code);
  });

  test.each(['GET', 'DELETE', 'PUT'])('%s', async (method) => {
    const response = await sendRaw(server.port, { method, path: '/mcp', headers: { accept: BOTH } });
    expect({ status: response.status, allow: response.headers['allow'] }).toEqual({ status: 405, allow: 'POST' });
  });

  test.each([
    ['another site', { origin: 'https://evil.example' }],
    ['another site that rebinds its name to us', { origin: 'http://evil.example', host: 'evil.example' }],
    ['another program on this machine', { origin: 'http://localhost:1' }],
    ['a page without an origin', { origin: 'null' }],
    ['a site that begins like an allowed one', { origin: 'https://news.example.evil.example' }],
  ])('%s', async (_site, headers) => {
    expectRefusal(await post(LIST, headers), 403);
    expectRefusal(await sendRaw(server.port, { method: 'GET', path: '/mcp', headers }), 403);
  });
});

describe('lets in', () => {
  test.each([
    ['an allowed site', () => 'https://news.example'],
    ['its own public pages', () => 'https://policy.example'],
    ['its own pages by address', () => server.url],
  ])('%s', async (_site, origin) => {
    expect((await post(LIST, { origin: origin() })).status).toBe(200);
  });

  test('any site where all are allowed', async () => {
    const open = await startTestServer({ configuration: { ALLOWED_ORIGINS: ['*'] } });
    onTestFinished(() => open.close());
    expect((await post(LIST, { origin: 'https://evil.example' }, open.port)).status).toBe(200);
  });

  test('browsers of an allowed site, with the headers that clients send', async () => {
    const asked = 'authorization,content-type,mcp-method,mcp-protocol-version';
    const headers = { origin: 'https://news.example', 'access-control-request-method': 'POST', 'access-control-request-headers': asked };
    const preflight = await sendRaw(server.port, { method: 'OPTIONS', path: '/mcp', headers });
    expect(preflight.headers).toMatchObject({
      'access-control-allow-origin': 'https://news.example',
      'access-control-allow-headers': asked,
    });
    const response = await post(LIST, { origin: 'https://news.example' });
    expect(response.headers['access-control-allow-origin']).toBe('https://news.example');
    expect(response.headers['access-control-expose-headers']).toContain('Retry-After');
  });
});

test('calls count against the rate limit', async () => {
  const limited = await startTestServer({ configuration: { RATE_LIMIT_PER_MINUTE: 1 } });
  onTestFinished(() => limited.close());
  expect((await post(LIST, {}, limited.port)).status).toBe(200);
  const refused = await post(LIST, {}, limited.port);
  expectRefusal(refused, 429, -32_000);
  expect(refused.headers['retry-after']).toMatch(/^\d+$/);
});

test('where there are tokens, only who sends one is served', async () => {
  const guarded = await startTestServer({ configuration: { API_TOKENS: ['canary-77'] } });
  onTestFinished(() => guarded.close());
  const refused = await post(LIST, {}, guarded.port);
  expectRefusal(refused, 401, -32_000);
  expect(refused.headers['www-authenticate']).toBe('Bearer');
  expectRefusal(await post(LIST, { authorization: 'Bearer another' }, guarded.port), 401);
  expect((await post(LIST, { authorization: 'Bearer canary-77' }, guarded.port)).status).toBe(200);
});
