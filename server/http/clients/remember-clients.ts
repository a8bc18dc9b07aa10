import type { ClientRateLimitInfo, Store } from 'express-rate-limit';
import { LRUCache } from 'lru-cache';

/** A client is 200 bytes; the limiter's own memory grows for a window with every address that there is. */
const MOST_CLIENTS = 50_000;

type Counted = { hits: number; resetTime: Date };

/** How often each client came in its window. Of more clients than are remembered, who came longest ago begins anew. */
export class RememberedClients implements Store {
  /** Nobody else counts in here. */
  readonly localKeys = true;
  readonly #windowMilliseconds: number;
  // Not `max`, which lays out room for all of them when the server starts.
  readonly #clients = new LRUCache<string, Counted>({ maxSize: MOST_CLIENTS, sizeCalculation: () => 1 });

  constructor(windowMilliseconds: number) {
    this.#windowMilliseconds = windowMilliseconds;
  }

  get size(): number {
    return this.#clients.size;
  }

  increment(key: string): ClientRateLimitInfo {
    const now = Date.now();
    const known = this.#clients.get(key);
    const counted = known && known.resetTime.getTime() > now ? known : { hits: 0, resetTime: new Date(now + this.#windowMilliseconds) };
    counted.hits++;
    this.#clients.set(key, counted);
    return { totalHits: counted.hits, resetTime: counted.resetTime };
  }

  decrement(key: string): void {
    const known = this.#clients.get(key);
    if (known && known.hits > 0) known.hits--;
  }

  resetKey(key: string): void {
    this.#clients.delete(key);
  }
}
