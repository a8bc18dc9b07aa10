import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import express from 'express';
import { expect, onTestFinished, test, vi } from 'vitest';
import { type EventMessage, sendEventStream } from './event-stream.ts';

/** Serves these events to every request, on a real socket; `outcome` is how the last stream ended. */
async function serveEvents(events: () => AsyncIterable<EventMessage>) {
  const ended: ('sent' | 'client left')[] = [];
  const app = express().get('/', async (_request, response) => {
    const departure = new AbortController();
    response.on('close', () => departure.abort());
    await sendEventStream(response, events(), departure.signal).then(
      () => ended.push('sent'),
      () => ended.push('client left'),
    );
  });
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { port: address.port, url: `http://127.0.0.1:${address.port}/`, ended };
}

const delta = (text: string): EventMessage => ({ event: 'text-delta', data: JSON.stringify({ text }) });

test('writes each event as one SSE message whose data is one line of JSON', async () => {
  const { url } = await serveEvents(async function* () {
    yield delta('第一行\n第二行\r\n\u2028“引文”');
    yield delta('😀');
  });
  const text = await (await fetch(url)).text();
  expect(text).toBe(
    `event: text-delta\ndata: ${JSON.stringify({ text: '第一行\n第二行\r\n\u2028“引文”' })}\n\nevent: text-delta\ndata: {"text":"😀"}\n\n`,
  );
});

test('waits for a reader that does not read, and stops when it leaves', async () => {
  const produced: number[] = [];
  let isReleased = false;
  const { port, ended } = await serveEvents(async function* () {
    try {
      for (let count = 1; ; count++) {
        produced.push(count);
        yield delta('水'.repeat(100_000));
      }
    } finally {
      isReleased = true;
    }
  });
  const stalled = connect(port, '127.0.0.1');
  stalled.pause();
  stalled.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
  await expect.poll(() => produced.length).toBeGreaterThan(0);
  await wait(500);
  const before = produced.length;
  await wait(500);
  // Without waiting, a loop of a second produces thousands; the sockets’ own buffers hold a few dozen.
  expect(produced.length).toBe(before);
  expect(before).toBeLessThan(200);
  stalled.destroy();
  await once(stalled, 'close');
  await expect.poll(() => ended).toEqual(['client left']);
  expect(isReleased).toBe(true);
});

test('keeps an idle stream alive with comments', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  onTestFinished(() => {
    vi.useRealTimers();
  });
  const { promise: released, resolve: release } = resolvable();
  const { url } = await serveEvents(async function* () {
    await released;
    yield delta('好');
  });
  const text = (await fetch(url)).text();
  await vi.advanceTimersByTimeAsync(31_000);
  release();
  expect(await text).toBe(': keep-alive\n\n: keep-alive\n\nevent: text-delta\ndata: {"text":"好"}\n\n');
  expect(vi.getTimerCount()).toBe(0);
});

function resolvable() {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
