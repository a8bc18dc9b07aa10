import { randomUUID } from 'node:crypto';
import type { Database } from '../../database/database.ts';
import type { RunQuery } from '../../database/run-query.ts';
import { YoujuError } from '../../youju-error.ts';

/** How long a killed ingest keeps others away; and how often a living one says so. */
const LEASE_SECONDS = 60;
const RENEWAL_MILLISECONDS = 10_000;

/**
 * The right to ingest, for one process at a time: a row with an end that is moved on while the ingest lives. No advisory lock of a
 * session, because poolers hand sessions out by transaction. An ingest that was held up for so long that another one took over finds
 * out before it publishes.
 */
export class IngestLease {
  readonly #database: Database;
  readonly #holder = randomUUID();

  private constructor(database: Database) {
    this.#database = database;
  }

  /** @throws YoujuError `ingest-running` while another process holds it, `store-unavailable` */
  static async hold<Result>(database: Database, work: (lease: IngestLease) => Promise<Result>): Promise<Result> {
    const lease = new IngestLease(database);
    await lease.#take();
    // What fails here shows when the lease is needed.
    const timer = setInterval(() => void lease.#renew().catch(() => {}), RENEWAL_MILLISECONDS);
    try {
      return await work(lease);
    } finally {
      clearInterval(timer);
      // A lease that cannot be given back ends by itself.
      await database.query('delete from youju.ingest_lease where holder = $1', [lease.#holder]).catch(() => {});
    }
  }

  /**
   * For the transaction that publishes: nobody can take the lease before it ends.
   * @throws YoujuError `ingest-running` where another process has it by now
   */
  async assertHeld(query: RunQuery): Promise<void> {
    const held = await query('select holder from youju.ingest_lease where holder = $1 for update', [this.#holder]);
    if (held.length === 0) {
      const fault = `this ingest was held up for over ${LEASE_SECONDS} s, and another one took over`;
      throw new YoujuError('ingest-running', `${fault} at ${this.#database.place}: wait for that to end, then try again`);
    }
  }

  async #take(): Promise<void> {
    const taken = await this.#database.query(
      `insert into youju.ingest_lease as lease (holder, ends_at) values ($1, now() + make_interval(secs => $2))
        on conflict (is_lease) do update set holder = excluded.holder, ends_at = excluded.ends_at where lease.ends_at < now()
        returning holder`,
      [this.#holder, LEASE_SECONDS],
    );
    if (taken.length === 0) {
      const advice = `wait for it to end, then try again (one that was killed is forgotten after ${LEASE_SECONDS} s)`;
      throw new YoujuError('ingest-running', `another ingest is writing the database at ${this.#database.place}: ${advice}`);
    }
  }

  async #renew(): Promise<void> {
    await this.#database.query('update youju.ingest_lease set ends_at = now() + make_interval(secs => $2) where holder = $1', [
      this.#holder,
      LEASE_SECONDS,
    ]);
  }
}
