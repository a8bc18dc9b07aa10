import { createServer } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { PgliteServer } from '../testing/database/pglite-server.ts';
import { ENGINES, type TestDatabase } from '../testing/database/test-databases.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { Database } from './database.ts';

const PASSWORD = 'canary-77ab';
const urlAt = (port: number) => `postgresql://youju:${PASSWORD}@127.0.0.1:${port}/youju`;

async function openDatabase(url: string): Promise<Database> {
  const database = await Database.open(url, 3);
  onTestFinished(() => database.end());
  return database;
}

describe.each(ENGINES)('a database in %s', (_name, create) => {
  let given: TestDatabase;
  beforeAll(async () => {
    given = await create();
  }, 120_000);
  afterAll(() => given.remove());

  test('gets its tables from whoever comes first, of several at once', async () => {
    const databases = await Promise.all([1, 2, 3].map(() => openDatabase(given.url)));
    for (const database of databases) expect(await database.query('select generation from youju.published')).toEqual([]);
  });

  test('holds all queries of a transaction, or none', async () => {
    const database = await openDatabase(given.url);
    const failure = new Error('no disk');
    const insert = "insert into youju.chat_calls (day, calls) values ('2026-01-01', 7)";
    await expect(
      database.transaction(async (query) => {
        await query(insert);
        throw failure;
      }),
    ).rejects.toBe(failure);
    expect(await database.query('select calls from youju.chat_calls')).toEqual([]);
    await database.transaction((query) => query(insert));
    expect(await database.query('select calls from youju.chat_calls')).toEqual([{ calls: 7 }]);
  });

  test('passes on what is a fault of this program, and is usable after it', async () => {
    const database = await openDatabase(given.url);
    await expect(database.query('select from nowhere')).rejects.toMatchObject({ name: 'error', code: '42P01' });
    expect(await database.query('select 1 as one')).toEqual([{ one: 1 }]);
  });

  test('is waited for no longer than somebody waits', async () => {
    const database = await openDatabase(given.url);
    const left = new Error('the client left');
    await expect(database.query('select 1', [], { signal: AbortSignal.abort(left) })).rejects.toBe(left);
    const departure = new AbortController();
    const waiting = database.query('select 1', [], { signal: departure.signal });
    departure.abort(left);
    await expect(waiting).rejects.toBe(left);
    expect(await database.query('select 1 as one')).toEqual([{ one: 1 }]);
  });

  test('that is away is told as such, by its address and without the password, until it is back', async () => {
    const database = await openDatabase(given.url);
    await given.fail();
    await expect(database.query('select 1')).rejects.toMatchObject({ name: 'YoujuError', code: 'store-unavailable' });
    await given.recover();
    expect(await database.query('select 1 as one')).toEqual([{ one: 1 }]);
  });
});

test('a database where nobody listens is told by its address, without the password', async () => {
  const opening = Database.open(urlAt(1), 1);
  await expect(opening).rejects.toMatchObject({ code: 'store-unavailable', message: expect.stringContaining('127.0.0.1:1/youju') });
  await expect(opening).rejects.toMatchObject({ message: expect.not.stringContaining(PASSWORD) });
});

test('a database that says nothing counts as gone', async () => {
  const silent = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void silent.close());
  await new Promise((resolve) => silent.once('listening', resolve));
  const address = silent.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  await expect(Database.open(urlAt(port), 1)).rejects.toMatchObject({ code: 'store-unavailable' });
});

test('a database without pgvector is refused, with what to do', { timeout: 120_000 }, async () => {
  const server = await PgliteServer.start(path.join(await temporaryFolder(), 'pglite'), {});
  onTestFinished(() => server.kill());
  await expect(Database.open(server.url, 1)).rejects.toMatchObject({
    code: 'bad-database',
    message: expect.stringContaining('CREATE EXTENSION vector'),
  });
});
