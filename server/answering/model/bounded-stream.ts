import { ModelFailure } from './model-failure.ts';

/** An answer needs 0.1 MB; a model that thinks aloud for 50 s at 100 tokens a second sends 1.7 MB. */
const MOST_BYTES = 2 * 2 ** 20;
/** An event has two, and costs 50 µs of CPU behind this: 4 MB of short lines kept the process busy for seconds. */
const MOST_LINES = 10_000;
/** An event has a few hundred bytes. */
const MOST_BYTES_A_LINE = 64 * 2 ** 10;
const NEWLINE = 0x0a;

/**
 * `fetch` for the chat client that bounds what the endpoint says before anything parses it: 10 MB in one line kept the client's
 * parser busy for more than 14 s. Only whole lines are passed on, so that what is looked through again and again for the end of a
 * line stays short. Of an answer that is no success only the status is: its words may repeat the key, and may never end.
 * Redirections are not followed: the next host would get the prompt, and each hop is a call.
 */
export const boundedStream: typeof fetch = async (input, init) => {
  const response = await fetch(input, { ...init, redirect: 'manual' });
  const { status, statusText, headers, body } = response;
  if (body && response.ok) return new Response(ReadableStream.from(wholeLines(body)), { status, statusText, headers });
  // Not awaited: the endpoint may hang here, too.
  void body?.cancel().catch(() => {});
  return new Response(null, { status, statusText });
};

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
