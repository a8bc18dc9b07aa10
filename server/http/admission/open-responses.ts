import type { ServerResponse } from 'node:http';

const SWEEP_MILLISECONDS = 1000;
/** Who has taken no byte for so long does not read. */
const STALLED_MILLISECONDS = 10_000;
/** A stalled one holds up to 100 kB; beyond so many the one that has stalled longest goes. */
const MOST_STALLED = 64;

type Watched = { opened: number; taken: number; moved: number };

/** The responses that were begun, until their last byte is out. Those whose reader does not read are cut. */
export class OpenResponses {
  readonly #open = new Map<ServerResponse, Watched>();
  readonly #longestMilliseconds: number;
  readonly #timer: NodeJS.Timeout;
  #cut = 0;

  /** @param longestMilliseconds from a response's begin to its last byte, however fast it is read */
  constructor(longestMilliseconds: number) {
    this.#longestMilliseconds = longestMilliseconds;
    this.#timer = setInterval(() => this.#sweep(), SWEEP_MILLISECONDS).unref();
  }

  get size(): number {
    return this.#open.size;
  }

  /** How many of them are event streams. */
  get streams(): number {
    let streams = 0;
    for (const response of this.#open.keys()) if (String(response.getHeader('content-type')).startsWith('text/event-stream')) streams++;
    return streams;
  }

  /** How many were cut because their reader did not read. */
  get cut(): number {
    return this.#cut;
  }

  add(response: ServerResponse): void {
    const now = performance.now();
    this.#open.set(response, { opened: now, taken: 0, moved: now });
    response.once('close', () => this.#open.delete(response));
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #sweep(): void {
    const now = performance.now();
    const stalled: { response: ServerResponse; moved: number }[] = [];
    for (const [response, watched] of this.#open) {
      // Of the request: a response that waits for the one before it has no socket yet.
      const { writableLength: waiting, bytesWritten } = response.req.socket;
      const taken = bytesWritten - waiting;
      if (waiting === 0 || taken !== watched.taken) watched.moved = now;
      watched.taken = taken;
      if (now - watched.moved > STALLED_MILLISECONDS || now - watched.opened > this.#longestMilliseconds) this.#drop(response);
      else if (watched.moved !== now) stalled.push({ response, moved: watched.moved });
    }
    const longest = stalled.toSorted((a, b) => a.moved - b.moved).slice(0, Math.max(0, stalled.length - MOST_STALLED));
    for (const { response } of longest) this.#drop(response);
  }

  #drop(response: ServerResponse): void {
    this.#cut++;
    this.#open.delete(response);
    // Not only the response: what waits to be sent is the socket's.
    response.req.socket.destroy();
  }
}
