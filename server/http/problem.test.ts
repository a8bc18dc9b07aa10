import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { postRaw, sendAndHangUp, sendRaw } from '../testing/clients/send-raw.ts';
import { expectProblem } from '../testing/expect-problem.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(() => server.close());

/** Whatever was sent before, the next client is served. */
afterEach(async () => {
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
});

const servesPath = async (path: string) => (await sendRaw(server.port, { path })).status < 500;

describe('a request for what is not there', () => {
  test.each<[string, string, number, string]>([
    ['GET', '/no/such/page', 404, 'not-found'],
    ['GET', '/api/', 404, 'not-found'],
    ['POST', '/api/no-such-route', 404, 'not-found'],
    ['GET', '/api/documents/no-such-document', 404, 'unknown-document'],
    ['GET', '/documents/no-such-document', 404, 'unknown-document'],
    ['GET', '/api/documents/__proto__', 404, 'unknown-document'],
    ['GET', '/documents/constructor', 404, 'unknown-document'],
    ['GET', '/api/documents/..%2f..%2fetc%2fpasswd', 404, 'unknown-document'],
    ['GET', '/documents/%00', 404, 'unknown-document'],
    ['GET', '/assets/no-such-asset', 404, 'not-found'],
    ['GET', '/assets/__proto__', 404, 'not-found'],
    ['GET', '/assets/constructor', 404, 'not-found'],
    ['GET', '/assets/..%2fdocument-page.mustache', 404, 'not-found'],
    ['GET', '/documents/%E0%A4%A', 400, 'bad-url'],
    ['GET', '/api/documents/%', 400, 'bad-url'],
    ['GET', '/assets/%ff', 400, 'bad-url'],
    ['GET', '/api/documents/china-kazakhstan-joint-statement-2019?language=fr', 422, 'invalid-request'],
    ['GET', '/api/documents/china-kazakhstan-joint-statement-2019?language=en&language=ru', 422, 'invalid-request'],
  ])('%s %s is %d %s', async (method, path, status, code) => {
    expectProblem(await sendRaw(server.port, { method, path }), status, code);
  });

  test.each([
    ['GET', '/api/ask', 'POST'],
    ['PUT', '/api/ask', 'POST'],
    ['DELETE', '/api/search', 'POST'],
    ['GET', '/api/search', 'POST'],
    ['POST', '/api/documents', 'GET'],
    ['POST', '/api/documents/china-kazakhstan-joint-statement-2019', 'GET'],
  ])('%s %s is refused and told what is allowed', async (method, path, allowed) => {
    const response = await sendRaw(server.port, { method, path });
    expectProblem(response, 405, 'method-not-allowed');
    expect(response.headers['allow']).toBe(allowed);
  });

  test.each([
    ['range', { range: 'bytes=99999999-' }, 416],
    ['precondition', { 'if-match': '"another"' }, 412],
  ])('an asset under a %s that does not hold is refused as a problem', async (_what, headers, status) => {
    const response = await sendRaw(server.port, { path: '/assets/icon.svg', headers });
    expect(response.status).toBe(status);
    expect(response.headers['content-type']).toMatch(/^application\/problem\+json/);
  });

  test('an unknown document is refused before anything is answered, as JSON and as a stream', async () => {
    const body = JSON.stringify({ question: 'a', documentId: 'no-such-document' });
    for (const accept of ['application/json', 'text/event-stream'])
      expectProblem(await postRaw(server.port, body, { accept }), 404, 'unknown-document');
  });
});

test('law: no path whatever gives a server error', async () => {
  const segment = fc.constantFrom('api', 'documents', 'assets', '%', '%2e%2e', '..', '', '__proto__', 'ask', 'widget.js', '%00', '\u00e9');
  await fc.assert(
    fc.asyncProperty(fc.array(segment, { maxLength: 5 }), (segments) => servesPath(encodeURI(`/${segments.join('/')}`))),
    { numRuns: 200 },
  );
});

test('an unforeseen error is logged in full and told without its text', async () => {
  const broken = await startTestServer();
  const secret = 'the insides of the server';
  Object.defineProperty(broken.currentIndex, 'get', {
    value: () => {
      throw new Error(secret);
    },
  });
  const response = await postRaw(broken.port, '{"question":"a"}');
  await broken.close();
  expectProblem(response, 500, 'internal');
  expect(response.body).not.toContain(secret);
  expect(broken.logs.filter((line) => line.includes(secret))).toHaveLength(1);
});

test('a body that Node’s parser refuses while a file is sent leaves no packet in the log', async () => {
  const question = 'do-not-log-this-question';
  for (const path of ['/assets/policy-page.css', '/documents/china-kazakhstan-joint-statement-2019', '/'])
    await sendAndHangUp(
      server.port,
      `GET ${path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${question}\r\nTransfer-Encoding: gzip\r\n\r\n{"question":"${question}"}`,
    );
  const logged = server.logs.join('');
  for (const given of ['rawPacket', question, JSON.stringify([...Buffer.from(question)]).slice(1, -1)]) expect(logged).not.toContain(given);
});
