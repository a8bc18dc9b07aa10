import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../../../ingest/testing/temporary-folder.ts';
import type { ScriptName } from '../../testing/chat-model/chat-scripts.ts';
import { ScriptedChatModel } from '../../testing/chat-model/scripted-chat-model.ts';
import { ask, askForStream, eventsOf } from '../../testing/clients/ask.ts';
import { EXPO_CITY, EXPO_QUESTION } from '../../testing/statement.ts';
import { startTestServer, type TestServer } from '../../testing/test-server.ts';
import { ChatModel } from './chat-model.ts';
import { CircuitBreaker } from './circuit-breaker.ts';
import { DailyCalls } from './daily-calls.ts';
import type { ModelGuards } from './model-budget.ts';

/** In another language than the document: the model is asked to rewrite it first. */
const FOREIGN_QUESTION = 'Where is the second China International Import Expo held?';

let scripted: ScriptedChatModel;
let outcomes: string[];
beforeEach(async () => {
  scripted = await ScriptedChatModel.start();
  onTestFinished(() => scripted.close());
  outcomes = [];
});

async function startServer(guards: ModelGuards, timeoutMilliseconds = 30_000): Promise<TestServer> {
  const configuration = { model: 'scripted', apiKey: 'none', baseUrl: scripted.baseUrl, timeoutMilliseconds };
  const chatModel = new ChatModel(configuration, { ...guards, onCall: (outcome) => outcomes.push(outcome) });
  const server = await startTestServer({ chatModel });
  onTestFinished(() => server.close());
  return server;
}

async function askTimes(server: TestServer, script: ScriptName, times: number): Promise<(string | undefined)[]> {
  scripted.play(script);
  const reasons: (string | undefined)[] = [];
  for (let asked = 0; asked < times; asked++) {
    const answer = await ask(server.url, { question: EXPO_QUESTION });
    expect(answer.status).toBe('answered');
    if (answer.degraded) expect(answer).toMatchObject({ generator: 'extractive', answer: expect.stringContaining(EXPO_CITY) });
    reasons.push(answer.degraded);
  }
  return reasons;
}

const times = (count: number, reason: string | undefined) => Array.from({ length: count }, () => reason);

describe('an endpoint that keeps failing', () => {
  test('is left alone after five answers, tried once after the pause, and used again when it answers', async () => {
    const clock = { milliseconds: 0 };
    const breaker = new CircuitBreaker({ now: () => clock.milliseconds });
    const server = await startServer({ breaker });
    expect(await askTimes(server, 'fails', 8)).toEqual([...times(5, 'model-error'), ...times(3, 'model-resting')]);
    // One retry each.
    expect(scripted.calls).toBe(10);
    clock.milliseconds += 15_000;
    expect(await askTimes(server, 'fails', 3)).toEqual(['model-error', 'model-resting', 'model-resting']);
    expect(scripted.calls).toBe(2);
    clock.milliseconds += 30_000;
    expect(await askTimes(server, 'faithful', 3)).toEqual(times(3, undefined));
    expect(breaker.state).toBe('closed');
    expect(server.logs.filter((line) => line.includes('a model failed'))).toHaveLength(6);
  });

  test.each(['hangs up', 'breaks off', 'hangs mid-stream', 'refuses the key and repeats it', 'answers in HTML'] as const)(
    'is left alone whatever it does: %s',
    async (script) => {
      const server = await startServer({ breaker: new CircuitBreaker() }, 300);
      expect((await askTimes(server, script, 6)).at(-1)).toBe('model-resting');
    },
  );

  test.each(['writes nothing', 'invents quotes', 'writes lines that are no JSON', 'floods', 'runs out of tokens'] as const)(
    'is something else than a model that answers badly: %s',
    async (script) => {
      const breaker = new CircuitBreaker();
      const server = await startServer({ breaker });
      expect(await askTimes(server, script, 7)).not.toContain('model-resting');
      expect(scripted.calls).toBe(7);
      expect(breaker.state).toBe('closed');
    },
  );

  test('is something else than clients that leave', async () => {
    const breaker = new CircuitBreaker();
    const server = await startServer({ breaker });
    scripted.play('hangs mid-stream');
    for (let left = 0; left < 6; left++) {
      const client = new AbortController();
      const events = eventsOf(await askForStream(server.url, { question: EXPO_QUESTION }, client.signal));
      await events.next();
      client.abort();
      await events.next().catch(() => {});
      await expect.poll(() => outcomes.length).toBe(left + 1);
    }
    expect(new Set(outcomes)).toEqual(new Set(['abandoned']));
    expect(breaker.state).toBe('closed');
  });
});

describe('the cap of a day', () => {
  test('turns answers into extracts that say so, with HTTP 200', async () => {
    const server = await startServer({ calls: new DailyCalls(await temporaryFolder(), 3) });
    expect(await askTimes(server, 'faithful', 5)).toEqual([...times(3, undefined), ...times(2, 'model-spent')]);
    expect(scripted.calls).toBe(3);
    const answer = await ask(server.url, { question: EXPO_QUESTION });
    expect(answer).toMatchObject({ generator: 'extractive', answer: expect.stringContaining('模型今日用量已满') });
  });

  test('counts each retry and each rewriting', async () => {
    const calls = new DailyCalls(await temporaryFolder(), 4);
    const server = await startServer({ calls });
    await askTimes(server, 'fails once', 1);
    expect(await calls.today()).toBe(2);
    scripted.play('faithful');
    await ask(server.url, { question: FOREIGN_QUESTION });
    expect(await calls.today()).toBe(4);
    expect(outcomes).toEqual(['model-error', 'ok', 'ok', 'ok']);
  });

  test('is kept by an answer that has its last call spent on a rewriting', async () => {
    const server = await startServer({ calls: new DailyCalls(await temporaryFolder(), 1) });
    scripted.play('faithful');
    expect(await ask(server.url, { question: FOREIGN_QUESTION })).toMatchObject({ status: 'answered', degraded: 'model-spent' });
    expect(scripted.calls).toBe(1);
  });
});
