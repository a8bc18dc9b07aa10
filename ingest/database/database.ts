import pg, { type PoolClient, type QueryResultRow } from 'pg';
import { YoujuError } from '../youju-error.ts';
import { createTables } from './create-tables.ts';
import { databaseError } from './database-error.ts';
import type { Parameter, RunQuery } from './run-query.ts';

/** For a new connection, and for a query that a visitor waits for: then the database counts as gone. */
const CONNECTING_MILLISECONDS = 3000;
const ANSWERING_MILLISECONDS = 5000;
/** For what an ingest waits for: building an index takes minutes. */
export const INGESTING_MILLISECONDS = 3_600_000;

export type Waiting = { milliseconds?: number; signal?: AbortSignal };

/**
 * The database that servers share: a pool of connections. Every query has a deadline; a connection that misses it is closed, and the
 * next query opens another, so the database is found again as soon as it is back. No statement is prepared by name and nothing is kept in
 * a session, so poolers that hand sessions out by transaction may stand between.
 */
export class Database {
  /** For messages: host, port and name, never the user or the password. */
  readonly place: string;
  readonly url: string;
  readonly #pool: pg.Pool;

  private constructor(url: string, connections: number) {
    this.place = placeOf(url);
    this.url = url;
    this.#pool = new pg.Pool({
      connectionString: url,
      max: connections,
      connectionTimeoutMillis: CONNECTING_MILLISECONDS,
      keepAlive: true,
      // A command ends when its work is done.
      allowExitOnIdle: true,
    });
    // Told of an idle connection that broke, as at a restart of the database: the next query opens another one.
    this.#pool.on('error', ignore);
  }

  /**
   * Opens a database and creates what it lacks.
   * @throws YoujuError `store-unavailable`, `bad-database`
   */
  static async open(url: string, connections: number): Promise<Database> {
    const database = new Database(url, connections);
    await database.transaction((query) => createTables(query, database.place));
    return database;
  }

  /**
   * @returns the rows
   * @throws YoujuError `store-unavailable`, also when the answer takes too long; the reason of `signal` when that ends the waiting
   */
  async query<Row extends QueryResultRow>(text: string, values: readonly Parameter[] = [], waiting: Waiting = {}): Promise<Row[]> {
    return this.#withClient(waiting, (client) => this.#ask<Row>(client, text, values));
  }

  /**
   * Runs queries in one transaction: all of them hold, or none.
   * @throws what `work` throws, after a rollback; YoujuError `store-unavailable`
   */
  transaction<Result>(work: (query: RunQuery) => Promise<Result>, waiting: Waiting = {}): Promise<Result> {
    return this.#withClient(waiting, async (client) => {
      await this.#ask(client, 'begin');
      try {
        const result = await work((text, values) => this.#ask(client, text, values));
        await this.#ask(client, 'commit');
        return result;
      } catch (error) {
        await client.query('rollback').catch(() => {});
        throw error;
      }
    });
  }

  async end(): Promise<void> {
    await this.#pool.end();
  }

  async #ask<Row extends QueryResultRow>(client: PoolClient, text: string, values: readonly Parameter[] = []): Promise<Row[]> {
    try {
      return (await client.query<Row>(text, [...values])).rows;
    } catch (error) {
      throw databaseError(this.place, error);
    }
  }

  async #withClient<Result>(waiting: Waiting, work: (client: PoolClient) => Promise<Result>): Promise<Result> {
    const { signal, milliseconds = ANSWERING_MILLISECONDS } = waiting;
    signal?.throwIfAborted();
    const client = await this.#pool.connect().catch((error: unknown) => {
      throw databaseError(this.place, error);
    });
    if (signal?.aborted) {
      client.release();
      throw signal.reason;
    }
    // A connection that breaks says so twice: the query that waits is told as well.
    client.on('error', ignore);
    const deadline = deadlineOf(this.place, milliseconds, signal);
    let isDone = false;
    try {
      const result = await Promise.race([work(client), deadline.passed]);
      isDone = true;
      return result;
    } finally {
      deadline.clear();
      client.off('error', ignore);
      // Whatever it is still busy with is for nobody: closed, not given to the next.
      client.release(!isDone);
    }
  }
}

/** Rejects when the time is over, or when nobody waits any more. */
function deadlineOf(place: string, milliseconds: number, signal: AbortSignal | undefined): { passed: Promise<never>; clear: () => void } {
  let clear = () => {};
  const passed = new Promise<never>((_resolve, reject) => {
    const onAbort = () => reject(signal?.reason);
    const late = `the database at ${place} did not answer within ${milliseconds} ms: check its load and the network to it`;
    const timer = setTimeout(() => reject(new YoujuError('store-unavailable', late)), milliseconds);
    signal?.addEventListener('abort', onAbort, { once: true });
    clear = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
    };
  });
  return { passed, clear };
}

const ignore = () => {};

const placeOf = (url: string): string => {
  const { host, pathname } = new URL(url);
  return `${host}${pathname}`;
};
