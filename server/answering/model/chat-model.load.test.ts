import { expect, it, onTestFinished, vi } from 'vitest';
import { ScriptedChatModel } from '../../testing/chat-model/scripted-chat-model.ts';
import { ChatModel } from './chat-model.ts';

const loaded = vi.hoisted((): string[] => []);
vi.mock(import('langchain/chat_models/universal'), async (importOriginal) => {
  loaded.push('client');
  return importOriginal();
});

it('has its client before the first question, where it was told to load it', async () => {
  const scripted = await ScriptedChatModel.start();
  onTestFinished(() => scripted.close());
  const model = new ChatModel({ model: 'scripted', apiKey: 'none', baseUrl: scripted.baseUrl, timeoutMilliseconds: 60_000 });
  expect(loaded).toEqual([]);
  await model.load();
  expect(loaded).toEqual(['client']);
  expect(scripted.calls).toBe(0);
  const budget = model.newBudget(new AbortController().signal);
  onTestFinished(() => budget.release());
  const lines = model.lines({ system: 'Answer.', user: '<sentences>\nS1 (Part I) 双方合作。\n</sentences>' }, budget);
  expect((await lines.next()).value).toContain('S1');
});
