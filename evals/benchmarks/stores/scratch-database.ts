import { randomBytes } from 'node:crypto';
import pg from 'pg';

/** A database of its own on the server of `url`, gone when `use` is done: what is kept in the one that is named stays as it is. */
export async function withScratchDatabase<Result>(url: string, use: (url: string) => Promise<Result>): Promise<Result> {
  const name = `youju_bench_${randomBytes(6).toString('hex')}`;
  await administer(url, `create database ${name}`);
  const own = new URL(url);
  own.pathname = `/${name}`;
  try {
    return await use(own.href);
  } finally {
    await administer(url, `drop database ${name} with (force)`);
  }
}

async function administer(url: string, statement: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  await client.query(statement).finally(() => client.end());
}
