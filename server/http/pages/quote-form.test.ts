import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { getDocument } from '../../testing/clients/ask.ts';
import { sendRaw } from '../../testing/clients/send-raw.ts';
import { expectProblem } from '../../testing/expect-problem.ts';
import { STATEMENT_ID } from '../../testing/statement.ts';
import { startTestServer, type TestServer } from '../../testing/test-server.ts';

const CHECK = `/documents/${STATEMENT_ID}/check`;
const QUOTE = '深化油气、和平利用核能、电力、可再生能源等领域合作';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const post = (
  body: string,
  { port = server.port, path = CHECK, headers = FORM }: { port?: number; path?: string; headers?: Record<string, string> } = {},
) => sendRaw(port, { method: 'POST', path, headers, body });
const postQuote = (quote: string, path = CHECK) => post(new URLSearchParams({ quote }).toString(), { path });

const headingOf = (html: string) => /<h2 id="quote-check"[^>]*>([^<]*)</.exec(html)?.[1];
const fieldOf = (html: string) => /<textarea[^>]*>\n([^<]*)</.exec(html)?.[1];
const withoutTags = (html: string) => html.replace(/<[^>]*>/g, '');

describe('a quotation posted from the page', () => {
  test('comes back on the same page with the outcome above the text, unstored and unindexed', async () => {
    const { status, headers, body } = await postQuote(QUOTE);
    expect(status).toBe(200);
    expect(headers).toMatchObject({ 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store', 'x-robots-tag': 'noindex' });
    expect(body).toContain('<meta name="robots" content="noindex">');
    expect(headingOf(body)).toBe('与原文逐字相符');
    expect(body).toContain('<title>与原文逐字相符 – 中华人民共和国和哈萨克斯坦共和国联合声明</title>');
    expect(body.indexOf('id="quote-check"')).toBeLessThan(body.indexOf('id="document-text"'));
    expect(fieldOf(body)).toBe(QUOTE);
    expect(body).toContain('<a href="#part-2-item-3">第二部分第（三）项</a>');
  });

  test('is marked in the text, which stays the text', async () => {
    const { body } = await postQuote(QUOTE);
    expect([...body.matchAll(/<mark>([^<]*)<\/mark>/g)].map(([, words]) => words)).toEqual([QUOTE]);
    const { paragraphs } = await getDocument(server.url, STATEMENT_ID);
    const { text } = paragraphs.find(({ paragraphId }) => paragraphId === 'part-2-item-3') ?? {};
    const [, holder = ''] = /id="part-2-item-3"[^>]*><span data-paragraph-text>(.*?)<\/span>/.exec(body) ?? [];
    expect(withoutTags(holder)).toBe(text);
  });

  test('that differs is told with its differences', async () => {
    const { status, body } = await postQuote('参加2019年12月在上海举办的第二届中国国际进口博览会');
    expect(status).toBe(200);
    expect(headingOf(body)).toBe('与原文不一致');
    expect(body).toMatch(/<del><span class="spoken"[^>]*> \[引文: <\/span>12</);
    expect(body).toMatch(/<ins><span class="spoken"[^>]*> \[原文: <\/span>11</);
  });

  test('is shown as text, whatever it holds', async () => {
    const attack = '</textarea><script>alert(1)</script>{{title}}<img src=x onerror=alert(2)>';
    const { body } = await postQuote(`${attack}${QUOTE}`);
    expect(body).not.toContain('<script>');
    expect(body).not.toContain('<img');
    expect(body).toContain('{{title}}');
  });

  test('keeps its line breaks, which browsers send as CRLF', async () => {
    expect(fieldOf((await postQuote(`\r\n${QUOTE}\r\n二`)).body)).toBe(`\n${QUOTE}\n二`);
  });

  test('keeps large print', async () => {
    const { body } = await postQuote(QUOTE, `${CHECK}?view=elder-friendly`);
    expect(body).toContain('<html lang="zh-Hans" class="elder-friendly">');
  });
});

describe('what cannot be checked', () => {
  test.each([
    ['nothing', '', '请先粘贴要检查的引文。'],
    ['white space', 'quote=+%0D%0A+', '请先粘贴要检查的引文。'],
    ['another field', 'text=a', '请先粘贴要检查的引文。'],
    ['a field twice', 'quote=a&quote=b', '引文未能正确接收，请重新粘贴后再试。'],
    ['2,001 characters', `quote=${encodeURIComponent('字'.repeat(2001))}`, '引文超过 2000 字，请分段检查。'],
  ])('is told on the page: %s', async (_what, form, message) => {
    const { status, headers, body } = await post(form);
    expect(status).toBe(422);
    expect(headers).toMatchObject({ 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' });
    expect(body).toContain(`<p id="quote-problem">${message}</p>`);
    expect(body).toContain('aria-invalid="true"');
  });

  test('but 2,000 characters of any plane can', async () => {
    expect((await postQuote('𠀀'.repeat(2000))).status).toBe(200);
  });

  test('is a problem where it is no form', async () => {
    expectProblem(await post('x=1', { headers: { 'content-type': 'application/json' } }), 415, 'unsupported-media-type');
    expectProblem(await post('', { headers: {} }), 415, 'unsupported-media-type');
    expectProblem(await post(`quote=${'a'.repeat(64 * 1024)}`), 413, 'body-too-large');
    expectProblem(await post('a=1&b=2&c=3&d=4&e=5'), 413, 'too-many-fields');
    expectProblem(await post('quote=a', { path: '/documents/no-such-document/check' }), 404, 'unknown-document');
  });

  test.each(['%', '%E4%B8', '%FF%FE', 'quote=%ED%A0%80', '&&&===', '__proto__[a]=1&quote=a', 'quote[]=a', 'constructor=1'])(
    'never breaks the server: %s',
    async (form) => {
      expect([200, 422]).toContain((await post(form)).status);
    },
  );
});

describe('the address of the check', () => {
  test.each(['', '?view=elder-friendly'])('leads back to the document when opened %s', async (query) => {
    const { status, headers } = await sendRaw(server.port, { path: `${CHECK}${query}` });
    expect({ status, location: headers['location'] }).toEqual({ status: 303, location: `/documents/${STATEMENT_ID}${query}` });
  });

  test('takes no other method, and knows no other documents', async () => {
    expectProblem(await sendRaw(server.port, { method: 'PUT', path: CHECK }), 405, 'method-not-allowed');
    expectProblem(await sendRaw(server.port, { path: '/documents/..%2F..%2Fevil/check' }), 404, 'unknown-document');
  });

  test('is limited together with the questions', async () => {
    const limited = await startTestServer({ configuration: { RATE_LIMIT_PER_MINUTE: 2 } });
    onTestFinished(limited.close);
    const statuses: number[] = [];
    for (let call = 0; call < 3; call++) statuses.push((await post('quote=a', { port: limited.port })).status);
    expect(statuses).toEqual([200, 200, 429]);
    const { status } = await sendRaw(limited.port, { path: `/documents/${STATEMENT_ID}` });
    expect(status).toBe(200);
  });
});
