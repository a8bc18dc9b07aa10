import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { keptFolder, removeFolder } from '../../../ingest/testing/temporary-folder.ts';
import { FeedbackLog } from '../../feedback/record-feedback.ts';
import { postJson, streamAnswer } from '../../testing/clients/ask.ts';
import { fetchDescription, ServedSchemas } from '../../testing/served-schemas.ts';
import { EXPO_QUESTION, STATEMENT_ID } from '../../testing/statement.ts';
import { startTestServer, type TestServer } from '../../testing/test-server.ts';
import { ABSTAINED, ANNOTATED, ANSWERED, FOUND } from './paths/answer-examples.ts';
import { EXPO_ANNOTATION, FIRST_PARAGRAPH, QUESTIONS, SUMMARY } from './paths/document-examples.ts';
import { ALTERED } from './paths/verify-paths.ts';

let server: TestServer;
let feedbackFolder: string;
/** For what the server sends: nothing undescribed. */
let closed: ServedSchemas;
/** For what clients send. */
let served: ServedSchemas;

beforeAll(async () => {
  feedbackFolder = await keptFolder();
  const feedback = new FeedbackLog(feedbackFolder);
  server = await startTestServer({ feedback, configuration: { PUBLIC_URL: 'https://youju.example' } });
  const description = await fetchDescription(server.url);
  closed = new ServedSchemas(description, 'closed');
  served = new ServedSchemas(description, 'as served');
});
afterAll(async () => {
  await server.close();
  await removeFolder(feedbackFolder);
});

const schemaOf = (name: string) => ['components', 'schemas', name];
const DOCUMENT = `/api/documents/${STATEMENT_ID}`;
const SIGNED = '本声明于2019年9月11日在北京签署';

async function bodyOf(response: Response, status: number): Promise<unknown> {
  expect(response.status).toBe(status);
  return response.status === 204 ? undefined : await response.json();
}
const post = async (path: string, body: unknown, status = 200, headers = {}) =>
  bodyOf(await postJson(`${server.url}${path}`, body, headers), status);
const get = async (path: string, status = 200) => bodyOf(await fetch(`${server.url}${path}`), status);

describe('what the server sends is as described', () => {
  test.each([
    ['answered', { question: EXPO_QUESTION }],
    ['with several citations, in Russian', { question: 'Какие виды энергетики названы?' }],
    ['abstained, off topic', { question: '今天天气怎么样？' }],
    ['abstained, with paragraphs nearby', { question: 'What does the statement say about the price of oil?' }],
    ['abstained, for a place that there is not', { question: '第九部分讲什么？' }],
  ])('an answer: %s', async (_kind, ask) => {
    expect(closed.faults(schemaOf('Answer'), await post('/api/ask', ask))).toEqual([]);
    const annotations = await post('/api/ask', ask, 200, { Accept: 'application/ld+json' });
    expect(closed.faults(schemaOf('AnnotationCollection'), annotations)).toEqual([]);
    const events = await streamAnswer(server.url, ask);
    expect(events.length).toBeGreaterThan(1);
    for (const event of events) expect(closed.faults(schemaOf('AnswerEvent'), event)).toEqual([]);
  });

  test.each([
    ['verbatim', SIGNED],
    ['verbatim', '”建交27年来各领域合作取得的丰硕成果'],
    ['altered', SIGNED.replace('2019', '2018')],
    ['altered', '本聲明于2019年9月11日……在北京签署'],
    ['absent', '今天天气怎么样'],
    ['absent', '能源领域合作的石油价格由双方另行商定'],
  ])('a quotation that is %s: %s', async (_verdict, quote) => {
    expect(closed.faults(schemaOf('QuoteCheck'), await post('/api/verify', { quote }))).toEqual([]);
  });

  test('passages, documents, questions, annotations, health', async () => {
    const bodies = {
      Passages: await post('/api/search', { query: '能源', k: 3 }),
      Documents: await get('/api/documents'),
      Document: await get(DOCUMENT),
      FirstQuestions: await get(`${DOCUMENT}/questions`),
      Annotation: await get(`${DOCUMENT}/paragraphs/part-2-item-6/annotation`),
      Alive: await get('/healthz'),
      Ready: await get('/readyz'),
    };
    for (const [name, body] of Object.entries(bodies)) expect([name, closed.faults(schemaOf(name), body)]).toEqual([name, []]);
    await post('/api/feedback', { answerId: 'a', rating: 'up' }, 204);
  });

  test('what clients of the OpenAI API get', async () => {
    const model = 'youju-extractive';
    const messages = [{ role: 'user', content: EXPO_QUESTION }];
    const bodies = {
      ChatCompletion: await post('/v1/chat/completions', { model, messages }),
      Response: await post('/v1/responses', { model, input: EXPO_QUESTION }),
      Models: await get('/v1/models'),
      Model: await get(`/v1/models/${model}`),
      OpenAiError: await post('/v1/responses', { model: 'another', input: EXPO_QUESTION }, 404),
    };
    for (const [name, body] of Object.entries(bodies)) expect([name, served.faults(schemaOf(name), body)]).toEqual([name, []]);
  });

  test('a reply to an MCP client', async () => {
    const headers = { Accept: 'application/json, text/event-stream', 'MCP-Protocol-Version': '2025-06-18' };
    const reply = await (await postJson(`${server.url}/mcp`, { jsonrpc: '2.0', id: 1, method: 'tools/list', params: {} }, headers)).text();
    const message = JSON.parse(/^data: (.*)$/m.exec(reply)?.[1] ?? reply);
    expect(message.result.tools.length).toBeGreaterThan(2);
    expect(served.faults(schemaOf('McpReply'), message)).toEqual([]);
    const refusal = await post('/mcp', [], 400, headers);
    expect(served.faults(schemaOf('McpReply'), refusal)).toEqual([]);
  });

  test('the message stream of the AI SDK', async () => {
    const messages = [{ id: 'q', role: 'user', parts: [{ type: 'text', text: EXPO_QUESTION }] }];
    const stream = await (await postJson(`${server.url}/api/chat`, { messages })).text();
    const chunks = [...stream.matchAll(/^data: (\{.*\})$/gm)].map(([, data]) => JSON.parse(data ?? ''));
    expect(chunks.length).toBeGreaterThan(5);
    for (const chunk of chunks) expect([chunk, closed.faults(schemaOf('MessageChunk'), chunk)]).toEqual([chunk, []]);
    expect(closed.faults(schemaOf('Problem'), await post('/api/chat', { messages: [] }, 422))).toEqual([]);
  });

  test('problems', async () => {
    const problems = [
      await post('/api/ask', { question: '' }, 422),
      await post('/api/ask', { question: '?', documentId: 'no-such' }, 404),
      await get('/api/ask', 405),
      await get(`${DOCUMENT}/paragraphs/no-such/annotation`, 404),
    ];
    for (const problem of problems) expect(closed.faults(schemaOf('Problem'), problem)).toEqual([]);
  });
});

test('the examples are what the server answers', async () => {
  const { similarity: _, ...citation } = ANSWERED.response.citations[0] ?? { similarity: 0 };
  const { id: _id, indexGeneration: _generation, citations: _citations, ...answered } = ANSWERED.response;
  expect(await post('/api/ask', ANSWERED.request)).toMatchObject({ ...answered, citations: [citation] });
  const { id: _abstainedId, indexGeneration: _abstainedGeneration, ...abstained } = ABSTAINED.response;
  expect(await post('/api/ask', ABSTAINED.request)).toMatchObject(abstained);
  const { total, first, label } = ANNOTATED;
  const annotated = await post('/api/ask', ANSWERED.request, 200, { Accept: 'application/ld+json' });
  expect(annotated).toMatchObject({ total, label, first: { items: first.items } });
  expect(await get(EXPO_ANNOTATION.id.replace('https://youju.example', ''))).toEqual(EXPO_ANNOTATION);
  expect(await post('/api/search', FOUND.request)).toEqual(FOUND.response);
  const altered = await post('/api/verify', ALTERED.request);
  expect(altered).toMatchObject({
    ...ALTERED.response,
    matches: ALTERED.response.matches.map((match) => ({ ...match, similarity: expect.closeTo(0.93) })),
  });
  expect(await get('/api/documents')).toEqual({ documents: [SUMMARY], total: 1 });
  expect(await get(DOCUMENT)).toMatchObject({ ...SUMMARY, paragraphs: expect.arrayContaining(FIRST_PARAGRAPH.paragraphs) });
  expect(await get(`${DOCUMENT}/questions?language=en`)).toEqual(QUESTIONS);
});

/** Mostly what is right, so that whole bodies are, too, now and then. */
const mostly = (right: unknown, any: fc.Arbitrary<unknown>) =>
  fc.oneof({ weight: 4, arbitrary: fc.constant(right) }, { weight: 1, arbitrary: any });

/** Texts at and over the bounds, and what is none. */
const anyText = (limit: number) =>
  fc.oneof(
    fc.constantFrom(
      '',
      ' ',
      '\u3000\n',
      '\ufeff',
      '能源',
      'a'.repeat(limit),
      'a'.repeat(limit + 1),
      '𠀀'.repeat(limit),
      '𠀀'.repeat(limit + 1),
    ),
    fc.constantFrom(1, null, true, [], {}, ['能源']),
  );
const anyDocumentId = fc.constantFrom(STATEMENT_ID, 'no-such', '../etc', 'A', '', 'a-', 'a'.repeat(200), 'a'.repeat(201), 7, null);
const anyLanguage = fc.constantFrom('en', 'zh-Hant', 'fr', 'EN', '', 0, null);
const anyTurn = fc.oneof(
  fc.record({
    role: fc.constantFrom('user', 'assistant', 'system', 1),
    content: fc.constantFrom('', '能源', 'a'.repeat(1001), null),
    more: fc.boolean(),
  }),
  fc.constantFrom('turn', null, {}),
);
const anyHistory = fc.oneof(
  fc.array(anyTurn, { maxLength: 2 }),
  fc.constantFrom(20, 21).map((count) => Array.from({ length: count }, () => ({ role: 'user', content: 'a' }))),
  fc.constantFrom(null, {}, 'none'),
);
const withOthers = (fields: Record<string, fc.Arbitrary<unknown>>) =>
  fc.oneof(
    { weight: 9, arbitrary: fc.record({ ...fields, unknown: fc.boolean() }, { requiredKeys: [] }) },
    { weight: 1, arbitrary: fc.constantFrom<unknown>(null, [], 'text', 5) },
  );

describe('law: the schema of a request refuses what the server refuses, and nothing else', () => {
  test.each<[string, Record<string, fc.Arbitrary<unknown>>]>([
    [
      '/api/ask',
      {
        question: mostly('能源', anyText(500)),
        history: mostly([], anyHistory),
        language: mostly('en', anyLanguage),
        documentId: mostly(STATEMENT_ID, anyDocumentId),
      },
    ],
    [
      '/api/search',
      {
        query: mostly('能源', anyText(500)),
        k: mostly(5, fc.constantFrom(0, 1, 50, 51, 1.5, 2.0, '3', null)),
        documentId: mostly(STATEMENT_ID, anyDocumentId),
      },
    ],
    [
      '/api/verify',
      {
        quote: mostly(SIGNED, anyText(2000)),
        language: mostly('ru', anyLanguage),
        documentId: mostly(STATEMENT_ID, anyDocumentId),
      },
    ],
    [
      '/api/feedback',
      {
        answerId: mostly('a', anyText(100)),
        rating: mostly('up', fc.constantFrom('down', 'Up', '', null)),
        comment: mostly('', anyText(1000)),
      },
    ],
  ])('%s', async (path, fields) => {
    const outcomes = new Set<boolean>();
    await fc.assert(
      fc.asyncProperty(withOthers(fields), async (body) => {
        const { status } = await postJson(`${server.url}${path}`, body);
        expect([200, 204, 404, 422]).toContain(status);
        const isRefused = status === 422;
        expect({ body, isRefused: served.requestFaults(path, body).length > 0 }).toEqual({ body, isRefused });
        outcomes.add(isRefused);
      }),
      { numRuns: 100 },
    );
    expect(outcomes.size).toBe(2);
  });
});
