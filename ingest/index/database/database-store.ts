import { type Database, INGESTING_MILLISECONDS } from '../../database/database.ts';
import type { RunQuery } from '../../database/run-query.ts';
import { YoujuError } from '../../youju-error.ts';
import { MANIFEST_FILE, MANIFEST_PROOF_FILE, manifestProof, verifyFiles, verifyManifest } from '../generation-files.ts';
import type { GenerationStore, GenerationWriter, PublishedGeneration } from '../generation-store.ts';
import { loadGeneration, type OpenIndex } from '../open-generation.ts';
import { newGenerationName, type PublishedParts, serialise, writeManifest } from '../publish-generation.ts';
import { IngestLease } from './ingest-lease.ts';
import { removeUnused } from './remove-unused.ts';
import { StoredFiles } from './stored-files.ts';
import { batches, bytesOf, StoredVectorSearch, StoredVectors } from './stored-vectors.ts';

type GenerationRow = { manifest: string; proof: string; vectors: string };

/**
 * Generations in PostgreSQL with pgvector, for any number of servers. Each holds the files of its generation in memory, the lexical
 * index among them; the vectors are searched in the database.
 */
export class DatabaseStore implements GenerationStore {
  readonly place: string;
  readonly environment: Record<string, string>;
  readonly #database: Database;
  readonly #files: StoredFiles;

  constructor(database: Database) {
    this.place = `the database at ${database.place}`;
    this.environment = { DATABASE_URL: database.url };
    this.#database = database;
    this.#files = new StoredFiles(database);
  }

  async published(): Promise<string | undefined> {
    const [published] = await this.#database.query<{ generation: string }>('select generation from youju.published');
    return published?.generation;
  }

  async open(generation: string): Promise<OpenIndex> {
    const place = `${this.place}, generation ${generation}`;
    const [row] = await this.#database.query<GenerationRow>('select manifest, proof, vectors from youju.generations where name = $1', [
      generation,
    ]);
    if (!row) throw new YoujuError('index-corrupt', `${place} is gone: run \`npm run ingest\``);
    const read = (name: string) => this.#read(generation, row, name);
    const manifest = await verifyManifest(place, read);
    if (manifest.generation !== generation)
      throw new YoujuError('index-corrupt', `${place} holds generation ${manifest.generation}: run \`npm run ingest\``);
    const vectors = new StoredVectors(this.#database, row.vectors, manifest.embedding.dimension);
    const files = await verifyFiles(place, manifest, read);
    return loadGeneration(place, manifest, files, (chunks) => new StoredVectorSearch(vectors, chunks));
  }

  ingesting<Result>(work: (writer: GenerationWriter) => Promise<Result>): Promise<Result> {
    return IngestLease.hold(this.#database, async (lease) => work(new DatabaseWriter(this.#database, lease, await this.#previous())));
  }

  async #read(generation: string, row: GenerationRow, name: string): Promise<Buffer> {
    if (name === MANIFEST_FILE) return Buffer.from(row.manifest);
    if (name === MANIFEST_PROOF_FILE) return Buffer.from(row.proof);
    const [file] = await this.#database.query<{ sha256: string }>(
      'select sha256 from youju.generation_files where generation = $1 and name = $2',
      [generation, name],
    );
    return this.#files.get(file?.sha256 ?? '');
  }

  /** A damaged generation is simply replaced. */
  async #previous(): Promise<PublishedGeneration | undefined> {
    const generation = await this.published();
    if (generation === undefined) return undefined;
    try {
      const { manifest, documents, chunks } = await this.open(generation);
      return { manifest, documents, hashes: Array.from(chunks.hashes()) };
    } catch (error) {
      if (error instanceof YoujuError && error.code === 'index-corrupt') return undefined;
      throw error;
    }
  }
}

class DatabaseWriter implements GenerationWriter {
  readonly previous: PublishedGeneration | undefined;
  readonly #database: Database;
  readonly #lease: IngestLease;
  #vectors: StoredVectors | undefined;

  constructor(database: Database, lease: IngestLease, previous: PublishedGeneration | undefined) {
    this.#database = database;
    this.#lease = lease;
    this.previous = previous;
  }

  async withoutVector(model: string, hashes: readonly string[]): Promise<ReadonlySet<string>> {
    this.#vectors = await StoredVectors.find(this.#database, model);
    const known = (await this.#vectors?.known(hashes)) ?? new Set();
    return new Set(hashes.filter((hash) => !known.has(hash)));
  }

  async addVectors(model: string, vectors: ReadonlyMap<string, number[]>): Promise<void> {
    const [first] = vectors.values();
    if (!first) return;
    if (this.#vectors?.dimension !== first.length) this.#vectors = await StoredVectors.create(this.#database, model, first.length);
    await this.#vectors.add(vectors);
  }

  async publish(parts: PublishedParts): Promise<string> {
    const vectors = this.#vectors;
    if (!vectors) throw new YoujuError('index-corrupt', `no chunk of this generation has a vector: run \`npm run ingest\` again`);
    const generation = newGenerationName(new Date());
    const files = await this.#keepFiles(parts);
    const manifest = writeManifest(generation, parts, vectors.dimension, files);
    await vectors.index();
    const publishing = { generation, manifest, files, vectors: vectors.table, hashes: new Set(parts.chunks.map(({ hash }) => hash)) };
    await this.#database.transaction((query) => publishIn(query, publishing, this.#lease), { milliseconds: INGESTING_MILLISECONDS });
    await removeUnused(this.#database, this.#lease);
    return generation;
  }

  /** @returns sha256 of each file, by name */
  async #keepFiles(parts: PublishedParts): Promise<Record<string, string>> {
    const stored = new StoredFiles(this.#database);
    const hashes: Record<string, string> = {};
    for (const [name, content] of Object.entries(serialise(parts))) hashes[name] = await stored.put(Buffer.from(content));
    return hashes;
  }
}

type Publishing = { generation: string; manifest: string; files: Record<string, string>; vectors: string; hashes: ReadonlySet<string> };

/** The switch from one generation to the next, all of it or nothing. */
async function publishIn(query: RunQuery, { generation, manifest, files, vectors, hashes }: Publishing, lease: IngestLease): Promise<void> {
  await query('insert into youju.generations (name, manifest, proof, vectors) values ($1, $2, $3, $4)', [
    generation,
    manifest,
    manifestProof(manifest),
    vectors,
  ]);
  await query('insert into youju.generation_files (generation, name, sha256) select $1, * from unnest($2::text[], $3::text[])', [
    generation,
    Object.keys(files),
    Object.values(files),
  ]);
  await listChunks(query, generation, [...hashes], vectors);
  await query(
    `insert into youju.published as published (generation) values ($1) on conflict (is_published)
      do update set previous = published.generation, generation = excluded.generation`,
    [generation],
  );
  // Last, so that who wants the lease is told at once that it is taken.
  await lease.assertHeld(query);
}

/** Rows that go in one statement: a hash is 70 bytes of it. */
const BATCH = 20_000;

/** @throws YoujuError `index-corrupt` where a chunk has no vector */
async function listChunks(query: RunQuery, generation: string, hashes: readonly string[], vectors: string): Promise<void> {
  for (const batch of batches(hashes, BATCH))
    await query('insert into youju.generation_chunks (generation, hash) select $1, unnest($2::bytea[])', [generation, batch.map(bytesOf)]);
  const [missing] = await query<{ chunks: string }>(
    `select count(*) as chunks from youju.generation_chunks as listed
      where generation = $1 and not exists (select from youju.${vectors} as stored where stored.hash = listed.hash)`,
    [generation],
  );
  if (missing?.chunks !== '0')
    throw new YoujuError('index-corrupt', `${missing?.chunks} chunks have no vector in the database: run \`npm run ingest\` again`);
}
