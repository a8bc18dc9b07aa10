import { expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../../ingest/testing/temporary-folder.ts';
import { ChatModel } from '../answering/model/chat-model.ts';
import { CircuitBreaker } from '../answering/model/circuit-breaker.ts';
import { DailyCalls } from '../answering/model/daily-calls.ts';
import { SharedAnswers } from '../answering/sharing/shared-answers.ts';
import { ScriptedChatModel } from '../testing/chat-model/scripted-chat-model.ts';
import { ask } from '../testing/clients/ask.ts';
import { EXPO_QUESTION } from '../testing/statement.ts';
import { startTestServer } from '../testing/test-server.ts';
import { ServerMetrics } from './server-metrics.ts';

test('what the chat model costs, and how it fails, can be watched', async () => {
  const scripted = await ScriptedChatModel.start();
  onTestFinished(() => scripted.close());
  const metrics = new ServerMetrics(() => undefined);
  const chatModel = new ChatModel(
    { model: 'scripted', apiKey: 'none', baseUrl: scripted.baseUrl, timeoutMilliseconds: 30_000 },
    {
      breaker: new CircuitBreaker(),
      calls: new DailyCalls(await temporaryFolder(), 100),
      onCall: (outcome) => metrics.model.countCall(outcome),
    },
  );
  const shared = new SharedAnswers({ onAnswer: (source) => metrics.model.countAnswer(source) });
  metrics.model.watch(chatModel, shared);
  const server = await startTestServer({ chatModel, shared, metrics });
  onTestFinished(() => server.close());

  scripted.play('faithful');
  for (let asked = 0; asked < 3; asked++) await ask(server.url, { question: EXPO_QUESTION });
  scripted.play('fails');
  for (let asked = 0; asked < 6; asked++) await ask(server.url, { question: EXPO_QUESTION, history: [{ role: 'user', content: '你好' }] });

  const told = await (await fetch(`${server.url}/metrics`)).text();
  for (const sample of [
    'youju_model_calls_total{outcome="ok"} 1',
    'youju_model_calls_total{outcome="model-error"} 10',
    'youju_model_breaker_state 2',
    'youju_model_calls_today 11',
    'youju_model_calls_cap 100',
    'youju_answer_cache_total{result="hit"} 2',
    'youju_answer_cache_total{result="miss"} 7',
    `youju_answer_cache_characters ${shared.characters}`,
    'youju_embedding_failures_total 0',
  ])
    expect(told.split('\n')).toContain(sample);
});
