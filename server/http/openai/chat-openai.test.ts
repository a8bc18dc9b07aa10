import { HumanMessage, SystemMessage } from '@langchain/core/messages';
import { ChatOpenAI } from '@langchain/openai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startScriptedServer } from '../../testing/chat-model/scripted-server.ts';
import { ask } from '../../testing/clients/ask.ts';
import { findWrongAnnotations } from '../../testing/clients/find-wrong-annotations.ts';
import { EXPO_CITY, EXPO_QUESTION } from '../../testing/statement.ts';
import { startTestServer, type TestServer } from '../../testing/test-server.ts';

const UNRELATED = '今天股票涨了吗？';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const chatOf = ({ url }: TestServer, fields: { useResponsesApi: boolean; model?: string }) =>
  new ChatOpenAI({ model: 'youju-extractive', apiKey: 'any', maxRetries: 0, ...fields, configuration: { baseURL: `${url}/v1` } });

describe.each([
  ['chat completions', false],
  ['responses', true],
])('ChatOpenAI of LangChain over %s', (_api, useResponsesApi) => {
  it('gets the answer, whose links lead to the cited paragraphs', async () => {
    const answer = await ask(server.url, { question: EXPO_QUESTION });
    const messages = [new SystemMessage('You are a pirate.'), new HumanMessage(EXPO_QUESTION)];
    const { text } = await chatOf(server, { useResponsesApi }).invoke(messages);
    expect(text.startsWith(answer.answer)).toBe(true);
    expect(text).toContain(EXPO_CITY);
    for (const { url } of answer.citations) expect(text).toContain(`](${url})`);
  });

  it('streams the same text', async () => {
    let streamed = '';
    for await (const chunk of await chatOf(server, { useResponsesApi }).stream(EXPO_QUESTION)) streamed += chunk.text;
    expect(streamed).toBe((await chatOf(server, { useResponsesApi }).invoke(EXPO_QUESTION)).text);
  });

  it('is told what the documents do not say', async () => {
    const { text } = await chatOf(server, { useResponsesApi }).invoke(UNRELATED);
    expect(text).toBe((await ask(server.url, { question: UNRELATED })).answer);
  });

  it('refuses what is no question', async () => {
    await expect(chatOf(server, { useResponsesApi }).invoke('？'.repeat(501))).rejects.toThrow('longer than 500 characters');
    await expect(chatOf(server, { useResponsesApi, model: 'gpt-4o' }).invoke(EXPO_QUESTION)).rejects.toThrow('use youju-extractive');
  });

  it('ends the answer when it leaves half-way', async () => {
    const { server: slow, model } = await startScriptedServer('hangs mid-stream');
    for await (const chunk of await chatOf(slow, { useResponsesApi, model: 'youju' }).stream(EXPO_QUESTION)) if (chunk.text !== '') break;
    await expect.poll(() => model.abandoned, { timeout: 10_000 }).toBe(1);
  });
});

/** LangChain's own names for OpenAI's annotations. */
const citationSchema = z.object({
  type: z.literal('citation'),
  title: z.string(),
  url: z.string(),
  startIndex: z.number(),
  endIndex: z.number(),
});
const contentSchema = z.tuple([z.object({ annotations: z.array(citationSchema) })]);

it('ChatOpenAI over responses has the citations as annotations of its content', async () => {
  const message = await chatOf(server, { useResponsesApi: true }).invoke(EXPO_QUESTION);
  const [{ annotations }] = contentSchema.parse(message.content);
  const citations = annotations.map(({ title, url, startIndex, endIndex }) => ({
    title,
    url,
    start_index: startIndex,
    end_index: endIndex,
  }));
  expect(citations).toHaveLength(1);
  expect(await findWrongAnnotations(server.url, message.text, citations)).toEqual([]);
});
