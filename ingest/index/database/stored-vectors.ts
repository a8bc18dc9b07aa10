import type { Database } from '../../database/database.ts';
import { INGESTING_MILLISECONDS } from '../../database/database.ts';
import type { RunQuery } from '../../database/run-query.ts';
import { assertVector } from '../../embedding/vector-gate.ts';
import { YoujuError } from '../../youju-error.ts';
import { sha256 } from '../generation-files.ts';
import type { ChunkTable } from '../tables/chunk-table.ts';
import type { VectorMatch, VectorSearch } from '../vector-index.ts';
import { ChunksByHash } from './chunks-by-hash.ts';

/** Rows that go in one statement: of 512 numbers, some 3 MB. */
const BATCH = 500;
/** As in the file of hnswlib-node. Built at 100 instead of 200, a search as wide found 75 of 100 neighbours instead of 86. */
const LINKS = 16;
const BUILD_WIDTH = 200;
const SEARCH_WIDTH = 128;
/** pgvector searches no wider. */
const WIDEST_SEARCH = 1000;
/** The most that pgvector's index of half-precision vectors takes. */
const MOST_DIMENSIONS = 4000;
const PLACES = 1e6;

/** The vectors of one embedding model, by chunk hash; those of all generations that are kept. */
export class StoredVectors {
  readonly table: string;
  readonly dimension: number;
  readonly #database: Database;

  constructor(database: Database, table: string, dimension: number) {
    this.#database = database;
    this.table = table;
    this.dimension = dimension;
  }

  /** The vectors of a model, those of an ingest that was killed among them; `undefined` where there are none. */
  static async find(database: Database, model: string): Promise<StoredVectors | undefined> {
    const [found] = await database.query<{ name: string; dimension: number }>(
      'select name, dimension from youju.vector_tables where model = $1 order by created_at desc limit 1',
      [model],
    );
    return found && new StoredVectors(database, found.name, found.dimension);
  }

  /**
   * Their type says the dimension, so each model has a table of its own.
   * @throws YoujuError `bad-vector` where the model's vectors are longer than the database can search, `store-unavailable`
   */
  static async create(database: Database, model: string, dimension: number): Promise<StoredVectors> {
    if (dimension > MOST_DIMENSIONS) {
      const fault = `vectors of ${dimension} numbers cannot be searched in a database (${MOST_DIMENSIONS} at most)`;
      throw new YoujuError('bad-vector', `${fault}: choose another EMBEDDING_MODEL, or leave DATABASE_URL empty`);
    }
    const name = `vectors_${sha256(`${model}\n${dimension}`).slice(0, 16)}`;
    await database.transaction(async (query) => {
      await query(`create table if not exists youju.${name} (hash bytea primary key, embedding halfvec(${dimension}) not null)`);
      await query('insert into youju.vector_tables (name, model, dimension) values ($1, $2, $3) on conflict do nothing', [
        name,
        model,
        dimension,
      ]);
    });
    return new StoredVectors(database, name, dimension);
  }

  async known(hashes: readonly string[]): Promise<Set<string>> {
    const known = new Set<string>();
    for (const batch of batches(hashes, 20 * BATCH)) {
      const rows = await this.#database.query<{ hash: Buffer }>(
        `select hash from youju.${this.table} where hash = any($1::bytea[])`,
        [batch.map(bytesOf)],
        { milliseconds: INGESTING_MILLISECONDS },
      );
      for (const { hash } of rows) known.add(hash.toString('hex'));
    }
    return known;
  }

  async add(vectors: ReadonlyMap<string, number[]>): Promise<void> {
    for (const batch of batches([...vectors], BATCH))
      await this.#database.query(
        `insert into youju.${this.table} (hash, embedding)
          select hash, embedding::halfvec from unnest($1::bytea[], $2::text[]) as given (hash, embedding) on conflict do nothing`,
        [batch.map(([hash]) => bytesOf(hash)), batch.map(([, vector]) => literalOf(vector))],
        { milliseconds: INGESTING_MILLISECONDS },
      );
  }

  /** Builds the index, where it is missing, and the function that searches it. After the first vectors: building is faster than adding. */
  index(): Promise<void> {
    return this.#database.transaction((query) => this.#index(query), { milliseconds: INGESTING_MILLISECONDS });
  }

  async #index(query: RunQuery): Promise<void> {
    const options = `with (m = ${LINKS}, ef_construction = ${BUILD_WIDTH})`;
    await query(
      `create index if not exists ${this.table}_nearest on youju.${this.table} using hnsw (embedding halfvec_cosine_ops) ${options}`,
    );
    const [vector] = await query<{ iterates: boolean }>(
      `select string_to_array(extversion, '.')::int[] >= '{0,8}' as iterates from pg_extension where extname = 'vector'`,
    );
    // Without it a search ends with what it saw, less what was deleted meanwhile.
    const iterate = vector?.iterates ? `perform set_config('hnsw.iterative_scan', 'strict_order', true);` : '';
    // The settings hold until the end of its statement: so they need no session, and no second journey. One row, because a hundred take
    // the client longer to read than the server to find.
    await query(
      `create or replace function youju.${this.table}_nearest (question vector, wanted integer, out hashes bytea, out distances real[])
        language plpgsql as $$
        declare
          near constant halfvec := question;
        begin
          perform set_config('hnsw.ef_search', greatest(${SEARCH_WIDTH}, least(wanted, ${WIDEST_SEARCH}))::text, true);
          ${iterate}
          select string_agg(found.hash, ''), array_agg(found.distance) into hashes, distances from (
            select stored.hash, (stored.embedding <=> near)::real as distance from youju.${this.table} as stored
              order by stored.embedding <=> near limit wanted) as found;
        end $$`,
    );
  }

  /** The nearest vectors of all generations, best first: the hashes of their chunks, 32 bytes each, and how far they are. */
  async nearest(vector: number[], wanted: number, signal?: AbortSignal): Promise<{ hashes: Buffer; distances: number[] }> {
    const [found] = await this.#database.query<{ hashes: Buffer | null; distances: number[] | null }>(
      `select hashes, distances from youju.${this.table}_nearest($1, $2)`,
      [binaryOf(vector), wanted],
      { signal },
    );
    return { hashes: found?.hashes ?? Buffer.alloc(0), distances: found?.distances ?? [] };
  }
}

/** The search of one generation's chunks among the vectors of several. */
export class StoredVectorSearch implements VectorSearch {
  readonly isLocal = false;
  readonly #vectors: StoredVectors;
  readonly #count: number;
  readonly #chunks: ChunksByHash;

  constructor(vectors: StoredVectors, chunks: ChunkTable) {
    this.#vectors = vectors;
    this.#count = chunks.length;
    this.#chunks = new ChunksByHash(chunks.hashBytes);
  }

  /** Vectors of another generation's chunks are passed over; where too few are left, more are asked for. */
  async search(vector: number[], k: number, signal?: AbortSignal): Promise<VectorMatch[]> {
    assertVector(vector, this.#vectors.dimension, 'the question’s embedding');
    const wanted = Math.min(Math.max(1, k), this.#count);
    for (let asked = wanted; ; asked *= 4) {
      const { hashes, distances } = await this.#vectors.nearest(vector, asked, signal);
      const matches = distances.flatMap((distance, nth) => {
        const similarity = Math.min(1, Math.max(0, 1 - distance));
        return this.#chunks.chunksOf(hashes, nth).map((unit) => ({ unit, similarity }));
      });
      if (matches.length >= wanted || distances.length < asked || asked >= WIDEST_SEARCH) return matches.slice(0, wanted);
    }
  }
}

export const bytesOf = (hash: string): Buffer => Buffer.from(hash, 'hex');

/** Half precision ends at 65,504, and cosines do not mind. */
const ofLengthOne = (vector: readonly number[]): number[] => {
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
};

/** Six places are more than half precision keeps, and quickly written. */
const literalOf = (vector: readonly number[]): string =>
  `[${ofLengthOne(vector)
    .map((value) => Math.round(value * PLACES) / PLACES)
    .join(',')}]`;

/** How pgvector sends a `vector`: the dimension and nothing as 16 bits, then 32-bit floats, most significant byte first. */
function binaryOf(vector: readonly number[]): Buffer {
  const bytes = Buffer.alloc(4 + 4 * vector.length);
  bytes.writeUInt16BE(vector.length, 0);
  for (const [at, value] of ofLengthOne(vector).entries()) bytes.writeFloatBE(value, 4 + 4 * at);
  return bytes;
}

export function* batches<Item>(items: readonly Item[], size: number): Generator<readonly Item[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size);
}
