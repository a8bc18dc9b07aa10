import OpenAI from 'openai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { UrlCitation } from '../../protocols/openai/annotate-answer.ts';
import { startScriptedServer } from '../../testing/chat-model/scripted-server.ts';
import { ask } from '../../testing/clients/ask.ts';
import { findWrongAnnotations } from '../../testing/clients/find-wrong-annotations.ts';
import { openAiClient } from '../../testing/clients/openai-client.ts';
import { EXPO_QUESTION } from '../../testing/statement.ts';
import { startTestServer, type TestServer } from '../../testing/test-server.ts';

const UNRELATED = '今天股票涨了吗？';
const MODEL = 'youju-extractive';

let server: TestServer;
let client: OpenAI;

beforeAll(async () => {
  server = await startTestServer();
  client = openAiClient(server);
});
afterAll(() => server.close());

/** The one text of a response, and its citations. */
function textOf({ output }: Pick<OpenAI.Responses.Response, 'output'>): { text: string; citations: UrlCitation[] } {
  const [message] = output;
  const part = message?.type === 'message' ? message.content[0] : undefined;
  if (output.length !== 1 || part?.type !== 'output_text') throw new Error('not one message with one text');
  const citations = part.annotations.map((annotation) => {
    if (annotation.type !== 'url_citation') throw new Error(`an annotation of type ${annotation.type}`);
    return annotation;
  });
  return { text: part.text, citations };
}

async function eventsOf(openai: OpenAI, input: string, model = MODEL): Promise<OpenAI.Responses.ResponseStreamEvent[]> {
  const events: OpenAI.Responses.ResponseStreamEvent[] = [];
  for await (const event of await openai.responses.create({ model, input, stream: true })) events.push(event);
  return events;
}

describe('the openai package, responses.create', () => {
  it('gets the answer with its citations, and links at the end of the text', async () => {
    const response = await client.responses.create({ model: MODEL, input: EXPO_QUESTION });
    const { text, citations } = textOf(response);
    const answer = await ask(server.url, { question: EXPO_QUESTION });
    expect(response.status).toBe('completed');
    expect(response.output_text).toBe(text);
    expect(text.startsWith(`${answer.answer}\n\n原文出处：\n\n- [1] [`)).toBe(true);
    expect(citations.map(({ start_index: start, end_index: end }) => text.slice(start, end))).toEqual(
      answer.citations.map(({ quote }) => quote),
    );
    expect(await findWrongAnnotations(server.url, text, citations)).toEqual([]);
  });

  it('is told what the documents do not say, without a citation or a link', async () => {
    const response = await client.responses.create({ model: MODEL, input: UNRELATED });
    expect(textOf(response)).toEqual({ text: (await ask(server.url, { question: UNRELATED })).answer, citations: [] });
    expect(response).toMatchObject({ status: 'completed', youju: { status: 'abstained' } });
  });

  it.each(['双方在能源和交通领域有哪些合作？', UNRELATED])('streams the answer to %j event by event, numbered from 0', async (input) => {
    const whole = textOf(await client.responses.create({ model: MODEL, input }));
    const events = await eventsOf(client, input);
    expect(events.map((event) => event.sequence_number)).toEqual(events.map((_, index) => index));
    const text = events.map((event) => (event.type === 'response.output_text.delta' ? event.delta : '')).join('');
    expect(text).toBe(whole.text);
    const added = events.flatMap((event) => (event.type === 'response.output_text.annotation.added' ? [event] : []));
    expect(added.map(({ annotation }) => annotation)).toEqual(whole.citations);
    expect(added.map((event) => event.annotation_index)).toEqual(added.map((_, index) => index));
    const last = events.at(-1);
    expect(last?.type === 'response.completed' ? textOf(last.response) : undefined).toEqual(whole);
    const kinds = events.map(({ type }) => type).filter((type, index, all) => type !== all[index - 1]);
    expect([...kinds.slice(0, 4), ...kinds.slice(-4)]).toEqual([
      'response.created',
      'response.in_progress',
      'response.output_item.added',
      'response.content_part.added',
      'response.output_text.done',
      'response.content_part.done',
      'response.output_item.done',
      'response.completed',
    ]);
  });

  it('assembles the stream into the same response', async () => {
    const whole = textOf(await client.responses.create({ model: MODEL, input: EXPO_QUESTION }));
    const assembled = await client.responses.stream({ model: MODEL, input: EXPO_QUESTION }).finalResponse();
    expect(textOf(assembled)).toEqual(whole);
  });

  it('goes on with a conversation that it keeps itself', async () => {
    const first = await client.responses.create({ model: MODEL, input: [{ role: 'user', content: '第二部分第（三）项讲什么？' }] });
    const second = await client.responses.create({
      model: MODEL,
      instructions: 'Answer in verse.',
      input: [
        { role: 'user', content: '第二部分第（三）项讲什么？' },
        ...first.output.filter((item) => item.type === 'message'),
        { role: 'user', content: [{ type: 'input_text', text: '下一项呢？' }] },
      ],
    });
    const history = [
      { role: 'user', content: '第二部分第（三）项讲什么？' },
      { role: 'assistant', content: (await ask(server.url, { question: '第二部分第（三）项讲什么？' })).answer },
    ];
    expect(second).toMatchObject({ youju: { answer: (await ask(server.url, { question: '下一项呢？', history })).answer } });
  });

  it.each([
    ['a response that would have to be stored', { input: EXPO_QUESTION, previous_response_id: 'resp_1' }, /send the whole conversation/],
    ['an answer in the background', { input: EXPO_QUESTION, background: true }, /at once/],
    ['JSON instead of citations', { input: EXPO_QUESTION, text: { format: { type: 'json_object' } } }, /made of citations/],
    ['no question', { input: [{ role: 'assistant', content: '好' }] }, /has no question/],
    ['a question that is too long', { input: '？'.repeat(501) }, /longer than 500/],
  ])('refuses %s', async (_what, request, message) => {
    const refused = client.post('/responses', { body: { model: MODEL, ...request } });
    await expect(refused).rejects.toThrow(OpenAI.BadRequestError);
    await expect(refused).rejects.toThrow(message);
  });
});

describe('a chat model behind responses', () => {
  it('that fails half-way has its verified sentences followed by an extract, and every offset still cuts a sentence', async () => {
    const { server: failing } = await startScriptedServer('breaks off');
    const events = await eventsOf(openAiClient(failing), EXPO_QUESTION, 'youju');
    const last = events.at(-1);
    if (last?.type !== 'response.completed') throw new Error('not completed');
    const { text, citations } = textOf(last.response);
    expect(last.response).toMatchObject({ youju: { degraded: 'model-error' } });
    expect(text).toBe(events.map((event) => (event.type === 'response.output_text.delta' ? event.delta : '')).join(''));
    expect(citations.length).toBeGreaterThan(1);
    expect(await findWrongAnnotations(failing.url, text, citations, false)).toEqual([]);
  });

  it('is told that the client left half-way', async () => {
    const { server: slow, model } = await startScriptedServer('hangs mid-stream');
    const stream = openAiClient(slow).responses.stream({ model: 'youju', input: EXPO_QUESTION });
    for await (const event of stream) if (event.type === 'response.output_text.delta') break;
    stream.abort();
    await expect.poll(() => model.abandoned, { timeout: 10_000 }).toBe(1);
  });
});
