/** Settles with the promise, or rejects with the signal. The promise is always listened to: a rejection unheard ends the process. */
export function raceAbort<Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return new Promise<Value>((resolve, reject) => {
    const abort = () => reject(signal.reason instanceof Error ? signal.reason : new Error('aborted'));
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
    if (signal.aborted) abort();
  });
}

/** Reads a stream that may ignore its signal: each step ends with the signal at the latest. */
export async function* abortable<Value>(stream: AsyncIterable<Value>, signal: AbortSignal): AsyncGenerator<Value> {
  const iterator = stream[Symbol.asyncIterator]();
  try {
    for (;;) {
      const step = await raceAbort(iterator.next(), signal);
      if (step.done) return;
      yield step.value;
    }
  } finally {
    // Not awaited: a hanging upstream must not hold the answer; the signal closes its socket.
    void iterator.return?.()?.catch(() => {});
  }
}
