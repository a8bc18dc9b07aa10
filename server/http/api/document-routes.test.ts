import { createHash } from 'node:crypto';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeDocuments } from '../../../ingest/testing/sample-document.ts';
import { temporaryFolder } from '../../../ingest/testing/temporary-folder.ts';
import { ask, getDocument } from '../../testing/clients/ask.ts';
import { sendRaw } from '../../testing/clients/send-raw.ts';
import { expectProblem } from '../../testing/expect-problem.ts';
import { ingestSisters } from '../../testing/sister-documents.ts';
import { ingestInto, STATEMENT_ID, STATEMENT_SOURCE } from '../../testing/statement.ts';
import { startTestServer, type TestServer } from '../../testing/test-server.ts';
import { strictDocument, strictDocuments, strictQuestions } from '../../testing/wire-schemas.ts';

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

describe('GET /api/documents/:documentId/questions', () => {
  const questionsOf = async (query: string) => {
    const response = await fetch(`${server.url}/api/documents/${STATEMENT_ID}/questions${query}`);
    expect(response.status).toBe(200);
    return strictQuestions.parse(await response.json()).questions;
  };

  test.each([
    ['', '双方在能源领域有哪些合作？'],
    ['?language=zh-Hant', '雙方在能源領域有哪些合作？'],
    ['?language=en', 'How will the two sides cooperate on energy?'],
    ['?language=ru', 'Как стороны будут сотрудничать в энергетике?'],
    ['?language=kk', 'Тараптар энергетика саласында қалай ынтымақтасады?'],
  ])('gives the editor’s questions in the language asked for, and each is answered: “%s”', async (query, first) => {
    const questions = await questionsOf(query);
    expect(questions[0]).toBe(first);
    expect(questions).toHaveLength(3);
    for (const question of questions) expect(await ask(server.url, { question }), question).toMatchObject({ status: 'answered' });
  });

  test('makes them from the structure of a document without any', async () => {
    const folder = await temporaryFolder();
    await ingestInto(path.join(folder, 'data'), [
      await writeDocuments(path.join(folder, 'documents'), { treaty: '第一条 甲。\n第二条 乙。' }),
    ]);
    const other = await startTestServer({ dataFolder: path.join(folder, 'data') });
    const response = await fetch(`${other.url}/api/documents/treaty/questions?language=en`);
    await other.close();
    expect(await response.json()).toEqual({ questions: ['What does Article 1 say?', 'What does Article 2 say?'] });
  });

  test('refuses other documents, languages and methods', async () => {
    const of = (rest: string, method = 'GET') => sendRaw(server.port, { path: `/api/documents/${rest}`, method });
    expectProblem(await of('no-such-document/questions'), 404, 'unknown-document');
    expectProblem(await of('__proto__/questions'), 404, 'unknown-document');
    expectProblem(await of(`${STATEMENT_ID}/questions?language=de`), 422, 'invalid-request');
    const posted = await of(`${STATEMENT_ID}/questions`, 'POST');
    expectProblem(posted, 405, 'method-not-allowed');
    expect(posted.headers['allow']).toBe('GET');
  });
});

describe('GET /api/documents of several', () => {
  let several: TestServer;
  let remove: () => Promise<void>;

  beforeAll(async () => {
    const sisters = await ingestSisters();
    remove = sisters.remove;
    several = await startTestServer({ dataFolder: sisters.dataFolder });
  });
  afterAll(async () => {
    await several.close();
    await remove();
  });

  const list = async (query: string) => {
    const { documents, total } = strictDocuments.parse(await (await fetch(`${several.url}/api/documents${query}`)).json());
    return { ids: documents.map(({ documentId }) => documentId), total };
  };
  const ALL = ['statement-2019', 'communique-2017', 'statement-2017', 'statement-2015'];

  test.each([
    ['', ALL, 4],
    ['?limit=2&offset=1', ['communique-2017', 'statement-2017'], 4],
    ['?year=2017', ['communique-2017', 'statement-2017'], 2],
    [`?q=${encodeURIComponent('公报')}`, ['communique-2017'], 1],
    [`?q=${encodeURIComponent('2015年的声明')}`, ['statement-2015'], undefined],
    [`?q=${encodeURIComponent('平阳')}`, ['statement-2017'], undefined],
    [`?q=${encodeURIComponent('电子商务')}`, ['statement-2019'], 1],
    [`?q=${encodeURIComponent('贸易额')}&year=2015`, ['statement-2015'], 1],
    ['?q=beshbarmak', [], 0],
  ])('lists the newest first, and finds by title, date, place and text: %s', async (query, ids, total) => {
    const found = await list(query);
    expect(found.ids.slice(0, ids.length)).toEqual(ids);
    if (total !== undefined) expect(found.total).toBe(total);
  });

  test.each(['?limit=-1', '?limit=1001', '?offset=x', '?year=19', `?q=${'a'.repeat(201)}`])('refuses %s', async (query) => {
    expect((await fetch(`${several.url}/api/documents${query}`)).status).toBe(422);
  });
});
