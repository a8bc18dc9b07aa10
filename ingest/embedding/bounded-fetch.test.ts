import { createServer, type ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { boundedFetch } from './bounded-fetch.ts';

const SOON = 200;
const MOST_BYTES = 1000;

/** A server that answers so, and how many of its exchanges are still going on. */
async function serve(answer: (response: ServerResponse) => unknown) {
  let open = 0;
  const server = createServer((_request, response) => {
    open++;
    response.once('close', () => open--);
    answer(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { url: `http://127.0.0.1:${port}/`, open: () => open };
}

const fetchSoon = boundedFetch(SOON, MOST_BYTES);

describe('boundedFetch', () => {
  it('gives the answer, its status and its headers', async () => {
    const { url } = await serve((response) => response.writeHead(418, { 'X-Sort': 'tea' }).end('短而粗'));
    const response = await fetchSoon(url);
    expect([response.status, response.headers.get('x-sort'), await response.text()]).toEqual([418, 'tea', '短而粗']);
  });

  it.each<[string, (response: ServerResponse) => unknown]>([
    ['before the headers', () => {}],
    ['after the headers', (response) => response.writeHead(200).flushHeaders()],
    ['in the body', (response) => response.write('{"data": [')],
  ])('gives up on an endpoint that hangs %s, and closes the connection', async (_, answer) => {
    const { url, open } = await serve(answer);
    await expect(fetchSoon(url)).rejects.toThrow('timed out');
    await expect.poll(open).toBe(0);
  });

  it('gives up on an answer without end, and closes the connection', async () => {
    const { url, open } = await serve((response) => {
      const flood = setInterval(() => response.write('0,'.repeat(100)), 1);
      response.on('close', () => clearInterval(flood));
    });
    await expect(boundedFetch(10_000, MOST_BYTES)(url)).rejects.toThrow('longer than 1000 bytes');
    await expect.poll(open).toBe(0);
  });

  it('counts what a compressed answer unpacks to', async () => {
    const { url } = await serve((response) =>
      response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(gzipSync('0'.repeat(MOST_BYTES + 1))),
    );
    await expect(fetchSoon(url)).rejects.toThrow('longer than 1000 bytes');
  });

  it('ends with its caller', async () => {
    const { url } = await serve(() => {});
    await expect(boundedFetch(10_000, MOST_BYTES)(url, { signal: AbortSignal.timeout(20) })).rejects.toMatchObject({
      name: 'TimeoutError',
    });
  });
});
