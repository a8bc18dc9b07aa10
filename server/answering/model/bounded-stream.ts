import http from 'node:http';
import https from 'node:https';
import { ModelFailure } from './model-failure.ts';

/** An answer needs 0.1 MB; a model that thinks aloud for 50 s at 100 tokens a second sends 1.7 MB. */
const MOST_BYTES = 2 * 2 ** 20;
/** An event has two, and costs 50 µs of CPU behind this: 4 MB of short lines kept the process busy for seconds. */
const MOST_LINES = 10_000;
/** An event has a few hundred bytes. */
const MOST_BYTES_A_LINE = 64 * 2 ** 10;
const NEWLINE = 0x0a;

/**
 * Connections are kept for the next question: to build one costs two or three ways to the endpoint and back. Shorter than what stands in
 * between forgets an idle one after, unsaid (350 s in some clouds).
 */
const KEPT = { keepAlive: true, timeout: 60_000 };
const AGENTS = { http: new http.Agent(KEPT), https: new https.Agent(KEPT) };

/**
 * `fetch` for the chat client that bounds what the endpoint says before anything parses it: 10 MB in one line kept the client's
 * parser busy for more than 14 s. Only whole lines are passed on, so that what is looked through again and again for the end of a
 * line stays short. Of an answer that is no success only the status is: its words may repeat the key, and may never end.
 * Redirections are not followed: the next host would get the prompt, and each hop is a call. Node's own HTTP, because its `fetch` takes
 * 0.2 ms more for each call, and closes a connection that was idle for 4 s.
 */
export const boundedStream: typeof fetch = async (input, init = {}) => {
  const answer = await send(new URL(input instanceof Request ? input.url : input), init);
  const { statusCode: status = 0, statusMessage: statusText, headers } = answer;
  if (status < 200 || status >= 300 || BODILESS.has(status)) {
    answer.destroy();
    return new Response(null, { status, statusText });
  }
  const type = { 'Content-Type': headers['content-type'] ?? '' };
  return new Response(ReadableStream.from(wholeLines(answer)), { status, statusText, headers: type });
};

/** What `Response` lets have no body. */
const BODILESS = new Set([204, 205]);

function send(url: URL, { method, headers, body, signal }: RequestInit): Promise<http.IncomingMessage> {
  return new Promise((resolve, reject) => {
    // Nothing here unpacks.
    const plain = { ...Object.fromEntries(new Headers(headers)), 'accept-encoding': 'identity' };
    const options = { method, headers: plain, signal: signal ?? undefined };
    const request =
      url.protocol === 'https:'
        ? https.request(url, { ...options, agent: AGENTS.https }, resolve)
        : http.request(url, { ...options, agent: AGENTS.http }, resolve);
    request.on('error', reject).end(body);
  });
}

const flood = (what: string) => new ModelFailure('model-unusable-output', `the model sent ${what} than any answer needs`, 'endpoint');

function countOf(byte: number, bytes: Uint8Array): number {
  let count = 0;
  for (let at = bytes.indexOf(byte); at >= 0; at = bytes.indexOf(byte, at + 1)) count++;
  return count;
}

async function* wholeLines(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let total = 0;
  let heldBack: Uint8Array[] = [];
  let heldBytes = 0;
  let lines = 0;
  for await (const part of body) {
    total += part.byteLength;
    if (total > MOST_BYTES) throw flood('more bytes');
    lines += countOf(NEWLINE, part);
    if (lines > MOST_LINES) throw flood('more lines');
    const end = part.lastIndexOf(NEWLINE) + 1;
    if (end > 0) {
      yield heldBytes > 0 ? Buffer.concat([...heldBack, part.subarray(0, end)]) : part.subarray(0, end);
      heldBack = [];
      heldBytes = 0;
    }
    if (end < part.byteLength) heldBack.push(part.subarray(end));
    heldBytes += part.byteLength - end;
    if (heldBytes > MOST_BYTES_A_LINE) throw flood('a longer line');
  }
  if (heldBytes > 0) yield Buffer.concat(heldBack);
}
