import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { ChatModel } from '../answering/model/chat-model.ts';
import { ScriptedChatModel } from '../testing/chat-model/scripted-chat-model.ts';
import { ask, postJson } from '../testing/clients/ask.ts';
import { postRaw, sendRaw } from '../testing/clients/send-raw.ts';
import { expectProblem } from '../testing/expect-problem.ts';
import { EXPO_QUESTION } from '../testing/statement.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { strictAnswer } from '../testing/wire-schemas.ts';

const ALLOWED = 'https://ministry.example';
const LIMIT = 3;
const QUESTION = JSON.stringify({ question: EXPO_QUESTION });

async function startConfigured(configuration: NonNullable<Parameters<typeof startTestServer>[0]>['configuration']): Promise<TestServer> {
  const server = await startTestServer({ configuration });
  onTestFinished(server.close);
  return server;
}

describe('the rate limit', () => {
  const statusesOf = async (server: TestServer, count: number, headers: (call: number) => Record<string, string> = () => ({})) => {
    const statuses: number[] = [];
    for (let call = 0; call < count; call++) statuses.push((await postRaw(server.port, QUESTION, headers(call))).status);
    return statuses;
  };

  test('refuses what is over it as a problem that says when to come back', async () => {
    const server = await startConfigured({ RATE_LIMIT_PER_MINUTE: LIMIT });
    expect(await statusesOf(server, LIMIT)).toEqual([200, 200, 200]);
    const refused = await postRaw(server.port, QUESTION);
    expectProblem(refused, 429, 'rate-limited');
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect(Number(refused.headers['retry-after'])).toBeLessThanOrEqual(60);
  });

  test('counts questions and searches together, and does not keep anyone from reading', async () => {
    const server = await startConfigured({ RATE_LIMIT_PER_MINUTE: LIMIT });
    await statusesOf(server, LIMIT);
    expect((await postJson(`${server.url}/api/search`, { query: 'a' })).status).toBe(429);
    for (const path of ['/', '/healthz', '/readyz', '/api/documents', '/assets/icon.svg'])
      expect((await fetch(`${server.url}${path}`)).status).toBe(200);
  });

  test('refuses a stream over it as a problem, too, and another spelling of the path', async () => {
    const server = await startConfigured({ RATE_LIMIT_PER_MINUTE: 1 });
    await statusesOf(server, 1);
    expectProblem(await postRaw(server.port, QUESTION, { accept: 'text/event-stream' }), 429, 'rate-limited');
    for (const path of ['/api/ask/', '/API/ASK', '/api/ask?x=1'])
      expect(
        (await sendRaw(server.port, { method: 'POST', path, headers: { 'content-type': 'application/json' }, body: QUESTION })).status,
      ).toBe(429);
  });

  test('is off at 0', async () => {
    const server = await startConfigured({ RATE_LIMIT_PER_MINUTE: 0 });
    expect(new Set(await statusesOf(server, 30))).toEqual(new Set([200]));
  });

  test('does not believe X-Forwarded-For where no proxy is trusted', async () => {
    const server = await startConfigured({ RATE_LIMIT_PER_MINUTE: LIMIT });
    const statuses = await statusesOf(server, LIMIT + 1, (call) => ({
      'x-forwarded-for': `203.0.113.${call}`,
      forwarded: `for=203.0.113.${call}`,
    }));
    expect(statuses.at(-1)).toBe(429);
  });

  test('behind one proxy counts the address that the proxy saw, not what the client says before it', async () => {
    const server = await startConfigured({ RATE_LIMIT_PER_MINUTE: LIMIT, TRUST_PROXY_HOPS: 1 });
    expect(new Set(await statusesOf(server, LIMIT + 2, (call) => ({ 'x-forwarded-for': `203.0.113.${call}` })))).toEqual(new Set([200]));
    const spoofed = await statusesOf(server, LIMIT + 1, (call) => ({ 'x-forwarded-for': `198.51.100.${call}, 192.0.2.7` }));
    expect(spoofed.at(-1)).toBe(429);
  });

  test('counts an IPv6 client by its network: its other addresses do not help', async () => {
    const server = await startConfigured({ RATE_LIMIT_PER_MINUTE: LIMIT, TRUST_PROXY_HOPS: 1 });
    const from = (network: string) => (call: number) => ({ 'x-forwarded-for': `2001:db8:1:${network}${call}0::${call + 1}` });
    expect((await statusesOf(server, LIMIT + 1, from('2'))).at(-1)).toBe(429);
    // The /56 beside it is another client.
    expect(await statusesOf(server, 1, from('3'))).toEqual([200]);
  });
});

test('one client has a bounded number of requests open at once, and others are not kept from theirs', async () => {
  const model = await ScriptedChatModel.start();
  onTestFinished(() => model.close());
  model.play('hangs before headers');
  const chatModel = new ChatModel({ model: 'scripted', baseUrl: model.baseUrl, timeoutMilliseconds: 60_000 });
  const server = await startTestServer({ chatModel, configuration: { RATE_LIMIT_PER_MINUTE: 1000, TRUST_PROXY_HOPS: 1 } });
  onTestFinished(server.close);
  const from = (address: string) => ({ 'x-forwarded-for': address });
  const left = new AbortController();
  const headers = { 'Content-Type': 'application/json', ...from('192.0.2.7') };
  const open = Array.from({ length: 32 }, () =>
    fetch(`${server.url}/api/ask`, { method: 'POST', headers, body: QUESTION, signal: left.signal }).catch(() => undefined),
  );
  await expect.poll(() => model.calls, { timeout: 20_000 }).toBe(32);
  const refused = await postRaw(server.port, QUESTION, from('192.0.2.7'));
  expectProblem(refused, 429, 'rate-limited');
  expect(refused.headers['retry-after']).toBe('5');
  model.play('faithful');
  expect((await postRaw(server.port, QUESTION, from('192.0.2.8'))).status).toBe(200);
  left.abort();
  await Promise.all(open);
  await expect.poll(async () => (await postRaw(server.port, QUESTION, from('192.0.2.7'))).status).toBe(200);
});

describe('other sites', () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startTestServer({ configuration: { ALLOWED_ORIGINS: [ALLOWED, 'https://other.example'] } });
  });
  afterAll(() => server.close());

  const askFrom = (origin: string, port = server.port) => postRaw(port, QUESTION, { origin });

  test('that are allowed may read answers', async () => {
    const { status, headers } = await askFrom(ALLOWED);
    expect(status).toBe(200);
    expect(headers['access-control-allow-origin']).toBe(ALLOWED);
    expect(headers['vary']).toContain('Origin');
    expect(headers['access-control-allow-credentials']).toBeUndefined();
  });

  test('that are allowed may read refusals', async () => {
    const { status, headers } = await postRaw(server.port, '{}', { origin: ALLOWED });
    expect(status).toBe(422);
    expect(headers['access-control-allow-origin']).toBe(ALLOWED);
  });

  test.each([
    'https://evil.example',
    'https://ministry.example.evil.example',
    'http://ministry.example',
    'https://ministry.example:8443',
    'null',
  ])('that are not allowed get no permission: %s', async (origin) => {
    expect((await askFrom(origin)).headers['access-control-allow-origin']).toBeUndefined();
  });

  test('get their preflight answered: allowed methods and headers for the allowed, nothing for the others', async () => {
    const preflight = (origin: string) =>
      sendRaw(server.port, {
        method: 'OPTIONS',
        path: '/api/ask',
        headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' },
      });
    const allowed = await preflight(ALLOWED);
    expect(allowed.status).toBe(204);
    expect(allowed.headers).toMatchObject({
      'access-control-allow-origin': ALLOWED,
      'access-control-allow-methods': 'GET,POST',
      'access-control-allow-headers': 'content-type',
    });
    expect((await preflight('https://evil.example')).headers['access-control-allow-origin']).toBeUndefined();
  });

  test('have no permission at all where no origin is allowed, and all where * is', async () => {
    const closed = await startConfigured({ ALLOWED_ORIGINS: [] });
    expect((await askFrom(ALLOWED, closed.port)).headers['access-control-allow-origin']).toBeUndefined();
    const open = await startConfigured({ ALLOWED_ORIGINS: ['*'] });
    expect((await askFrom('https://any.example', open.port)).headers['access-control-allow-origin']).toBe('*');
  });
});

describe('every response', () => {
  test.each([
    ['GET', '/'],
    ['GET', '/documents/china-kazakhstan-joint-statement-2019'],
    ['GET', '/api/documents'],
    ['GET', '/healthz'],
    ['GET', '/no/such/page'],
    ['POST', '/api/ask'],
  ])('of %s %s has the security headers and does not say what made it', async (method, path) => {
    const server = await startConfigured({});
    const { headers } = await sendRaw(server.port, { method, path });
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'x-frame-options': 'SAMEORIGIN',
    });
    expect(headers['x-powered-by']).toBeUndefined();
    expect(headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    const policy = String(headers['content-security-policy']).split(';');
    expect(policy).toEqual(expect.arrayContaining(["default-src 'none'", "script-src 'self'", "style-src 'self'", "base-uri 'none'"]));
    expect(policy.join()).not.toMatch(/unsafe|\*|data:/);
  });
});

describe('where citations link to', () => {
  const urlFrom = async (server: TestServer, headers: Record<string, string>) => {
    const answer = strictAnswer.parse(JSON.parse((await postRaw(server.port, QUESTION, headers)).body));
    return new URL(answer.citations[0]?.url ?? '').origin;
  };

  test('is PUBLIC_URL, whatever the request says', async () => {
    const server = await startConfigured({ PUBLIC_URL: 'https://policy.example' });
    expect(await urlFrom(server, { host: 'evil.example' })).toBe('https://policy.example');
  });

  test('is the host of the request where there is no PUBLIC_URL', async () => {
    const server = await startConfigured({});
    expect(await urlFrom(server, { host: 'intranet.example:8080' })).toBe('http://intranet.example:8080');
    expect(new URL((await ask(server.url, { question: EXPO_QUESTION })).citations[0]?.url ?? '').origin).toBe(server.url);
  });

  test('is what a trusted proxy says, and not what an untrusted client says', async () => {
    const forwarded = { host: 'inner.example', 'x-forwarded-proto': 'https', 'x-forwarded-host': 'outer.example' };
    expect(await urlFrom(await startConfigured({}), forwarded)).toBe('http://inner.example');
    expect(await urlFrom(await startConfigured({ TRUST_PROXY_HOPS: 1 }), forwarded)).toBe('https://outer.example');
  });

  test.each(['a b', '"><script>', 'x/../y', '%', '[::1', 'user:pass@host'])(
    'is a well-formed address for a malformed host, too: %s',
    async (host) => {
      const server = await startConfigured({});
      const { body } = await postRaw(server.port, QUESTION, { host });
      expect(body).not.toContain('<script>');
      for (const { url } of strictAnswer.parse(JSON.parse(body)).citations) expect(URL.canParse(url)).toBe(true);
    },
  );
});

test('the log has one line a request, with its id and never the question', async () => {
  const server = await startConfigured({});
  const { headers } = await postRaw(server.port, QUESTION);
  await sendRaw(server.port, { path: `/api/documents?question=${encodeURIComponent(EXPO_QUESTION)}` });
  const requests = () => server.logs.map((text): Record<string, unknown> => JSON.parse(text)).filter(({ msg }) => msg === 'request');
  await expect.poll(() => requests().length).toBe(2);
  const [line] = requests();
  expect(line).toMatchObject({ requestId: headers['x-request-id'], method: 'POST', path: '/api/ask', status: 200, finished: true });
  expect(server.logs.join('')).not.toContain(EXPO_QUESTION);
  expect(decodeURIComponent(server.logs.join(''))).not.toContain(EXPO_QUESTION);
});

test('the log names the path that was asked for, also where a router below it refused', async () => {
  const server = await startConfigured({ API_TOKENS: ['token'] });
  for (const path of ['/v1/models', '/mcp', '/api/nothing']) await fetch(`${server.url}${path}`);
  await expect
    .poll(() => server.logs.flatMap((line) => /"path":"([^"]+)","status":(\d+)/.exec(line)?.slice(1).join(' ') ?? []))
    .toEqual(['/v1/models 401', '/mcp 401', '/api/nothing 404']);
});
