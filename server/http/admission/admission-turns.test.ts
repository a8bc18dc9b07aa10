import { createServer } from 'node:http';
import { connect } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { Admission } from './admission.ts';

const REQUESTS = 32;
const LONG_MILLISECONDS = 2;
const HELD_UP_MILLISECONDS = 50;

function computeFor(milliseconds: number): void {
  for (const until = performance.now() + milliseconds; performance.now() < until; );
}

/** In which turns of the event loop requests were started that arrived together, each of which then computes for so long. */
async function turnsOf(milliseconds: number): Promise<number[]> {
  const admission = new Admission({
    mostInFlight: 64,
    longestMilliseconds: 10_000,
    stopping: new AbortController().signal,
    shed: (response) => void response.writeHead(503).end(),
    onQueueWait: () => {},
  });
  let turn = 0;
  let counting: NodeJS.Immediate;
  const count = () => {
    turn++;
    counting = setImmediate(count);
  };
  const turns: number[] = [];
  const server = createServer((request, response) =>
    admission.admit(request, response, 'problem', () => {
      turns.push(turn);
      computeFor(milliseconds);
      response.end();
    }),
  );
  let accepted = 0;
  server.on('connection', () => accepted++);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const sockets = Array.from({ length: REQUESTS }, () => connect(address.port, '127.0.0.1'));
  onTestFinished(() => {
    clearImmediate(counting);
    admission.stop();
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  await expect.poll(() => accepted).toBe(REQUESTS);
  count();
  for (const socket of sockets) socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
  // Meanwhile all of them arrive.
  computeFor(HELD_UP_MILLISECONDS);
  await expect.poll(() => turns.length).toBe(REQUESTS);
  return turns;
}

test('short answers share a turn of the event loop, and long ones have one each', async () => {
  expect(new Set(await turnsOf(0)).size).toBeLessThan(REQUESTS);
  expect(new Set(await turnsOf(LONG_MILLISECONDS)).size).toBe(REQUESTS);
});
