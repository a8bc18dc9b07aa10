import type { Database } from '../../../ingest/database/database.ts';
import type { CallCount } from './daily-calls.ts';

/** Counts the calls of a day (UTC) that all servers of a database make, and ends them at a cap. */
export class SharedCalls implements CallCount {
  readonly cap: number;
  readonly #database: Database;
  #last = 0;

  constructor(database: Database, cap: number) {
    this.#database = database;
    this.cap = cap;
  }

  /** @throws YoujuError `store-unavailable`: a call that cannot be counted is not made */
  async take(): Promise<boolean> {
    const [taken] = await this.#database.query<{ calls: number }>(
      `insert into youju.chat_calls as known (day, calls) values ((now() at time zone 'utc')::date, 1)
        on conflict (day) do update set calls = known.calls + 1 where $1 = 0 or known.calls < $1 returning calls`,
      [this.cap],
    );
    if (taken) this.#last = taken.calls;
    return taken !== undefined;
  }

  /** Calls since midnight, UTC; the last known count while the database is away. */
  async today(): Promise<number> {
    const counted = this.#database.query<{ calls: number }>(
      `select calls from youju.chat_calls where day = (now() at time zone 'utc')::date`,
    );
    this.#last = await counted.then(
      ([today]) => today?.calls ?? 0,
      () => this.#last,
    );
    return this.#last;
  }
}
