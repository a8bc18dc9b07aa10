import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { getDocument } from '../testing/ask.ts';
import { STATEMENT_ID, STATEMENT_SOURCE } from '../testing/statement.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { strictDocument, strictDocuments } from '../testing/wire-schemas.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(() => server.close());

test('GET /api/documents lists the documents in the promised shape', async () => {
  const { documents } = strictDocuments.parse(await (await fetch(`${server.url}/api/documents`)).json());
  expect(documents).toEqual([
    {
      documentId: STATEMENT_ID,
      title: '中华人民共和国和哈萨克斯坦共和国联合声明',
      date: '2019-09-11',
      place: '北京',
      language: 'zh-Hans',
      url: `${server.url}/documents/${STATEMENT_ID}`,
      sha256: createHash('sha256').update(STATEMENT_SOURCE).digest('hex'),
    },
  ]);
});

test('GET /api/documents/:documentId gives every paragraph as the source has it', async () => {
  const { paragraphs } = await getDocument(server.url, STATEMENT_ID);
  expect(paragraphs.length).toBeGreaterThan(50);
  for (const { text, start, end } of paragraphs) expect(STATEMENT_SOURCE.slice(start, end)).toBe(text);
  expect(new Set(paragraphs.map(({ paragraphId }) => paragraphId)).size).toBe(paragraphs.length);
  expect(paragraphs.map(({ start }) => start)).toEqual(paragraphs.map(({ start }) => start).toSorted((a, b) => a - b));
});

test.each([
  ['', '第二部分第（六）项'],
  ['?language=zh-Hant', '第二部分第（六）項'],
  ['?language=en', 'Part II, item (6)'],
  ['?language=ru', 'Часть II, пункт (6)'],
  ['?language=kk', 'II бөлім, (6) тармақ'],
])('labels are in the language asked for: “%s”', async (query, label) => {
  const response = await fetch(`${server.url}/api/documents/${STATEMENT_ID}${query}`);
  const { paragraphs } = strictDocument.parse(await response.json());
  expect(paragraphs.find(({ paragraphId }) => paragraphId === 'part-2-item-6')?.label).toBe(label);
});
