import OpenAI from 'openai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { UrlCitation } from '../../protocols/openai/annotate-answer.ts';
import { startScriptedServer } from '../../testing/chat-model/scripted-server.ts';
import { ask } from '../../testing/clients/ask.ts';
import { findWrongAnnotations } from '../../testing/clients/find-wrong-annotations.ts';
import { openAiClient } from '../../testing/clients/openai-client.ts';
import { EXPO_CITY, EXPO_PARAGRAPH, EXPO_QUESTION } from '../../testing/statement.ts';
import { startTestServer, type TestServer } from '../../testing/test-server.ts';

const UNRELATED = '今天股票涨了吗？';

let server: TestServer;
let client: OpenAI;

beforeAll(async () => {
  server = await startTestServer();
  client = openAiClient(server);
});
afterAll(() => server.close());

const asking = (content: string) => ({ model: 'youju-extractive', messages: [{ role: 'user' as const, content }] });
const citationsOf = (message: OpenAI.Chat.ChatCompletionMessage): UrlCitation[] =>
  (message.annotations ?? []).map(({ url_citation: citation }) => citation);

describe('the openai package, chat.completions.create', () => {
  it('gets the answer with its citations, and links at the end of the text', async () => {
    const completion = await client.chat.completions.create(asking(EXPO_QUESTION));
    const [choice] = completion.choices;
    const content = choice?.message.content ?? '';
    const citations = choice ? citationsOf(choice.message) : [];
    const answer = await ask(server.url, { question: EXPO_QUESTION });
    expect(choice?.finish_reason).toBe('stop');
    expect(content.startsWith(`${answer.answer}\n\n原文出处：\n\n- [1] [`)).toBe(true);
    expect(citations.map(({ url }) => url)).toEqual(answer.citations.map(({ url }) => url));
    expect(citations.map(({ start_index: start, end_index: end }) => content.slice(start, end))).toEqual(
      answer.citations.map(({ quote }) => quote),
    );
    expect(citations[0]?.url).toContain(`#${EXPO_PARAGRAPH}`);
    expect(content).toContain(EXPO_CITY);
    expect(await findWrongAnnotations(server.url, content, citations)).toEqual([]);
    expect(completion).toMatchObject({ model: 'youju-extractive', youju: { status: 'answered', citations: answer.citations } });
  });

  it('is told what the documents do not say, without a citation or a link', async () => {
    const completion = await client.chat.completions.create(asking(UNRELATED));
    expect(completion.choices[0]).toMatchObject({ finish_reason: 'stop', message: { refusal: null, annotations: [] } });
    expect(completion.choices[0]?.message.content).toBe((await ask(server.url, { question: UNRELATED })).answer);
    expect(completion).toMatchObject({ youju: { status: 'abstained', reason: 'off-topic' } });
  });

  it('streams the same text as it sends whole, and all annotations in the last delta that has any', async () => {
    const question = '双方在能源和交通领域有哪些合作？';
    const whole = await client.chat.completions.create(asking(question));
    const stream = await client.chat.completions.create({ ...asking(question), stream: true, stream_options: { include_usage: true } });
    const chunks: OpenAI.Chat.ChatCompletionChunk[] = [];
    for await (const chunk of stream) chunks.push(chunk);
    const text = chunks.map(({ choices: [choice] }) => choice?.delta.content ?? '').join('');
    const annotated = chunks.flatMap(({ choices: [choice] }) =>
      choice && 'annotations' in choice.delta ? [choice.delta.annotations] : [],
    );
    expect(text).toBe(whole.choices[0]?.message.content);
    expect(annotated).toEqual([whole.choices[0]?.message.annotations]);
    expect(new Set(chunks.map(({ id }) => id)).size).toBe(1);
    expect(chunks.map(({ choices: [choice] }) => choice?.finish_reason ?? null).filter(Boolean)).toEqual(['stop']);
    expect(chunks.at(-1)?.usage).toEqual({ prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 });
  });

  it.each([EXPO_QUESTION, UNRELATED])('assembles the stream of %j into the same completion', async (question) => {
    const whole = await client.chat.completions.create(asking(question));
    const assembled = await client.chat.completions.stream(asking(question)).finalChatCompletion();
    const [expected] = whole.choices;
    expect(assembled.choices[0]?.message.content).toBe(expected?.message.content);
    expect(assembled.choices[0]?.message.annotations ?? []).toEqual(expected?.message.annotations);
  });

  it('goes on with a conversation that it keeps itself', async () => {
    const messages: OpenAI.Chat.ChatCompletionMessageParam[] = [{ role: 'user', content: '第二部分第（三）项讲什么？' }];
    const first = await client.chat.completions.create({ model: 'youju-extractive', messages });
    messages.push({ role: 'assistant', content: first.choices[0]?.message.content ?? '' });
    messages.push({ role: 'user', content: [{ type: 'text', text: '下一项呢？' }] });
    const second = await client.chat.completions.create({ model: 'youju-extractive', messages });
    const history = [
      { role: 'user', content: '第二部分第（三）项讲什么？' },
      { role: 'assistant', content: (await ask(server.url, { question: '第二部分第（三）项讲什么？' })).answer },
    ];
    const expected = await ask(server.url, { question: '下一项呢？', history });
    expect(second).toMatchObject({ youju: { answer: expected.answer } });
  });

  it('chooses document and language in metadata', async () => {
    const completion = await client.chat.completions.create({ ...asking(EXPO_QUESTION), metadata: { language: 'en' } });
    expect(completion.choices[0]?.message.content).toMatch(
      /^Part II, item \(1\) says: “.+\n\nSources:\n\n- \[1\] \[Part II, item \(1\) · /su,
    );
    const unknown = client.chat.completions.create({ ...asking(EXPO_QUESTION), metadata: { documentId: 'another' } });
    await expect(unknown).rejects.toThrow(OpenAI.NotFoundError);
  });
});

describe('a chat model behind the OpenAI API', () => {
  it('writes under the name youju, and not under youju-extractive', async () => {
    const { server: writing, model } = await startScriptedServer('faithful');
    const openai = openAiClient(writing);
    expect((await openai.models.list()).data.map(({ id }) => id)).toEqual(['youju', 'youju-extractive']);
    const extract = await openai.chat.completions.create(asking(EXPO_QUESTION));
    expect([extract, model.calls]).toMatchObject([{ youju: { generator: 'extractive' } }, 0]);
    const written = await openai.chat.completions.create({ ...asking(EXPO_QUESTION), model: 'youju' });
    const message = written.choices[0]?.message;
    expect(written).toMatchObject({ youju: { generator: 'scripted' } });
    const citations = message ? citationsOf(message) : [];
    expect(citations.length).toBeGreaterThan(0);
    expect(await findWrongAnnotations(writing.url, message?.content ?? '', citations, false)).toEqual([]);
  });

  it('that fails half-way has its verified sentences followed by an extract, and every offset still cuts a sentence', async () => {
    const { server: failing } = await startScriptedServer('breaks off');
    const completion = await openAiClient(failing)
      .chat.completions.stream({ ...asking(EXPO_QUESTION), model: 'youju' })
      .finalChatCompletion();
    const [choice] = completion.choices;
    const content = choice?.message.content ?? '';
    const citations = choice ? citationsOf(choice.message) : [];
    expect(completion).toMatchObject({ youju: { degraded: 'model-error', generator: 'extractive' } });
    expect(content).toContain('以下为原文摘录');
    expect(citations.length).toBeGreaterThan(1);
    expect(await findWrongAnnotations(failing.url, content, citations, false)).toEqual([]);
    for (const { end_index: end } of citations) expect(content.slice(end, end + 3)).toMatch(/^[”」]?\[\d/u);
  });

  it.each(['before the answer', 'in the middle of it'])('is told that the client left %s', async (when) => {
    const { server: slow, model } = await startScriptedServer(when === 'before the answer' ? 'hangs before headers' : 'hangs mid-stream');
    const departure = new AbortController();
    let text = '';
    const reading = (async () => {
      const request = { ...asking(EXPO_QUESTION), model: 'youju', stream: true } as const;
      const stream = await openAiClient(slow).chat.completions.create(request, { signal: departure.signal });
      for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? '';
    })();
    if (when === 'in the middle of it') await expect.poll(() => text).not.toBe('');
    else await expect.poll(() => model.calls).toBeGreaterThan(0);
    departure.abort();
    await reading.catch((error: unknown) => expect(error).toBeInstanceOf(OpenAI.APIUserAbortError));
    await expect.poll(() => model.abandoned, { timeout: 10_000 }).toBe(1);
  });
});
