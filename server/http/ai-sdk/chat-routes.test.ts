import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startScriptedServer } from '../../testing/chat-model/scripted-server.ts';
import { ask, getDocument } from '../../testing/clients/ask.ts';
import {
  answerOf,
  type CitedMessage,
  chatWith,
  checkedChunk,
  chunksFrom,
  citationsOf,
  postChat,
  sourcesOf,
  textOf,
} from '../../testing/clients/ui-messages.ts';
import { findMisquotes } from '../../testing/find-misquotes.ts';
import { EXPO_QUESTION, STATEMENT_ID, STATEMENT_SOURCE } from '../../testing/statement.ts';
import { startTestServer, type TestServer } from '../../testing/test-server.ts';
import { strictAnswer } from '../../testing/wire-schemas.ts';

const ANSWERED = [
  EXPO_QUESTION,
  'Where is the second China International Import Expo held?',
  '第二部分第六项的内容是什么？',
  '第三部分讲了什么？',
];
const DECLINED = ['今天天气怎么样？', '第九部分讲了什么？'];

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(() => server.close());

type Chat = ReturnType<typeof chatWith>;

function lastOf(chat: Chat): CitedMessage {
  const message = chat.lastMessage;
  if (message?.role !== 'assistant') throw new Error(`there is no answer: ${chat.status} ${chat.error?.message ?? ''}`);
  return message;
}

async function askChat(text: string, chat = chatWith(server.url)): Promise<CitedMessage> {
  await chat.sendMessage({ text });
  expect({ status: chat.status, error: chat.error }).toEqual({ status: 'ready', error: undefined });
  return lastOf(chat);
}

const withoutId = <Body extends object>(body: Body | undefined) => ({ ...body, id: '' });

describe('an answer in useChat', () => {
  test.each([...ANSWERED, ...DECLINED])('is the answer of /api/ask, with its citations, and misquotes nothing: %s', async (question) => {
    const message = await askChat(question);
    const expected = await ask(server.url, { question });
    const body = strictAnswer.parse(answerOf(message));
    expect(withoutId(body)).toEqual(withoutId(expected));
    expect(body.status).toBe(ANSWERED.includes(question) ? 'answered' : 'abstained');
    expect(textOf(message)).toBe(expected.answer);
    expect(citationsOf(message)).toEqual(expected.citations);
    expect(findMisquotes(body, await getDocument(server.url, STATEMENT_ID), STATEMENT_SOURCE)).toEqual([]);
  });

  test.each(ANSWERED)('has a source for each citation that leads to the page with its paragraph and its words: %s', async (question) => {
    const message = await askChat(question);
    const citations = citationsOf(message);
    expect(sourcesOf(message).map(({ url, title }) => ({ url, title }))).toEqual(
      citations.map(({ url, label }) => ({ url, title: `${label} · 中华人民共和国和哈萨克斯坦共和国联合声明` })),
    );
    for (const { url, paragraphId, quote } of citations) {
      const page = await fetch(url);
      expect(page.status).toBe(200);
      const html = await page.text();
      expect(html).toContain(`id="${paragraphId}"`);
      expect(html).toContain(quote.trim());
    }
  });

  test.each(DECLINED)('has no source where it declines: %s', async (question) => {
    expect((await askChat(question)).parts.map(({ type }) => type)).toEqual(['text', 'data-answer']);
  });

  test('follows up on what was asked and answered before, all of which the client sends back', async () => {
    const chat = chatWith(server.url);
    await askChat('双方在农业方面如何合作？', chat);
    const followUp = await askChat('那能源呢？', chat);
    expect(citationsOf(followUp).map(({ paragraphId }) => paragraphId)).toContain('part-2-item-3');
    expect(new Set(chat.messages.map(({ id }) => id)).size).toBe(4);
  });

  test('is about the document and in the language that the app says', async () => {
    const inEnglish = await askChat(EXPO_QUESTION, chatWith(server.url, { language: 'en', documentId: STATEMENT_ID }));
    expect(textOf(inEnglish)).toMatch(/^Part II, item \(1\) says: /);
    const chat = chatWith(server.url);
    await chat.sendMessage({ text: EXPO_QUESTION }, { body: { documentId: 'no-such-document' } });
    expect(JSON.parse(chat.error?.message ?? '')).toMatchObject({ status: 404, code: 'unknown-document' });
  });

  test('is given anew, and continued where the conversation ends with one, under an id each that the client can keep', async () => {
    const chat = chatWith(server.url);
    const first = await askChat(EXPO_QUESTION, chat);
    await chat.regenerate();
    const second = lastOf(chat);
    expect(chat.messages).toHaveLength(2);
    expect(second.id).not.toBe(first.id);
    await chat.sendMessage();
    expect(chat.messages.map(({ id }) => id)).toEqual([chat.messages[0]?.id, second.id]);
  });

  test('can be rated by the id that comes with it', async () => {
    const answerId = answerOf(await askChat(EXPO_QUESTION))?.id;
    const response = await fetch(`${server.url}/api/feedback`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ answerId, rating: 'up' }),
    });
    expect(response.status).toBe(204);
  });
});

describe('the stream', () => {
  test('has the headers of the protocol, and ends with [DONE]', async () => {
    const response = await postChat(server.url, EXPO_QUESTION);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'x-vercel-ai-ui-message-stream': 'v1',
      'x-accel-buffering': 'no',
    });
    const events = (await response.text()).split('\n\n');
    expect(events.slice(-2)).toEqual(['data: [DONE]', '']);
    for (const event of events.slice(0, -2)) await checkedChunk(JSON.parse(event.replace(/^data: /, '')));
  });

  test('begins with the message’s id and ends with its finish', async () => {
    const chunks = await chunksFrom(server.url, EXPO_QUESTION);
    expect(chunks[0]).toEqual({ type: 'start', messageId: expect.stringMatching(/^[0-9a-f-]{36}$/) });
    expect(chunks.at(-1)).toEqual({ type: 'finish' });
  });
});

describe('with a chat model', () => {
  test('an answer that the user stops ends on the server, too, and keeps what was said, with its sources', async () => {
    const { model, server: scripted } = await startScriptedServer('hangs mid-stream');
    const chat = chatWith(scripted.url);
    const asked = chat.sendMessage({ text: EXPO_QUESTION });
    await expect.poll(() => (chat.lastMessage?.role === 'assistant' ? textOf(chat.lastMessage) : ''), { timeout: 10_000 }).toContain('[1]');
    expect(chat.status).toBe('streaming');
    await chat.stop();
    await asked;
    expect(chat.status).toBe('ready');
    await expect.poll(() => model.abandoned, { timeout: 10_000 }).toBe(1);
    expect(sourcesOf(lastOf(chat)).map(({ url }) => url)).toEqual(citationsOf(lastOf(chat)).map(({ url }) => url));
    expect(scripted.logs.filter((line) => /failed/.test(line))).toEqual([]);
    model.play('faithful');
    expect(answerOf(await askChat('那能源呢？', chat))).toMatchObject({ status: 'answered', generator: 'scripted' });
  });

  test('an answer that the user stops before anything was said ends on the server, too', async () => {
    const { model, server: scripted } = await startScriptedServer('hangs before headers');
    const chat = chatWith(scripted.url);
    const asked = chat.sendMessage({ text: EXPO_QUESTION });
    await expect.poll(() => model.calls, { timeout: 10_000 }).toBe(1);
    await chat.stop();
    await asked;
    await expect.poll(() => model.abandoned, { timeout: 10_000 }).toBe(1);
    expect(chat.status).toBe('ready');
    expect(scripted.logs.filter((line) => /failed/.test(line))).toEqual([]);
  });

  test('a sentence of a model that then fails stays with its source, the extract follows, and the answer is the extract', async () => {
    const { server: scripted } = await startScriptedServer('breaks off');
    const message = await askChat(EXPO_QUESTION, chatWith(scripted.url));
    const body = strictAnswer.parse(answerOf(message));
    expect(body).toMatchObject({ status: 'answered', degraded: 'model-error', generator: 'extractive' });
    const said = textOf(message).slice(0, -body.answer.length);
    expect(said + body.answer).toBe(textOf(message));
    expect(said).toMatch(/^[^（]+\[1\]\n$/);
    expect(body.answer).toContain('（模型暂不可用，以下为原文摘录）');
    expect(citationsOf(message)).toEqual(expect.arrayContaining(body.citations));
    const markers = [...textOf(message).matchAll(/\[(\d+)\]/g)].map(([, marker]) => `citation-${marker}`);
    expect(sourcesOf(message).map(({ sourceId }) => sourceId)).toEqual([...new Set(markers)]);
  });
});
