import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { ChatModel } from '../../answering/model/chat-model.ts';
import { BREAKAGE, BreakingModel } from '../../testing/chat-model/breaking-model.ts';
import { ScriptedChatModel } from '../../testing/chat-model/scripted-chat-model.ts';
import { ask, askForStream, eventsOf, getDocument, postJson, streamAnswer, streamedText } from '../../testing/clients/ask.ts';
import { postRaw, sendRaw } from '../../testing/clients/send-raw.ts';
import { expectProblem } from '../../testing/expect-problem.ts';
import { findMisquotes } from '../../testing/find-misquotes.ts';
import { EXPO_CITY, EXPO_PARAGRAPH, EXPO_QUESTION, STATEMENT_ID, STATEMENT_SOURCE } from '../../testing/statement.ts';
import { startTestServer, type TestServer } from '../../testing/test-server.ts';
import { type CheckedDocument, type CheckedEvent, strictAnswer, strictPassages } from '../../testing/wire-schemas.ts';

const QUESTIONS = {
  'in Chinese': EXPO_QUESTION,
  'in English': 'Where is the second China International Import Expo held?',
  'by number': '第二部分第六项的内容是什么？',
  'about a part': '第三部分讲了什么？',
  'off the subject': '今天天气怎么样？',
  'for a paragraph that is not there': '第九部分讲了什么？',
};
const answered = [QUESTIONS['in Chinese'], QUESTIONS['in English'], QUESTIONS['by number'], QUESTIONS['about a part']];

let server: TestServer;
let document: CheckedDocument;

beforeAll(async () => {
  server = await startTestServer();
  document = await getDocument(server.url, STATEMENT_ID);
});

afterAll(() => server.close());

const namesOf = (events: readonly CheckedEvent[]) => events.map(({ event }) => event);

function bodyOf(events: readonly CheckedEvent[]) {
  const last = events.at(-1);
  if (last?.event !== 'answer-end') throw new Error(`the last event is ${last?.event}`);
  return last.data;
}

describe('POST /api/ask as JSON', () => {
  test.each(Object.entries(QUESTIONS))('a question %s is answered in the promised shape, misquoting nothing', async (_kind, question) => {
    const response = await postJson(`${server.url}/api/ask`, { question });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toMatch(/^application\/json/);
    const answer = strictAnswer.parse(await response.json());
    expect(answer.status).toBe(answered.includes(question) ? 'answered' : 'abstained');
    expect(findMisquotes(answer, document, STATEMENT_SOURCE)).toEqual([]);
  });

  test('answers the question about the import expo', async () => {
    const answer = await ask(server.url, { question: EXPO_QUESTION });
    expect(answer).toMatchObject({
      status: 'answered',
      language: 'zh-Hans',
      generator: 'extractive',
      indexGeneration: server.currentIndex.get().manifest.generation,
    });
    expect(answer.answer).toContain(EXPO_CITY);
    expect(answer.citations[0]).toMatchObject({ marker: 1, documentId: STATEMENT_ID, paragraphId: EXPO_PARAGRAPH });
  });

  test.each(answered)('every citation of “%s” links to a page that holds its paragraph', async (question) => {
    for (const { url, paragraphId } of (await ask(server.url, { question })).citations) {
      const page = await fetch(url);
      expect(page.status).toBe(200);
      expect(await page.text()).toContain(`id="${paragraphId}"`);
      expect(new URL(url).hash.split(':~:')[0]).toBe(`#${paragraphId}`);
    }
  });

  test('gives every answer its own id', async () => {
    const ids = await Promise.all(Array.from({ length: 5 }, async () => (await ask(server.url, { question: EXPO_QUESTION })).id));
    expect(new Set(ids).size).toBe(5);
  });

  test.each([undefined, '*/*', 'application/*', 'application/json, text/event-stream;q=0.5', 'text/html'])(
    'is what a client gets that does not ask for a stream by name: Accept %s',
    async (accept) => {
      const response = await postRaw(server.port, JSON.stringify({ question: EXPO_QUESTION }), accept === undefined ? {} : { accept });
      expect(response.headers['content-type']).toMatch(/^application\/json/);
    },
  );
});

describe('POST /api/ask as a stream', () => {
  test('has the headers that keep proxies from buffering it', async () => {
    const response = await askForStream(server.url, { question: EXPO_QUESTION });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(response.headers.get('x-accel-buffering')).toBe('no');
    expect(response.headers.get('cache-control')).toMatch(/no-store.*no-transform/);
    expect(response.headers.get('content-length')).toBeNull();
    await response.body?.cancel();
  });

  test.each(Object.values(QUESTIONS))('streams the text of the answer and ends with all of it: %s', async (question) => {
    const events = await streamAnswer(server.url, { question });
    const body = bodyOf(events);
    expect(streamedText(events)).toBe(body.answer);
    expect(events.flatMap((event) => (event.event === 'citation' ? [event.data] : []))).toEqual(body.citations);
    expect({ ...body, id: '' }).toEqual({ ...(await ask(server.url, { question })), id: '' });
  });

  test('tells each citation before the text that has its marker', async () => {
    const known = new Set<number>();
    for (const event of await streamAnswer(server.url, { question: QUESTIONS['about a part'] })) {
      if (event.event === 'citation') known.add(event.data.marker);
      if (event.event === 'text-delta')
        for (const [, marker] of event.data.text.matchAll(/\[(\d+)\]/g)) expect(known.has(Number(marker))).toBe(true);
    }
    expect(known.size).toBeGreaterThan(1);
  });

  test('is, where Youju declines: an abstention, its sentence, the end', async () => {
    expect(namesOf(await streamAnswer(server.url, { question: '今天天气怎么样？' }))).toEqual(['abstention', 'text-delta', 'answer-end']);
  });

  test('ends with answer-error, without the error’s text, where something breaks after the first event', async () => {
    const broken = await startTestServer({ chatModel: new BreakingModel() });
    const events = await streamAnswer(broken.url, { question: EXPO_QUESTION });
    expect(namesOf(events)).toEqual(['citation', 'text-delta', 'answer-error']);
    expect(events.at(-1)?.data).toMatchObject({ status: 500, code: 'internal' });
    expect(JSON.stringify(events)).not.toContain(BREAKAGE);
    expect(broken.logs.filter((line) => line.includes(BREAKAGE))).toHaveLength(1);
    expectProblem(await postRaw(broken.port, JSON.stringify({ question: EXPO_QUESTION })), 500, 'internal');
    await broken.close();
  });
});

describe('a client that leaves', () => {
  test.each([
    ['as JSON, before anything was answered', 'application/json', 'hangs mid-stream'],
    ['as a stream, before anything was answered', 'text/event-stream', 'hangs before headers'],
    ['as a stream, in the middle of the answer', 'text/event-stream', 'hangs mid-stream'],
  ] as const)('ends the call to the model, and the server goes on: %s', async (when, accept, script) => {
    const model = await ScriptedChatModel.start();
    onTestFinished(() => model.close());
    model.play(script);
    const chatModel = new ChatModel({ model: 'scripted', apiKey: 'none', baseUrl: model.baseUrl, timeoutMilliseconds: 120_000 });
    const patient = await startTestServer({ chatModel });
    onTestFinished(patient.close);
    const departure = new AbortController();
    const asked = fetch(`${patient.url}/api/ask`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept: accept },
      body: JSON.stringify({ question: EXPO_QUESTION }),
      signal: departure.signal,
    });
    if (when.endsWith('the answer')) await firstOf(eventsOf(await asked));
    await expect.poll(() => model.calls, { timeout: 10_000 }).toBe(1);
    departure.abort();
    await asked.catch(() => undefined);
    await expect.poll(() => model.abandoned, { timeout: 10_000 }).toBe(1);
    model.play('faithful');
    expect(await ask(patient.url, { question: EXPO_QUESTION })).toMatchObject({ status: 'answered', generator: 'scripted' });
    // Its leaving is nobody's fault.
    expect(patient.logs.filter((line) => /failed/.test(line))).toEqual([]);
  });
});

async function firstOf(events: AsyncGenerator<CheckedEvent>): Promise<CheckedEvent | undefined> {
  for await (const event of events) return event;
  return undefined;
}

describe('POST /api/search', () => {
  const search = (body: unknown) => postJson(`${server.url}/api/search`, body);

  test('lists passages in the promised shape, best first', async () => {
    const response = await search({ query: EXPO_QUESTION, k: 5 });
    const { passages } = strictPassages.parse(await response.json());
    expect(passages).toHaveLength(5);
    expect(passages[0]?.paragraphId).toBe(EXPO_PARAGRAPH);
    for (const { text } of passages) expect(STATEMENT_SOURCE).toContain(text);
  });

  test.each([{}, { query: '' }, { query: 'a', k: 0 }, { query: 'a', k: 51 }, { query: 'a', k: 1.5 }, { query: 'a', k: '5' }])(
    'refuses %j',
    async (body) => {
      const response = await sendRaw(server.port, {
        method: 'POST',
        path: '/api/search',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      expectProblem(response, 422, 'invalid-request');
    },
  );
});
