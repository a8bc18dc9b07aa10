import { onTestFinished } from 'vitest';
import { ChatModel } from '../../answering/model/chat-model.ts';
import { startTestServer, type TestServer } from '../test-server.ts';
import type { ScriptName } from './chat-scripts.ts';
import { ScriptedChatModel } from './scripted-chat-model.ts';

/** A server whose chat model plays this script, for one test. */
export async function startScriptedServer(
  script: ScriptName,
  timeoutMilliseconds = 120_000,
): Promise<{ server: TestServer; model: ScriptedChatModel }> {
  const model = await ScriptedChatModel.start();
  onTestFinished(() => model.close());
  model.play(script);
  const chatModel = new ChatModel({ model: 'scripted', apiKey: 'none', baseUrl: model.baseUrl, timeoutMilliseconds });
  const server = await startTestServer({ chatModel });
  onTestFinished(() => server.close());
  return { server, model };
}
