import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { EmbeddingModel } from '../../../ingest/embedding/embedding-model.ts';
import type { Script } from '../../testing/chat-model/chat-scripts.ts';
import { SCRIPTS } from '../../testing/chat-model/chat-scripts.ts';
import { ScriptedChatModel } from '../../testing/chat-model/scripted-chat-model.ts';
import { ask, askForStream, eventsOf, getDocument, postJson, streamAnswer, streamedText } from '../../testing/clients/ask.ts';
import { findMisquotes } from '../../testing/find-misquotes.ts';
import { EXPO_CITY, EXPO_QUESTION, openStatement, STATEMENT_ID, STATEMENT_SOURCE } from '../../testing/statement.ts';
import { startTestServer, type TestServer } from '../../testing/test-server.ts';
import type { CheckedAnswer } from '../../testing/wire-schemas.ts';
import type { AnswerStep } from '../answer-step.ts';
import { ChatModel } from '../model/chat-model.ts';
import { type AnswerSource, SharedAnswers } from './shared-answers.ts';

const HOUR = 3_600_000;

let scripted: ScriptedChatModel;
let server: TestServer;
let clock: { milliseconds: number };
let sources: AnswerSource[];
let shared: SharedAnswers;

beforeEach(async () => {
  scripted = await ScriptedChatModel.start();
  onTestFinished(() => scripted.close());
  clock = { milliseconds: 1 };
  sources = [];
  shared = new SharedAnswers({ now: () => clock.milliseconds, onAnswer: (source) => sources.push(source) });
  server = await startTestServer({ chatModel: chatModel(), shared });
  onTestFinished(() => server.close());
});

const chatModel = (timeoutMilliseconds = 30_000) =>
  new ChatModel({ model: 'scripted', apiKey: 'none', baseUrl: scripted.baseUrl, timeoutMilliseconds });

const withoutId = ({ id: _, ...answer }: CheckedAnswer) => answer;

/** A script that waits until it is let go. */
function held(script: Script) {
  let letGo = () => {};
  const gate = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const heldScript: Script = async (exchange) => {
    await gate;
    return script(exchange);
  };
  return { script: heldScript, letGo };
}

describe('an answer that the model wrote', () => {
  test('is given again for an hour without a call, under an id of its own, streamed or whole', async () => {
    scripted.play('faithful');
    const first = await ask(server.url, { question: EXPO_QUESTION });
    const again = await ask(server.url, { question: EXPO_QUESTION });
    const events = await streamAnswer(server.url, { question: `  ${EXPO_QUESTION} ` });
    const last = events.at(-1);
    if (last?.event !== 'answer-end') throw new Error(`the last event is ${last?.event}`);
    expect(first.generator).toBe('scripted');
    expect(withoutId(again)).toEqual(withoutId(first));
    expect(withoutId(last.data)).toEqual(withoutId(first));
    expect(streamedText(events)).toBe(first.answer);
    expect(new Set([first.id, again.id, last.data.id]).size).toBe(3);
    expect(findMisquotes(again, await getDocument(server.url, STATEMENT_ID), STATEMENT_SOURCE)).toEqual([]);
    expect(scripted.calls).toBe(1);
    clock.milliseconds += HOUR;
    await ask(server.url, { question: EXPO_QUESTION });
    expect(scripted.calls).toBe(1);
    clock.milliseconds += 1;
    await ask(server.url, { question: EXPO_QUESTION });
    expect(scripted.calls).toBe(2);
    expect(sources).toEqual(['miss', 'hit', 'hit', 'hit', 'miss']);
    expect(shared.characters).toBeGreaterThan(first.answer.length);
  });

  test('can be rated by each who got it', async () => {
    scripted.play('faithful');
    for (let client = 0; client < 2; client++) {
      const { id } = await ask(server.url, { question: EXPO_QUESTION });
      expect((await postJson(`${server.url}/api/feedback`, { answerId: id, rating: 'up' })).status).toBe(204);
    }
    expect(scripted.calls).toBe(1);
  });

  test.each([
    ['another question', { question: '双方在能源领域有哪些合作？' }],
    ['another conversation', { question: EXPO_QUESTION, history: [{ role: 'user', content: '你好' }] }],
    ['another language', { question: EXPO_QUESTION, language: 'en' }],
    ['one document', { question: EXPO_QUESTION, documentId: STATEMENT_ID }],
    ['traditional characters', { question: '第二屆中國國際進口博覽會在哪裡舉辦？' }],
  ])('is not given to %s', async (_, body) => {
    scripted.play('faithful');
    await ask(server.url, { question: EXPO_QUESTION });
    const { calls } = scripted;
    const answer = await ask(server.url, body);
    expect(answer.generator).toBe('scripted');
    expect(scripted.calls).toBeGreaterThan(calls);
  });

  test('has links that lead where the client asked', async () => {
    scripted.play('faithful');
    await ask(server.url, { question: EXPO_QUESTION });
    const elsewhere = server.url.replace('127.0.0.1', 'localhost');
    const { citations } = await ask(elsewhere, { question: EXPO_QUESTION });
    for (const { url } of citations) expect(url).toContain(elsewhere);
    expect(scripted.calls).toBe(2);
  });
});

describe.each(['fails', 'breaks off', 'invents quotes', 'finds no answer'] as const)('an answer of a model that %s', (script) => {
  test('is not kept', async () => {
    scripted.play(script);
    await ask(server.url, { question: EXPO_QUESTION });
    const { calls } = scripted;
    await ask(server.url, { question: EXPO_QUESTION });
    expect(scripted.calls).toBe(2 * calls);
    expect(sources).toEqual(['miss', 'miss']);
    expect(shared.characters).toBe(0);
  });
});

test('a question by number is answered by the paragraph, and not kept', async () => {
  expect((await ask(server.url, { question: '第二部分第六项的内容是什么？' })).generator).toBe('extractive');
  expect(shared.characters).toBe(0);
});

describe('clients who ask the same at the same time', () => {
  const CLIENTS = 12;
  const askAll = () => Array.from({ length: CLIENTS }, () => ask(server.url, { question: EXPO_QUESTION }));

  test('share one call', async () => {
    const { script, letGo } = held(SCRIPTS.faithful);
    scripted.play(script);
    const answers = askAll();
    await expect.poll(() => sources.length).toBe(CLIENTS);
    letGo();
    const [first, ...others] = await Promise.all(answers);
    if (!first) throw new Error('nobody asked');
    expect(first.generator).toBe('scripted');
    for (const other of others) expect(withoutId(other)).toEqual(withoutId(first));
    expect(new Set([first, ...others].map(({ id }) => id)).size).toBe(CLIENTS);
    expect(scripted.calls).toBe(1);
    expect(sources.filter((source) => source === 'joined')).toHaveLength(CLIENTS - 1);
  });

  test('share its failure', async () => {
    const { script, letGo } = held(SCRIPTS.fails);
    scripted.play(script);
    const answers = askAll();
    await expect.poll(() => sources.length).toBe(CLIENTS);
    letGo();
    for (const { degraded, status } of await Promise.all(answers))
      expect({ degraded, status }).toEqual({ degraded: 'model-error', status: 'answered' });
    // One, and its retry.
    expect(scripted.calls).toBe(2);
  });

  test('do not lose it when some of them leave; when all have left the call is ended', async () => {
    const { script, letGo } = held(SCRIPTS.faithful);
    scripted.play(script);
    const leaving = new AbortController();
    const streams = Array.from({ length: 3 }, () =>
      askForStream(server.url, { question: EXPO_QUESTION }, leaving.signal).catch(() => undefined),
    );
    const staying = ask(server.url, { question: EXPO_QUESTION });
    await expect.poll(() => sources.length).toBe(4);
    leaving.abort();
    await Promise.all(streams);
    letGo();
    expect((await staying).generator).toBe('scripted');
    expect(scripted.calls).toBe(1);

    scripted.play('hangs mid-stream');
    const all = new AbortController();
    const open = Array.from({ length: 3 }, async () =>
      eventsOf(await askForStream(server.url, { question: '双方在能源领域有哪些合作？' }, all.signal)).next(),
    );
    await Promise.all(open);
    expect(scripted).toMatchObject({ calls: 1, abandoned: 0 });
    all.abort();
    await expect.poll(() => scripted.abandoned).toBe(1);
    // Who comes then has a run of their own.
    scripted.play('faithful');
    expect((await ask(server.url, { question: '双方在能源领域有哪些合作？' })).generator).toBe('scripted');
    expect(server.logs.filter((line) => line.includes('"level":50'))).toEqual([]);
  });

  test('see the sentences from the first on, whenever they come', async () => {
    scripted.play('hangs mid-stream');
    const early = eventsOf(await askForStream(server.url, { question: EXPO_QUESTION }));
    const [citation, text] = [await early.next(), await early.next()];
    const late = eventsOf(await askForStream(server.url, { question: EXPO_QUESTION }));
    expect([await late.next(), await late.next()]).toEqual([citation, text]);
    expect(scripted.calls).toBe(1);
    await Promise.all([early.return(undefined), late.return(undefined)]);
  });
});

describe('a client whose time is over while others go on waiting', () => {
  async function askedAlone(script: 'hangs mid-stream' | 'hangs before headers'): Promise<AnswerStep[]> {
    scripted.play(script);
    const dependencies = {
      index: await openStatement(),
      embeddingModel: new EmbeddingModel({}),
      chatModel: chatModel(),
      publicUrl: 'http://localhost',
      onDegraded: () => {},
    };
    const [other, own] = [new AbortController(), new AbortController()];
    const others = shared.answer({ question: EXPO_QUESTION }, dependencies, other.signal);
    const others1 = others.next();
    const steps: AnswerStep[] = [];
    const following = (async () => {
      for await (const step of shared.answer({ question: EXPO_QUESTION }, dependencies, own.signal)) steps.push(step);
    })();
    await expect.poll(() => (script === 'hangs mid-stream' ? steps.length : scripted.calls)).toBeGreaterThan(0);
    own.abort(new Error('time is over'));
    await following;
    expect(scripted).toMatchObject({ calls: 1, abandoned: 0 });
    other.abort(new Error('all is over'));
    await others1;
    await others.return(undefined);
    return steps;
  }

  test('gets the extract, which says why', async () => {
    const last = (await askedAlone('hangs before headers')).at(-1);
    expect(last).toMatchObject({ event: 'answer-end', data: { degraded: 'model-timeout', answer: expect.stringContaining(EXPO_CITY) } });
  });

  test('after sentences of the model gets its end alone, so that no marker stands for two citations', async () => {
    const steps = await askedAlone('hangs mid-stream');
    const markers = steps.flatMap((step) => (step.event === 'citation' ? [step.data.marker] : []));
    expect(new Set(markers).size).toBe(markers.length);
    expect(steps.at(-1)).toMatchObject({ event: 'answer-end', data: { generator: 'extractive', degraded: 'model-timeout' } });
  });
});

describe('an extract', () => {
  test('is the same for who asks again, under an id of its own, and another of another index or for other words', async () => {
    const index = await openStatement();
    const dependencies = { index, embeddingModel: new EmbeddingModel({}), publicUrl: 'http://localhost', onDegraded: () => {} };
    const extracts = new SharedAnswers();
    const first = await extracts.answerAtOnce({ question: EXPO_QUESTION }, dependencies);
    const again = await extracts.answerAtOnce({ question: ` ${EXPO_QUESTION}` }, dependencies);
    expect({ ...again, id: first.id }).toEqual(first);
    expect(again.id).not.toBe(first.id);
    // The very same quotes: nothing was retrieved again.
    expect(again.citations).toBe(first.citations);
    for (const [question, publicUrl] of [
      [`${EXPO_QUESTION}在哪里？`, 'http://localhost'],
      [EXPO_QUESTION, 'https://other.example'],
    ] as const)
      expect((await extracts.answerAtOnce({ question }, { ...dependencies, publicUrl })).citations).not.toBe(first.citations);
    await expect(extracts.answerAtOnce({ question: EXPO_QUESTION, documentId: 'none' }, dependencies)).rejects.toMatchObject({
      code: 'unknown-document',
    });
  });
});
