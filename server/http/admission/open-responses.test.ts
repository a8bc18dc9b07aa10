import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { expect, onTestFinished, test, vi } from 'vitest';
import { OpenResponses } from './open-responses.ts';

const LONGEST = 30_000;

/** Serves what never ends, to whoever asks; the clock is the test's. */
async function serveEndlessly(write: (response: ServerResponse) => unknown) {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] });
  const open = new OpenResponses(LONGEST);
  const server = createServer((_request, response) => {
    open.add(response);
    response.setHeader('Content-Type', 'text/event-stream');
    write(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    open.stop();
    vi.useRealTimers();
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const ask = () => {
    const socket = connect(typeof address === 'object' && address !== null ? address.port : 0, '127.0.0.1');
    socket.on('error', () => {});
    socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
    return socket;
  };
  return { open, ask };
}

/** More than the buffers of the system take. */
const FLOOD = Buffer.alloc(16 * 2 ** 20, '水');
const flood = (response: ServerResponse) => response.write(FLOOD);

test('who does not read is cut after ten seconds, and not before', async () => {
  const { open, ask } = await serveEndlessly(flood);
  ask().pause();
  await expect.poll(() => open.streams).toBe(1);
  vi.advanceTimersByTime(9000);
  expect(open.cut).toBe(0);
  vi.advanceTimersByTime(3000);
  expect(open.cut).toBe(1);
  await expect.poll(() => open.size).toBe(0);
});

test('who reads what there is stays, until the longest that an answer may take', async () => {
  const { open, ask } = await serveEndlessly((response) => response.write('data: 1\n\n'));
  const reader = ask();
  reader.resume();
  await expect.poll(() => open.size).toBe(1);
  vi.advanceTimersByTime(LONGEST - 2000);
  expect(open.cut).toBe(0);
  vi.advanceTimersByTime(4000);
  await once(reader, 'close');
  expect(open.cut).toBe(1);
});

test('of very many that do not read, those that have stalled longest are cut at once', async () => {
  const { open, ask } = await serveEndlessly(flood);
  for (let reader = 0; reader < 70; reader++) ask().pause();
  await expect.poll(() => open.size, { timeout: 20_000 }).toBe(70);
  vi.advanceTimersByTime(1000);
  vi.advanceTimersByTime(1000);
  await expect.poll(() => open.size).toBeLessThanOrEqual(64);
});
