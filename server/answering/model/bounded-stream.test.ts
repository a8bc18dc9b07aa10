import { createServer, type RequestListener } from 'node:http';
import { describe, expect, onTestFinished, test } from 'vitest';
import { drained, SCRIPTS, type Script } from '../../testing/chat-model/chat-scripts.ts';
import { ScriptedChatModel } from '../../testing/chat-model/scripted-chat-model.ts';
import { boundedStream } from './bounded-stream.ts';
import { ChatModel } from './chat-model.ts';

const MEGABYTE = 2 ** 20;
const PROMPT = { system: 'Answer.', user: '<sentences>\nS1 (Part I) 双方合作。\n</sentences>' };

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
}

/** Sends the same bytes again and again until the client hangs up, and counts them. */
class EndlessEndpoint {
  bytes = 0;
  isOver = false;
  readonly #status: number;
  readonly #part: string;

  constructor(status: number, part: string) {
    this.#status = status;
    this.#part = part;
  }

  readonly answer: RequestListener = async (_request, response) => {
    response.writeHead(this.#status, { 'Content-Type': 'text/event-stream' });
    while (!response.destroyed) {
      this.bytes += this.#part.length;
      if (!response.write(this.#part)) await drained(response);
    }
    this.isOver = true;
  };
}

/** What the kernel and Node hold beside what was read. */
const IN_THE_PIPES = 8 * MEGABYTE;

describe('a chat endpoint', () => {
  test.each([
    ['in one line', 'x'.repeat(16_384)],
    ['in many lines', `: ${'x'.repeat(200)}\n`.repeat(80)],
  ])('that never stops talking %s is cut off', async (_, part) => {
    const endless = new EndlessEndpoint(200, part);
    const response = await boundedStream(await serve(endless.answer));
    await expect(response.text()).rejects.toMatchObject({ reason: 'model-unusable-output' });
    await expect.poll(() => endless.isOver).toBe(true);
    expect(endless.bytes).toBeLessThan(2 * MEGABYTE + IN_THE_PIPES);
  });

  test.each([401, 429, 500])('that never stops talking of HTTP %i is cut off at once, and not listened to', async (status) => {
    const endless = new EndlessEndpoint(status, 'the key is sk-canary\n');
    const response = await boundedStream(await serve(endless.answer));
    expect(response.status).toBe(status);
    expect(await response.text()).toBe('');
    await expect.poll(() => endless.isOver).toBe(true);
    expect(endless.bytes).toBeLessThan(IN_THE_PIPES);
  });

  test('cannot send the prompt on to another host', async () => {
    let calls = 0;
    const other = await serve((_request, response) => {
      calls++;
      response.end();
    });
    const response = await boundedStream(await serve((_request, answer) => answer.writeHead(307, { Location: other }).end()), {
      method: 'POST',
      body: '…',
    });
    expect(response.status).toBe(307);
    expect(calls).toBe(0);
  });

  test('is asked the next time over the connection that is there', async () => {
    const ports = new Set<number | undefined>();
    const url = await serve(({ socket }, response) => {
      ports.add(socket.remotePort);
      response.end('data: 双方\n\n');
    });
    for (let call = 0; call < 3; call++) expect(await (await boundedStream(url)).text()).toBe('data: 双方\n\n');
    expect(ports.size).toBe(1);
  });

  test('that says it has nothing to say is heard', async () => {
    const response = await boundedStream(await serve((_request, answer) => answer.writeHead(204).end()));
    expect(response.status).toBe(204);
    expect(await response.text()).toBe('');
  });

  test('is read to the letter, wherever its bytes are cut', async () => {
    const text = 'data: 双方\r\n\ndata: 合作\n\nno end of line';
    const url = await serve(async (_request, response) => {
      for (const byte of Buffer.from(text)) {
        response.write(Buffer.of(byte));
        await new Promise(setImmediate);
      }
      response.end();
    });
    expect(await (await boundedStream(url)).text()).toBe(text);
  });
});

/** What an answer of an endpoint costs this process, in milliseconds of CPU. The endpoint's share is in it. */
async function cpuOf(script: Script): Promise<number> {
  const scripted = await ScriptedChatModel.start();
  onTestFinished(() => scripted.close());
  scripted.play(script);
  const model = new ChatModel({ model: 'scripted', apiKey: 'none', baseUrl: scripted.baseUrl, timeoutMilliseconds: 60_000 });
  const budget = model.newBudget(new AbortController().signal);
  onTestFinished(() => budget.release());
  const start = process.cpuUsage();
  await expect(
    (async () => {
      for await (const line of model.lines(PROMPT, budget)) void line;
    })(),
  ).rejects.toMatchObject({ reason: 'model-unusable-output' });
  const { user, system } = process.cpuUsage(start);
  expect(scripted.calls).toBe(1);
  return (user + system) / 1000;
}

const tenMegabytesOfComments: Script = ({ response }) => {
  response.writeHead(200, { 'Content-Type': 'text/event-stream' }).end(': keep-alive\n\n'.repeat((10 * MEGABYTE) / 14));
};

const tenMegabytesInOneLine: Script = ({ response }) => {
  response.writeHead(200, { 'Content-Type': 'text/event-stream' }).end(`data: ${'x'.repeat(10 * MEGABYTE)}\n\n`);
};

test.each([
  ['in one line', tenMegabytesInOneLine],
  ['of comments', tenMegabytesOfComments],
])('10 MB %s cost little more than what 16,000 characters in events do; without the bounds it was 14 s', async (_, script) => {
  await cpuOf(SCRIPTS.floods);
  const inEvents = await cpuOf(SCRIPTS.floods);
  // Measured: 15 to 25 ms; 17 ms in one line, 100 ms of comments.
  expect(await cpuOf(script)).toBeLessThan(10 * inEvents + 600);
});
