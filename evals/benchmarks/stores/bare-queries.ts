import pg from 'pg';

/** What a server sends to the database, through the bare client: one connection, nothing around it. */
export class BareQueries {
  readonly #client: pg.Client;
  readonly #table: string;

  private constructor(client: pg.Client, table: string) {
    this.#client = client;
    this.#table = table;
  }

  static async connect(url: string): Promise<BareQueries> {
    const client = new pg.Client(url);
    await client.connect();
    const { rows } = await client.query<{ name: string }>('select name from youju.vector_tables');
    return new BareQueries(client, rows[0]?.name ?? '');
  }

  end(): Promise<void> {
    return this.#client.end();
  }

  /** The search of vectors, as the server sends it but for the vector's shape. */
  nearest(vector: readonly number[], count: number) {
    return this.#client.query(`select hashes, distances from youju.${this.#table}_nearest($1::text::vector, $2)`, [
      JSON.stringify(vector),
      count,
    ]);
  }

  /** The count of a client's requests, and the search: all that the route sends. */
  async countAndNearest(vector: readonly number[], count: number): Promise<void> {
    await this.#client.query(
      `insert into youju.client_hits as known (client, hits, resets_at) values ('bare', 1, now())
        on conflict (client) do update set hits = known.hits + 1, resets_at = excluded.resets_at returning hits`,
    );
    await this.nearest(vector, count);
  }

  /** The distance of the k-th nearest vector, read from all of them. */
  async exactDistance(vector: readonly number[], k: number): Promise<number> {
    await this.#client.query('begin; set local enable_indexscan = off');
    const { rows } = await this.#client.query<{ distance: number }>(
      `select embedding <=> $1::text::vector::halfvec as distance from youju.${this.#table} order by 1 offset $2 limit 1`,
      [JSON.stringify(vector), k - 1],
    );
    await this.#client.query('commit');
    return rows[0]?.distance ?? 0;
  }
}
