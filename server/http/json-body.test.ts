import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { postRaw, type RawResponse, sendAndHangUp, sendRaw } from '../testing/clients/send-raw.ts';
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

const nested = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;
const gzip = (text: string) => [gzipSync(text), { 'content-encoding': 'gzip' }] as const;

describe('a body that is not a question is refused as invalid', () => {
  test.each<[string, string]>([
    ['an empty object', '{}'],
    ['null', 'null'],
    ['a number', '5'],
    ['a string', '"第二届"'],
    ['true', 'true'],
    ['an array', '[]'],
    ['an array of a question', '[{"question":"a"}]'],
    ['an empty question', '{"question":""}'],
    ['a blank question', '{"question":" \\t\\n\\u3000"}'],
    ['a question that is null', '{"question":null}'],
    ['a question that is a number', '{"question":5}'],
    ['a question that is an array', '{"question":["a"]}'],
    ['a question that is an object', '{"question":{"$gt":""}}'],
    ['a lone high surrogate', '{"question":"a\\ud800"}'],
    ['a lone low surrogate', '{"question":"\\udc00a"}'],
    ['swapped surrogates', '{"question":"\\udc00\\ud800"}'],
    ['501 characters', JSON.stringify({ question: '水'.repeat(501) })],
    ['501 emoji', JSON.stringify({ question: '😀'.repeat(501) })],
    ['an unknown language', '{"question":"a","language":"fr"}'],
    ['a language that is an array', '{"question":"a","language":["en"]}'],
    ['a documentId with a path in it', '{"question":"a","documentId":"../../etc/passwd"}'],
    ['a documentId that is an object', '{"question":"a","documentId":{}}'],
    ['a history that is no list', '{"question":"a","history":{}}'],
    ['a history of strings', '{"question":"a","history":["b"]}'],
    ['a role that does not exist', '{"question":"a","history":[{"role":"system","content":"b"}]}'],
    ['a lone surrogate in the history', '{"question":"a","history":[{"role":"user","content":"\\ud800"}]}'],
    ['21 turns', JSON.stringify({ question: 'a', history: Array.from({ length: 21 }, () => ({ role: 'user', content: 'b' })) })],
    ['a turn of 4001 characters', JSON.stringify({ question: 'a', history: [{ role: 'user', content: 'b'.repeat(4001) }] })],
    ['the question as a prototype', '{"__proto__":{"question":"a"}}'],
    ['the question in a constructor', '{"constructor":{"prototype":{"question":"a"}}}'],
  ])('%s', async (_what, body) => {
    expectProblem(await postRaw(server.port, body), 422, 'invalid-request');
  });
});

describe('a body that is not readable JSON is refused', () => {
  test.each<[string, string | Uint8Array, Record<string, string>, number, string]>([
    ['truncated', '{"question":"第二', {}, 400, 'bad-json'],
    ['not JSON at all', 'question=a', {}, 400, 'bad-json'],
    ['nothing but white space', '   ', {}, 400, 'bad-json'],
    ['NaN', '{"question":NaN}', {}, 400, 'bad-json'],
    ['nine levels deep', `{"question":"a","x":${nested(8)}}`, {}, 400, 'bad-json'],
    ['half a body of brackets', '['.repeat(10_000), {}, 400, 'bad-json'],
    ['100,000 brackets', nested(50_000), {}, 413, 'body-too-large'],
    ['10 MB', JSON.stringify({ question: 'a'.repeat(10_000_000) }), {}, 413, 'body-too-large'],
    ['a gzip bomb', ...gzip(JSON.stringify({ question: 'a'.repeat(10_000_000) })), 413, 'body-too-large'],
    ['called gzip, but none', '{"question":"a"}', { 'content-encoding': 'gzip' }, 400, 'bad-encoding'],
    ['cut-off gzip', gzipSync('{"question":"a"}').subarray(0, 12), { 'content-encoding': 'gzip' }, 400, 'bad-encoding'],
    ['of an unknown encoding', '{"question":"a"}', { 'content-encoding': 'rot13' }, 415, 'unsupported-encoding'],
    ['of a charset that JSON has not', '{"question":"a"}', { 'content-type': 'application/json; charset=gbk' }, 415, 'unsupported-charset'],
    [
      'of a charset that does not exist',
      '{"question":"a"}',
      { 'content-type': 'application/json; charset=utf-99' },
      415,
      'unsupported-charset',
    ],
    ['a form', 'question=a', { 'content-type': 'application/x-www-form-urlencoded' }, 415, 'unsupported-media-type'],
    ['plain text', '{"question":"a"}', { 'content-type': 'text/plain' }, 415, 'unsupported-media-type'],
    ['of another JSON', '{"question":"a"}', { 'content-type': 'application/problem+json' }, 415, 'unsupported-media-type'],
  ])('%s', async (_what, body, headers, status, code) => {
    expectProblem(await postRaw(server.port, body, headers), status, code);
  });

  test('without a content type', async () => {
    const response = await sendRaw(server.port, { method: 'POST', path: '/api/ask', body: '{"question":"a"}' });
    expectProblem(response, 415, 'unsupported-media-type');
  });

  test('without a body', async () => {
    const response = await sendRaw(server.port, { method: 'POST', path: '/api/ask', headers: { 'content-type': 'application/json' } });
    expectProblem(response, 422, 'invalid-request');
  });
});

test.each([
  ['in the middle of its body', 'Content-Length: 5000'],
  ['while it is told to go on', 'Content-Length: 5000\r\nExpect: 100-continue'],
  ['between two chunks', 'Transfer-Encoding: chunked'],
])('a client that hangs up %s harms nobody', async (_when, headers) => {
  await sendAndHangUp(server.port, `POST /api/ask HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n${headers}\r\n\r\n{"quest`);
});

describe('what is unusual but right is answered', () => {
  test.each<[string, string | Uint8Array, Record<string, string>]>([
    ['500 emoji', JSON.stringify({ question: '😀'.repeat(500) }), {}],
    ['eight levels, in a field that nobody reads', `{"question":"a","x":${nested(7)}}`, {}],
    ['brackets in a string', JSON.stringify({ question: '['.repeat(100) }), {}],
    ['escaped quotation marks before brackets', JSON.stringify({ question: `"\\"${'['.repeat(100)}` }), {}],
    ['unknown fields', '{"question":"a","temperature":2,"__proto__":{"polluted":true}}', {}],
    ['a charset in capitals', '{"question":"a"}', { 'content-type': 'application/json; charset=UTF-8' }],
    ['a gzip body', ...gzip('{"question":"a"}')],
    ['a null character', '{"question":"a\\u0000b"}', {}],
    ['directional overrides', '{"question":"\\u202e举办\\u202c"}', {}],
    ['500 combining marks', JSON.stringify({ question: `a${'\u0301\u0316'.repeat(249)}` }), {}],
  ])('%s', async (_what, body, headers) => {
    const response = await postRaw(server.port, body, headers);
    expect({ status: response.status, body: response.status === 200 ? '' : response.body }).toEqual({ status: 200, body: '' });
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });
});

describe('laws of bodies', () => {
  const isServed = async (response: Promise<RawResponse>) => (await response).status < 500;

  test('no JSON body whatever gives a server error', async () => {
    await fc.assert(
      fc.asyncProperty(fc.json({ maxDepth: 12 }), (body) => isServed(postRaw(server.port, body))),
      { numRuns: 200 },
    );
  });

  test('no body that is nearly a question gives a server error', async () => {
    const value = fc.oneof(fc.string({ unit: 'binary' }), fc.jsonValue(), fc.constantFrom('zh-Hans', 'en', 'user', 'assistant', '那呢？'));
    const turn = fc.record({ role: value, content: value }, { requiredKeys: [] });
    const body = fc.record(
      {
        question: fc.string({ unit: 'binary', maxLength: 600 }),
        history: fc.oneof(value, fc.array(turn)),
        language: value,
        documentId: value,
      },
      { requiredKeys: ['question'] },
    );
    await fc.assert(
      fc.asyncProperty(body, (ask) => isServed(postRaw(server.port, JSON.stringify(ask)))),
      { numRuns: 300 },
    );
  });

  test('no bytes whatever give a server error', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), (bytes) => isServed(postRaw(server.port, bytes))),
      { numRuns: 100 },
    );
  });
});
