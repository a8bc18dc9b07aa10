import { randomUUID } from 'node:crypto';
import path from 'node:path';
import pg from 'pg';
import { keptFolder, removeFolder } from '../temporary-folder.ts';
import { PgliteServer } from './pglite-server.ts';

/**
 * An empty database with pgvector at `url`, until `remove`. `fail` breaks all connections and lets nobody in until `recover`: PGlite is
 * ended and started again from its files, a real server ends its sessions and opens none.
 */
export type TestDatabase = { url: string; fail: () => Promise<void>; recover: () => Promise<void>; remove: () => Promise<void> };

/** The engines that the tests run on: PGlite always, and the real server at TEST_DATABASE_URL where one is given. */
export const ENGINES: readonly (readonly [name: string, create: () => Promise<TestDatabase>])[] = [
  ['PGlite', createInPglite],
  ...(process.env['TEST_DATABASE_URL'] ? [['the server at TEST_DATABASE_URL', createOnServer] as const] : []),
];

async function createInPglite(): Promise<TestDatabase> {
  const folder = await keptFolder();
  const server = await PgliteServer.start(path.join(folder, 'pglite'));
  return {
    url: server.url,
    fail: () => server.kill(),
    recover: () => server.restart(),
    remove: async () => {
      await server.kill();
      await removeFolder(folder);
    },
  };
}

/** A database of its own on that server. Its user needs the right to create databases and extensions. */
async function createOnServer(): Promise<TestDatabase> {
  const url = new URL(process.env['TEST_DATABASE_URL'] ?? '');
  const name = `youju_test_${randomUUID().replaceAll('-', '')}`;
  const administer = async (statement: string) => {
    const client = new pg.Client(url.href);
    await client.connect();
    await client.query(statement).finally(() => client.end());
  };
  await administer(`create database ${name}`);
  const own = new URL(url);
  own.pathname = `/${name}`;
  return {
    url: own.href,
    fail: async () => {
      await administer(`alter database ${name} allow_connections false`);
      await administer(`select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`);
    },
    recover: () => administer(`alter database ${name} allow_connections true`),
    remove: () => administer(`drop database ${name} with (force)`),
  };
}
