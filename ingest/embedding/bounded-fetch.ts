/**
 * `fetch` with one deadline for the whole exchange and a bound on the body. The OpenAI client's own timeout ends with the headers:
 * an endpoint that stops in the middle of its body would hang an ingest for ever, and an endless body would fill the memory.
 * @param milliseconds from the request to the last byte of the answer
 * @param mostBytes of the answer, decompressed
 * @param signal ends the exchange sooner
 */
export const boundedFetch =
  (milliseconds: number, mostBytes: number, signal?: AbortSignal): typeof fetch =>
  async (input, init) => {
    const exchange = new AbortController();
    const deadline = setTimeout(() => exchange.abort(new Error('the answer timed out')), milliseconds);
    const callers = [init?.signal, signal].filter((caller) => caller instanceof AbortSignal);
    const follow = ({ target }: Event) => exchange.abort(target instanceof AbortSignal ? target.reason : undefined);
    for (const caller of callers) {
      caller.addEventListener('abort', follow, { once: true });
      if (caller.aborted) exchange.abort(caller.reason);
    }
    try {
      const response = await fetch(input, { ...init, signal: exchange.signal });
      // Read here, under the deadline; embeddings are never streamed.
      return new Response(await readBody(response, mostBytes), response);
    } finally {
      clearTimeout(deadline);
      for (const caller of callers) caller.removeEventListener('abort', follow);
    }
  };

async function readBody(response: Response, mostBytes: number): Promise<Buffer | null> {
  if (!response.body) return null;
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of response.body) {
    length += part.byteLength;
    // Leaving the loop cancels the stream and closes the connection.
    if (length > mostBytes) throw new Error(`the answer is longer than ${mostBytes} bytes`);
    parts.push(part);
  }
  return Buffer.concat(parts);
}
