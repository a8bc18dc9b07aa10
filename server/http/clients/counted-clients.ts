import type { ClientRateLimitInfo, Store } from 'express-rate-limit';
import type { Database } from '../../../ingest/database/database.ts';

/** Between two removals of what is over: a row is 100 bytes, and a million addresses a minute are no office. */
const CLEANING_MILLISECONDS = 60_000;

/** How often each client came in its window, counted by all servers of a database together. */
export class CountedClients implements Store {
  readonly #database: Database;
  readonly #windowSeconds: number;
  #cleanedAt = Date.now();

  constructor(database: Database, windowMilliseconds: number) {
    this.#database = database;
    this.#windowSeconds = windowMilliseconds / 1000;
  }

  /** @throws YoujuError `store-unavailable`: who cannot be counted is not served */
  async increment(key: string): Promise<ClientRateLimitInfo> {
    const [counted] = await this.#database.query<{ hits: number; resets_at: Date }>(
      `insert into youju.client_hits as known (client, hits, resets_at) values ($1, 1, now() + make_interval(secs => $2))
        on conflict (client) do update set
          hits = case when known.resets_at > now() then known.hits + 1 else 1 end,
          resets_at = case when known.resets_at > now() then known.resets_at else excluded.resets_at end
        returning hits, resets_at`,
      [key, this.#windowSeconds],
    );
    this.#clean();
    return { totalHits: counted?.hits ?? 1, resetTime: counted?.resets_at };
  }

  async decrement(key: string): Promise<void> {
    await this.#database.query('update youju.client_hits set hits = hits - 1 where client = $1 and hits > 0', [key]);
  }

  async resetKey(key: string): Promise<void> {
    await this.#database.query('delete from youju.client_hits where client = $1', [key]);
  }

  /** Nobody waits for it, and what it does not get to goes next time. */
  #clean(): void {
    if (Date.now() - this.#cleanedAt < CLEANING_MILLISECONDS) return;
    this.#cleanedAt = Date.now();
    this.#database.query('delete from youju.client_hits where resets_at < now()').catch(() => {});
  }
}
