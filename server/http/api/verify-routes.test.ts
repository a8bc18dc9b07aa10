import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { postJson } from '../../testing/clients/ask.ts';
import { type RawResponse, sendRaw } from '../../testing/clients/send-raw.ts';
import { expectProblem } from '../../testing/expect-problem.ts';
import { STATEMENT_ID } from '../../testing/statement.ts';
import { startTestServer, type TestServer } from '../../testing/test-server.ts';
import { strictQuoteCheck } from '../../testing/wire-schemas.ts';

const SIGNED = '本声明于2019年9月11日在北京签署';
let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const post = (body: string, headers: Record<string, string> = {}): Promise<RawResponse> =>
  sendRaw(server.port, { method: 'POST', path: '/api/verify', headers: { 'content-type': 'application/json', ...headers }, body });

const verify = async (body: Record<string, unknown>) => {
  const response = await postJson(`${server.url}/api/verify`, body);
  expect(response.status).toBe(200);
  return strictQuoteCheck.parse(await response.json());
};

describe('POST /api/verify', () => {
  test.each([
    ['verbatim', SIGNED],
    ['altered', SIGNED.replace('2019', '2018')],
    ['absent', '今天天气怎么样'],
  ])('finds %s', async (verdict, quote) => {
    expect((await verify({ quote, documentId: STATEMENT_ID, language: 'en' })).verdict).toBe(verdict);
  });

  test('links to a page that holds the paragraph', async () => {
    const [match] = (await verify({ quote: SIGNED })).matches;
    const page = await fetch(match?.url ?? '');
    expect(await page.text()).toContain(`id="${match?.paragraphId}"`);
  });

  test.each([
    ['nothing', {}],
    ['an empty quote', { quote: ' \u3000\n' }],
    ['no text', { quote: 1 }],
    ['2,001 characters', { quote: '中'.repeat(2001) }],
    ['a language that we have no labels in', { quote: SIGNED, language: 'fr' }],
    ['no documentId', { quote: SIGNED, documentId: '../etc' }],
  ])('refuses %s', async (_, body) => {
    expectProblem(await post(JSON.stringify(body)), 422, 'invalid-request');
  });

  test('refuses a lone surrogate', async () => {
    expectProblem(await post('{"quote":"\\ud800中"}'), 422, 'invalid-request');
  });

  test('takes 2,000 characters, of two code units each, too', async () => {
    await verify({ quote: '𠀀'.repeat(2000) });
  });

  test('knows no other document, type or method', async () => {
    expectProblem(await post(JSON.stringify({ quote: SIGNED, documentId: 'no-such' })), 404, 'unknown-document');
    expectProblem(await post('quote', { 'content-type': 'text/plain' }), 415, 'unsupported-media-type');
    const got = await sendRaw(server.port, { path: '/api/verify' });
    expectProblem(got, 405, 'method-not-allowed');
    expect(got.headers['allow']).toBe('POST');
  });

  test('is limited and open to other sites like the questions', async () => {
    const limited = await startTestServer({ configuration: { RATE_LIMIT_PER_MINUTE: 1, ALLOWED_ORIGINS: ['https://news.example'] } });
    onTestFinished(() => limited.close());
    const headers = { 'content-type': 'application/json', origin: 'https://news.example' };
    const ask = () => sendRaw(limited.port, { method: 'POST', path: '/api/verify', headers, body: JSON.stringify({ quote: SIGNED }) });
    expect((await ask()).headers['access-control-allow-origin']).toBe('https://news.example');
    expectProblem(await ask(), 429, 'rate-limited');
  });
});
