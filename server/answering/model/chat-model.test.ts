import { setTimeout as wait } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { ScriptedChatModel } from '../../testing/chat-model/scripted-chat-model.ts';
import { ChatModel } from './chat-model.ts';

it.each(['while the client is being loaded', 'before the next line is read'])(
  'a signal that comes %s ends the stream, and leaves no rejection unheard: that would end the process',
  async (when) => {
    const scripted = await ScriptedChatModel.start();
    onTestFinished(() => scripted.close());
    scripted.play('hangs mid-stream');
    const model = new ChatModel({ model: 'scripted', apiKey: 'none', baseUrl: scripted.baseUrl, timeoutMilliseconds: 60_000 });
    const unheard: unknown[] = [];
    const listen = (reason: unknown) => void unheard.push(reason);
    process.on('unhandledRejection', listen);
    onTestFinished(() => void process.off('unhandledRejection', listen));
    const client = new AbortController();
    const budget = model.newBudget(client.signal);
    onTestFinished(() => budget.release());
    const lines = model.lines({ system: 'Answer.', user: '<sentences>\nS1 (Part I) 双方合作。\n</sentences>' }, budget);
    if (when === 'before the next line is read') expect((await lines.next()).value).toContain('S1');
    const next = when === 'while the client is being loaded' ? lines.next() : undefined;
    client.abort();
    await expect(next ?? lines.next()).rejects.toMatchObject({ reason: 'model-timeout' });
    await wait(100);
    expect(unheard).toEqual([]);
  },
);
