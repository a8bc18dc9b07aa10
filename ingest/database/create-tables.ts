import { YoujuError } from '../youju-error.ts';
import type { RunQuery } from './run-query.ts';

/** Any number, the same in every server: they create the tables one after another. */
const LOCK = 7_238_019;

/**
 * All tables, in a schema of their own so that they live beside others. Tables of vectors come with the first ingest of an embedding
 * model, because their type holds the model's dimension.
 */
const TABLES = [
  `create table if not exists youju.vector_tables (
    name text primary key,
    model text not null,
    dimension integer not null,
    created_at timestamptz not null default now())`,
  `create table if not exists youju.generations (
    name text primary key,
    manifest text not null,
    proof text not null,
    vectors text not null references youju.vector_tables)`,
  `create table if not exists youju.published (
    is_published boolean primary key default true check (is_published),
    generation text not null references youju.generations,
    previous text)`,
  `create table if not exists youju.generation_files (
    generation text not null references youju.generations on delete cascade,
    name text not null,
    sha256 text not null,
    primary key (generation, name))`,
  `create table if not exists youju.file_pieces (
    sha256 text not null,
    piece integer not null,
    bytes bytea not null,
    primary key (sha256, piece))`,
  `create table if not exists youju.generation_chunks (
    generation text not null references youju.generations on delete cascade,
    hash bytea not null,
    primary key (generation, hash))`,
  `create table if not exists youju.ingest_lease (
    is_lease boolean primary key default true check (is_lease),
    holder text not null,
    ends_at timestamptz not null)`,
  `create table if not exists youju.feedback (
    id bigint generated always as identity primary key,
    answer_id text not null,
    record jsonb not null,
    is_joined boolean not null,
    taken_at timestamptz not null default now())`,
  'create index if not exists feedback_to_join on youju.feedback (taken_at) where not is_joined',
  // Worth nothing after a crash of the database: no log is written for it.
  `create unlogged table if not exists youju.client_hits (
    client text primary key,
    hits integer not null,
    resets_at timestamptz not null)`,
  'create table if not exists youju.chat_calls (day date primary key, calls integer not null)',
];

/**
 * Creates what is missing, in one transaction. Everything is created if it does not exist, so servers of one version may all do it at any time.
 * @param query runs in the transaction
 * @param place for messages
 * @throws YoujuError `bad-database` where the extension or a right is missing, `store-unavailable`
 */
export async function createTables(query: RunQuery, place: string): Promise<void> {
  await query('select pg_advisory_xact_lock($1)', [LOCK]);
  await requireVectors(query, place);
  const [schema] = await query<{ found: string | null }>(`select to_regnamespace('youju')::text as found`);
  // Not "if not exists": that wants the right to create schemas even where an operator has created it already.
  if (schema?.found === null) await query('create schema youju');
  for (const table of TABLES) await query(table);
}

/** pgvector 0.7 brought `halfvec`. */
const LEAST_VERSION = [0, 7] as const;

async function requireVectors(query: RunQuery, place: string): Promise<void> {
  const version = (await versionOfVectors(query)) ?? (await createVectors(query, place));
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > LEAST_VERSION[0] || (major === LEAST_VERSION[0] && minor >= LEAST_VERSION[1])) return;
  const advice = 'install pgvector 0.7 or newer and run “ALTER EXTENSION vector UPDATE” there';
  throw new YoujuError('bad-database', `the database at ${place} has pgvector ${version}: ${advice}`);
}

async function versionOfVectors(query: RunQuery): Promise<string | undefined> {
  const [extension] = await query<{ version: string }>(`select extversion as version from pg_extension where extname = 'vector'`);
  return extension?.version;
}

/** A user who may not, or a server without pgvector, leaves the transaction broken: nothing follows but the message. */
async function createVectors(query: RunQuery, place: string): Promise<string> {
  try {
    await query('create extension vector');
  } catch (cause) {
    const advice = 'install pgvector on its server and, as a user who may, run “CREATE EXTENSION vector” in the database';
    throw new YoujuError('bad-database', `the database at ${place} has no pgvector: ${advice}`, { cause });
  }
  return (await versionOfVectors(query)) ?? '0';
}
