import { readFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { temporaryFolder } from '../../../ingest/testing/temporary-folder.ts';
import { ChatModel } from '../../answering/model/chat-model.ts';
import { FeedbackLog, feedbackFile } from '../../feedback/record-feedback.ts';
import { ScriptedChatModel } from '../../testing/chat-model/scripted-chat-model.ts';
import { ask, getDocument, postJson } from '../../testing/clients/ask.ts';
import { CLIENTS, type McpClient } from '../../testing/clients/mcp-clients.ts';
import { EXPO_CITY, EXPO_PARAGRAPH, EXPO_QUESTION, openStatement, STATEMENT_ID, statementOf } from '../../testing/statement.ts';
import { startTestServer, type TestServer } from '../../testing/test-server.ts';
import { strictAnswer, strictFeedbackRecord, strictQuoteCheck } from '../../testing/wire-schemas.ts';

const OFF_TOPIC = '今天天气怎么样？';
const SIGNED = '本声明于2019年9月11日在北京签署';
const strictSearch = z.strictObject({ results: z.array(z.strictObject({ id: z.string(), title: z.string(), url: z.url() })).min(1) });
const strictFetch = z.strictObject({
  id: z.string(),
  title: z.string(),
  text: z.string().min(1),
  url: z.url(),
  metadata: z.record(z.string(), z.string()),
});

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

async function until(isReached: () => boolean): Promise<void> {
  while (!isReached()) await wait(10);
}

describe.each(Object.entries(CLIENTS))('for a client %s', (_, connect) => {
  let client: McpClient;

  beforeAll(async () => {
    client = await connect(`${server.url}/mcp`);
  });
  afterAll(() => client.close());

  test('lists tools that say what they are for and that they change nothing', async () => {
    const tools = await client.tools();
    expect(tools.map(({ name }) => name).sort()).toEqual(['ask', 'fetch', 'search', 'verify_quote']);
    for (const { description, inputSchema, outputSchema, annotations } of tools) {
      expect(description?.length).toBeGreaterThan(100);
      expect([inputSchema, outputSchema]).toMatchObject([{ type: 'object' }, { type: 'object' }]);
      expect(annotations).toEqual({ readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false });
    }
    expect(client.instructions()).toContain('verbatim');
  });

  test('answers, with the places as links, and says the same as /api/ask', async () => {
    const { text, structured, isError } = await client.call('ask', { question: EXPO_QUESTION, language: 'en', documentId: STATEMENT_ID });
    const answer = strictAnswer.parse(structured);
    expect(isError).toBe(false);
    expect(answer.answer).toContain(EXPO_CITY);
    const [citation] = answer.citations;
    expect(text.startsWith(answer.answer)).toBe(true);
    expect(text).toContain(`](${server.url}/documents/${STATEMENT_ID}#${EXPO_PARAGRAPH}`);
    expect(text).toContain(`(${citation?.url})`);
    const { id: _id, ...same } = await ask(server.url, { question: EXPO_QUESTION, language: 'en', documentId: STATEMENT_ID });
    expect(answer).toMatchObject(same);
  });

  test('declines as a result, not as an error', async () => {
    const { text, structured, isError } = await client.call('ask', { question: OFF_TOPIC });
    expect({ isError, status: structured?.['status'], citations: structured?.['citations'] }).toEqual({
      isError: false,
      status: 'abstained',
      citations: [],
    });
    expect(text).toContain('不作回答');
    expect(text).not.toContain('](');
  });

  test('offers nearby paragraphs as no answer', async () => {
    const { text, structured } = await client.call('ask', { question: 'What fee does a visa cost?' });
    const answer = strictAnswer.parse(structured);
    if (answer.status === 'answered' || answer.nearby.length === 0) throw new Error('expected to be declined with nearby paragraphs');
    expect(text).toContain('Nearby paragraphs (not an answer):');
    for (const { url } of answer.nearby) expect(text).toContain(`(${url})`);
  });

  test('takes earlier turns', async () => {
    const history = [{ role: 'user', content: '双方在农业方面有哪些合作？' }];
    expect(strictAnswer.parse((await client.call('ask', { question: '那能源呢？', history })).structured).status).toBe('answered');
  });

  test('finds places that can be fetched and read on the page', async () => {
    const { text, structured } = await client.call('search', { query: 'трубопровод' });
    const { results } = strictSearch.parse(structured);
    expect(JSON.parse(text)).toEqual(structured);
    const { paragraphs } = await getDocument(server.url, STATEMENT_ID);
    for (const { id, title, url } of results) {
      const fetched = await client.call('fetch', { id });
      const place = strictFetch.parse(fetched.structured);
      expect(JSON.parse(fetched.text)).toEqual(fetched.structured);
      expect(place.id).toBe(id);
      expect(place.text).toBe(paragraphs.find(({ paragraphId }) => id === `${STATEMENT_ID}#${paragraphId}`)?.text);
      expect(title).toContain('中华人民共和国和哈萨克斯坦共和国联合声明');
      const page = await fetch(url);
      expect(page.status).toBe(200);
      expect(await page.text()).toContain(`id="${place.metadata['paragraphId']}"`);
      expect(url.startsWith(place.url)).toBe(true);
    }
  });

  test('fetches a whole document', async () => {
    const document = statementOf(await openStatement());
    const place = strictFetch.parse((await client.call('fetch', { id: STATEMENT_ID })).structured);
    expect(place.text).toBe(document.text);
    expect((await fetch(place.url)).status).toBe(200);
  });

  test.each([
    ['verbatim', SIGNED, /^Verbatim: /],
    ['altered', SIGNED.replace('2019', '2018'), /^Altered: [\s\S]*has “2018”, the document “2019”/],
    ['absent', OFF_TOPIC, /^Absent: /],
  ])('says that a quotation is %s', async (verdict, quote, words) => {
    const { text, structured, isError } = await client.call('verify_quote', { quote });
    const body = strictQuoteCheck.parse(structured);
    expect({ isError, verdict: body.verdict }).toEqual({ isError: false, verdict });
    expect(text).toMatch(words);
    for (const { url } of body.matches) expect(text).toContain(`(${url})`);
  });

  test('has each document and paragraph as a resource of its exact text', async () => {
    const document = statementOf(await openStatement());
    const resources = await client.resources();
    expect(resources.map(({ name }) => name)).toEqual([
      STATEMENT_ID,
      ...document.paragraphs.map(({ paragraphId }) => `${STATEMENT_ID}#${paragraphId}`),
    ]);
    const texts = await Promise.all(resources.map(({ uri }) => client.read(uri)));
    expect(texts).toEqual([document.text, ...document.paragraphs.map(({ text }) => text)]);
  });

  test.each(['youju://documents/no-such', `youju://documents/${STATEMENT_ID}/paragraphs/no-such`, 'https://example.com/', 'nonsense'])(
    'has no resource %s',
    async (uri) => {
      await expect(client.read(uri)).rejects.toThrow(/not found|invalid/i);
    },
  );

  test.each<[string, string, Record<string, unknown>, RegExp]>([
    ['an empty question', 'ask', { question: ' ' }, /question: is empty/],
    ['a question that is too long', 'ask', { question: '水'.repeat(501) }, /longer than 500/],
    ['a lone surrogate', 'ask', { question: '\ud800' }, /question: /],
    ['a language that there is not', 'ask', { question: EXPO_QUESTION, language: 'fr' }, /language: /],
    ['21 turns', 'ask', { question: 'a', history: Array(21).fill({ role: 'user', content: 'a' }) }, /history: /],
    ['an unknown document', 'ask', { question: EXPO_QUESTION, documentId: 'no-such' }, /no document of that id.*resources\/list/],
    ['an unknown document', 'verify_quote', { quote: SIGNED, documentId: 'no-such' }, /no document of that id/],
    ['a quotation that is too long', 'verify_quote', { quote: '中'.repeat(2001) }, /longer than 2000/],
    ['no query', 'search', {}, /query: /],
    ['an unknown id', 'fetch', { id: `${STATEMENT_ID}#no-such` }, /Call search/],
    ['an id that is none', 'fetch', { id: '../../etc/passwd#'.repeat(20) }, /Call search/],
    ['an id that is too long', 'fetch', { id: 'a'.repeat(501) }, /id: /],
  ])('refuses %s as a tool error', async (_fault, tool, args, words) => {
    const { text, isError } = await client.call(tool, args);
    expect(isError).toBe(true);
    expect(text).toMatch(words);
    expect(text).not.toMatch(/\n\s+at |node_modules/);
  });

  test('keeps 20 calls at a time apart', async () => {
    const { paragraphs } = await getDocument(server.url, STATEMENT_ID);
    const asked = paragraphs.slice(0, 20).map(({ paragraphId }) => `${STATEMENT_ID}#${paragraphId}`);
    const fetched = await Promise.all(asked.map((id) => client.call('fetch', { id })));
    expect(fetched.map(({ structured }) => structured?.['id'])).toEqual(asked);
    const questions = asked.map((_, at) => (at % 2 === 0 ? EXPO_QUESTION : OFF_TOPIC));
    const answers = await Promise.all(questions.map((question) => client.call('ask', { question })));
    expect(answers.map(({ structured }) => structured?.['status'])).toEqual(
      questions.map((question) => (question === EXPO_QUESTION ? 'answered' : 'abstained')),
    );
    expect(new Set(answers.map(({ structured }) => structured?.['id'])).size).toBe(20);
  });

  test('ends an answer whose client leaves half-way', async () => {
    const { model, slow } = await slowServer();
    const leaving = await connect(`${slow.url}/mcp`);
    const call = leaving.call('ask', { question: EXPO_QUESTION });
    call.catch(() => {});
    await until(() => model.calls > 0);
    expect(model.abandoned).toBe(0);
    await leaving.close();
    await until(() => model.abandoned > 0);
    await expect(call).rejects.toThrow();
    expect(slow.logs.join('')).not.toContain('failed');
  });
});

async function slowServer() {
  const model = await ScriptedChatModel.start();
  model.play('hangs mid-stream');
  const chatModel = new ChatModel({ model: 'scripted', apiKey: 'none', baseUrl: model.baseUrl, timeoutMilliseconds: 120_000 });
  const slow = await startTestServer({ chatModel });
  onTestFinished(async () => {
    await slow.close();
    await model.close();
  });
  return { model, slow };
}

test('a client of 2026 that cancels one call ends that answer', async () => {
  const { model, slow } = await slowServer();
  const client = await CLIENTS['of 2026-07-28'](`${slow.url}/mcp`);
  onTestFinished(() => client.close());
  const cancel = new AbortController();
  const call = client.call('ask', { question: EXPO_QUESTION }, cancel.signal);
  call.catch(() => {});
  await until(() => model.calls > 0);
  cancel.abort();
  await until(() => model.abandoned > 0);
  await expect(call).rejects.toThrow();
});

test('an answer can be rated like any other', async () => {
  const dataFolder = await temporaryFolder();
  const rated = await startTestServer({ feedback: new FeedbackLog(dataFolder) });
  const client = await CLIENTS['of 2025'](`${rated.url}/mcp`);
  onTestFinished(async () => {
    await client.close();
    await rated.close();
  });
  const { structured } = await client.call('ask', { question: EXPO_QUESTION });
  await postJson(`${rated.url}/api/feedback`, { answerId: structured?.['id'], rating: 'up' });
  const record = strictFeedbackRecord.parse(JSON.parse(await readFile(feedbackFile(dataFolder), 'utf8')));
  expect(record.answer?.asked).toEqual({ question: EXPO_QUESTION });
});

test.each(Object.entries(CLIENTS))('without an index a client %s is told to try again', async (_, connect) => {
  const empty = await startTestServer({ withoutIndex: true });
  const client = await connect(`${empty.url}/mcp`);
  onTestFinished(async () => {
    await client.close();
    await empty.close();
  });
  for (const [tool, args] of Object.entries({
    ask: { question: 'a' },
    search: { query: 'a' },
    fetch: { id: 'a' },
    verify_quote: { quote: 'a' },
  })) {
    const { text, isError } = await client.call(tool, args);
    expect({ isError, text }).toEqual({ isError: true, text: 'The index is not ready. Try again shortly.' });
  }
  await expect(client.resources()).rejects.toThrow('Try again shortly');
});
