import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import type { ScriptName } from './testing/chat-model/chat-scripts.ts';
import { ScriptedChatModel } from './testing/chat-model/scripted-chat-model.ts';
import { askForStream, eventsOf } from './testing/clients/ask.ts';
import { postRaw, sendRaw } from './testing/clients/send-raw.ts';
import { type RunningServer, serveCompiled } from './testing/run-server.ts';
import { EXPO_QUESTION, statementDataFolder } from './testing/statement.ts';

const QUESTION = JSON.stringify({ question: EXPO_QUESTION });
/** A container is killed ten seconds after SIGTERM. */
const MOST_MILLISECONDS = 10_000;

/** The compiled server with a model that plays this script, and time to wait for it. */
async function serve(script: ScriptName): Promise<RunningServer & { port: number; model: ScriptedChatModel }> {
  const model = await ScriptedChatModel.start();
  onTestFinished(() => model.close());
  model.play(script);
  const server = await serveCompiled({
    DATA_DIR: await statementDataFolder(),
    CHAT_MODEL: 'scripted-model',
    OPENAI_BASE_URL: model.baseUrl,
    CHAT_TIMEOUT_SECONDS: '600',
  });
  return { ...server, port: Number(new URL(server.url).port), model };
}

function open(port: number, text: string): Socket {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => {});
  onTestFinished(() => {
    socket.destroy();
  });
  socket.write(text);
  return socket;
}

async function expectEnd(server: RunningServer, stopped: number): Promise<void> {
  expect(await server.ending).toMatchObject({ code: 0, signal: null, stderr: '' });
  expect(performance.now() - stopped).toBeLessThan(MOST_MILLISECONDS);
}

test('a stream in progress ends with its answer, newcomers are sent away in their own protocol, and the server ends', async () => {
  const server = await serve('hangs mid-stream');
  const stream = eventsOf(await askForStream(server.url, { question: EXPO_QUESTION }));
  expect((await stream.next()).value).toMatchObject({ event: 'citation' });
  const stopped = performance.now();
  server.child.kill('SIGTERM');
  await expect.poll(async () => (await sendRaw(server.port, { path: '/readyz' })).status, { interval: 10 }).toBe(503);

  const asked = await postRaw(server.port, QUESTION);
  expect(asked).toMatchObject({ status: 503, headers: { connection: 'close', 'retry-after': '10' } });
  expect(JSON.parse(asked.body)).toMatchObject({ code: 'shutting-down' });
  const send = (path: string) =>
    sendRaw(server.port, { method: 'POST', path, headers: { 'content-type': 'application/json' }, body: QUESTION });
  expect(JSON.parse((await send('/v1/responses')).body)).toMatchObject({ error: { type: 'server_error', code: 'shutting_down' } });
  expect(JSON.parse((await send('/mcp')).body)).toMatchObject({ error: { data: { code: 'shutting-down' } } });

  let last: unknown;
  for await (const event of stream) last = event;
  expect(last).toMatchObject({ event: 'answer-end', data: { status: 'answered', generator: 'extractive' } });
  await expectEnd(server, stopped);
});

test('whatever clients and models do, the server ends', async () => {
  const server = await serve('hangs before headers');
  // Who asks the same shares one call.
  let asked = 0;
  const request = (accept = '*/*') => {
    const body = JSON.stringify({ question: `${EXPO_QUESTION}${++asked}` });
    const headers = `Host: a\r\nAccept: ${accept}\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}`;
    return `POST /api/ask HTTP/1.1\r\n${headers}\r\n\r\n${body}`;
  };
  // The model’s client is loaded with the first question, which holds the process up for a second or two.
  open(server.port, request());
  await expect.poll(() => server.model.calls, { timeout: 20_000 }).toBe(1);
  // Some wait for JSON, some read no stream, some are idle, some send half a request, some send one after the other.
  for (let client = 0; client < 5; client++) {
    open(server.port, request());
    open(server.port, request('text/event-stream')).pause();
    open(server.port, 'GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n');
    open(server.port, request().slice(0, -5));
    const insisting = open(server.port, 'GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n');
    insisting.on('data', () => insisting.write('GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n'));
  }
  await expect.poll(() => server.model.calls, { timeout: 10_000 }).toBe(11);
  const stopped = performance.now();
  server.child.kill('SIGTERM');
  await expectEnd(server, stopped);
});

test('a server that nobody asks ends at once', async () => {
  const server = await serve('faithful');
  const idle = open(server.port, 'GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n');
  await once(idle, 'data');
  server.child.kill('SIGTERM');
  await once(idle, 'end');
  expect(await server.ending).toMatchObject({ code: 0 });
});
