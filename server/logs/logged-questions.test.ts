import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { ChatModel } from '../answering/model/chat-model.ts';
import { SCRIPTS, type Script, type ScriptName, says } from '../testing/chat-model/chat-scripts.ts';
import { ScriptedChatModel } from '../testing/chat-model/scripted-chat-model.ts';
import { postJson } from '../testing/clients/ask.ts';
import { CLIENTS } from '../testing/clients/mcp-clients.ts';
import { postRaw, sendAndHangUp, sendRaw } from '../testing/clients/send-raw.ts';
import { postChat } from '../testing/clients/ui-messages.ts';
import { EXPO_QUESTION, STATEMENT_ID } from '../testing/statement.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { strictAnswer } from '../testing/wire-schemas.ts';

const CANARY = 'zyx-canary';
/** A question that is answered, and one that is not. */
const QUESTIONS = [`${EXPO_QUESTION} ${CANARY}`, `Who is ${CANARY}?`];
const OFF_TOPIC = '今天天气怎么样？';
/** Of pino. */
const ERROR_LEVEL = 50;
const KEY = 'sk-never-to-be-logged';

/** The question's words in any form that they could slip out in. */
const formsOf = (words: string) => [
  words,
  encodeURIComponent(words),
  Buffer.from(words).toString('base64').slice(2, -4),
  JSON.stringify([...Buffer.from(words)]).slice(1, -1),
];
const GIVEAWAYS = [CANARY, EXPO_QUESTION, KEY, 'Bearer'].flatMap(formsOf);

const lines = ({ logs }: TestServer) => logs.map((line): Record<string, unknown> => JSON.parse(line));
const metricsOf = async ({ url }: TestServer) => (await fetch(`${url}/metrics`)).text();
const read = async (response: Response | Promise<Response>) => void (await (await response).text());
const authorised = { Authorization: `Bearer ${CANARY}` };

/** A question through every route that takes one, in every form of answer. */
async function askEverywhere({ url, port }: TestServer, question: string): Promise<void> {
  for (const Accept of ['application/json', 'text/event-stream', 'application/ld+json'])
    await read(postJson(`${url}/api/ask`, { question, history: [{ role: 'user', content: question }] }, { Accept, ...authorised }));
  await read(postChat(url, question));
  for (const stream of [true, false]) {
    for (const model of ['youju-extractive', 'youju', question]) {
      await read(postJson(`${url}/v1/chat/completions`, { model, stream, messages: [{ role: 'user', content: question }] }, authorised));
      await read(postJson(`${url}/v1/responses`, { model, stream, input: question }));
    }
  }
  await read(postJson(`${url}/api/search`, { query: question }));
  await read(postJson(`${url}/api/verify`, { quote: question }));
  await read(postJson(`${url}/api/feedback`, { answerId: question, rating: 'up', comment: question }));
  await read(fetch(`${url}/documents/${STATEMENT_ID}/check`, { method: 'POST', body: new URLSearchParams({ quote: question }) }));
  const client = await CLIENTS['of 2025'](`${url}/mcp`);
  for (const [tool, args] of Object.entries({ ask: { question }, search: { query: question }, verify_quote: { quote: question } }))
    await client.call(tool, args);
  await client.call('ask', { question: [question] }).catch(() => {});
  await client.close();
  await sendAndHangUp(
    port,
    `POST /api/ask HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 999\r\n\r\n{"question":"${CANARY}`,
  );
}

/** A question where none belongs, and in every form that is refused. */
async function misplace({ url, port }: TestServer, question: string): Promise<void> {
  const escaped = encodeURIComponent(question);
  for (const path of [
    `/?question=${escaped}`,
    `/${escaped}`,
    `/api/documents/${escaped}`,
    `/documents/${escaped}?q=${escaped}`,
    `/readyz?${escaped}`,
    `/api/chat/${escaped}/stream`,
  ])
    await read(fetch(`${url}${path}`, { headers: { Referer: `${url}/?${escaped}`, 'User-Agent': escaped } }));
  for (const body of [
    `{"question":"${question}`,
    `{"question":["${question}"]}`,
    `"${question}"`,
    JSON.stringify({ question, documentId: question }),
    JSON.stringify({ question: question.repeat(200) }),
    JSON.stringify({ question: question.repeat(2000) }),
  ]) {
    await postRaw(port, body);
    for (const path of ['/mcp', '/v1/responses', '/api/chat', '/api/verify'])
      await sendRaw(port, { method: 'POST', path, headers: { 'content-type': 'application/json' }, body });
  }
  await postRaw(port, question, { 'content-type': 'text/plain' });
  await postRaw(port, question, { 'content-encoding': 'gzip' });
  await sendRaw(port, { method: 'PUT', path: '/api/ask', body: question });
}

/** A fault of ours whose message quotes the question, as V8's and an SDK's do. */
class QuotingModel extends ChatModel {
  override async *lines({ user }: { user: string }): AsyncGenerator<string> {
    yield JSON.parse(/<question>(.*)<\/question>/su.exec(user)?.[1] ?? '');
  }
}

describe('with LOG_QUESTIONS off', () => {
  let model: ScriptedChatModel;
  let server: TestServer;

  beforeAll(async () => {
    model = await ScriptedChatModel.start();
    server = await startTestServer({
      chatModel: new ChatModel({ model: 'scripted', apiKey: KEY, baseUrl: model.baseUrl, timeoutMilliseconds: 2000 }),
    });
  });
  afterAll(async () => {
    await server.close();
    await model.close();
  });

  const repeatsTheQuestion: Script = ({ response }) => {
    response.writeHead(400, { 'Content-Type': 'application/json' }).end(JSON.stringify({ error: { message: QUESTIONS.join(' ') } }));
  };

  test('no line of the log and no metric has a word of a question, whatever becomes of it', async () => {
    for (const question of QUESTIONS) {
      model.play('faithful');
      await askEverywhere(server, question);
      await misplace(server, question);
      for (const script of Object.keys(SCRIPTS).filter((name): name is ScriptName => !name.startsWith('hangs'))) {
        model.play(script);
        await read(postJson(`${server.url}/api/ask`, { question }));
      }
      for (const script of [repeatsTheQuestion, says(() => '', question)]) {
        model.play(script);
        await read(postJson(`${server.url}/api/ask`, { question }));
      }
    }
    const requests = () => lines(server).filter(({ msg }) => msg === 'request');
    await expect.poll(() => requests().length).toBeGreaterThan(180);
    const told = `${server.logs.join('')}${await metricsOf(server)}`;
    for (const giveaway of GIVEAWAYS) expect(told).not.toContain(giveaway);
  }, 120_000);

  test('each line has the id of its request, and each answer one line of its own', async () => {
    const before = server.logs.length;
    model.play('faithful');
    const response = await postJson(`${server.url}/api/ask`, { question: EXPO_QUESTION });
    await response.text();
    await expect
      .poll(() =>
        lines(server)
          .slice(before)
          .map(({ msg }) => msg),
      )
      .toEqual(['answer', 'request']);
    const requestId = response.headers.get('X-Request-Id');
    const [answer] = lines(server).slice(before);
    expect(answer).toMatchObject({ requestId, status: 'answered', language: 'zh-Hans', generator: 'scripted', dropped: 0 });
    expect(Object.keys(Object(answer?.['milliseconds']))).toEqual([
      'understand',
      'embed',
      'retrieve',
      'weigh',
      'verify',
      'first-event',
      'generate',
    ]);
    for (const line of lines(server)) expect(line['requestId']).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('a fault whose message quotes the question is logged with its kind and place alone', async () => {
    const broken = await startTestServer({ chatModel: new QuotingModel({ model: 'quoting', timeoutMilliseconds: 2000 }) });
    onTestFinished(broken.close);
    const [question] = QUESTIONS;
    await read(postJson(`${broken.url}/api/ask`, { question }));
    await read(postJson(`${broken.url}/api/ask`, { question }, { Accept: 'text/event-stream' }));
    await read(postJson(`${broken.url}/v1/responses`, { model: 'youju', input: question }));
    await read(postChat(broken.url, String(question)));
    const failures = lines(broken).filter(({ level }) => level === ERROR_LEVEL);
    expect(failures.map(({ msg }) => msg)).toEqual(Array(4).fill('request failed'));
    for (const { err, requestId } of failures) {
      expect(requestId).toBeTypeOf('string');
      expect(err).toEqual({ type: 'SyntaxError', frames: expect.arrayContaining([expect.stringContaining('QuotingModel')]) });
    }
    for (const giveaway of GIVEAWAYS) expect(broken.logs.join('')).not.toContain(giveaway);
  });
});

test('with LOG_QUESTIONS on, the line of an answer has the question and what was cited', async () => {
  const server = await startTestServer({ configuration: { LOG_QUESTIONS: true } });
  onTestFinished(server.close);
  const { answer, citations } = strictAnswer.parse(await (await postJson(`${server.url}/api/ask`, { question: EXPO_QUESTION })).json());
  await read(postJson(`${server.url}/api/ask`, { question: OFF_TOPIC }));
  const told = lines(server).filter(({ msg }) => msg === 'answer');
  const cited = citations.map(({ documentId, paragraphId }) => `${documentId}#${paragraphId}`);
  expect(told).toMatchObject([
    { question: EXPO_QUESTION, turnsBefore: 0, status: 'answered', generator: 'extractive', cited },
    { question: OFF_TOPIC, turnsBefore: 0, status: 'abstained', reason: 'off-topic', cited: [] },
  ]);
  expect(server.logs.join('')).not.toContain(answer);
  expect(await metricsOf(server)).not.toContain(EXPO_QUESTION);
});
