import { existsSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { readCurrent } from '../ingest/index/generation-files.ts';
import { withIngestLock } from '../ingest/index/ingest-lock.ts';
import { temporaryFolder } from '../ingest/testing/temporary-folder.ts';
import { YoujuError } from '../ingest/youju-error.ts';
import { startServer } from './testing/run-server.ts';

test('a server that is killed takes its first ingest with it', async () => {
  const dataFolder = await temporaryFolder();
  const server = startServer({ DATA_DIR: dataFolder });
  while (!existsSync(path.join(dataFolder, 'ingest.lock'))) await wait(20);
  server.child.kill('SIGKILL');
  await server.ending;
  for (let isOver = false; !isOver; await wait(50)) isOver = await isFree(dataFolder);
  expect(await readCurrent(dataFolder)).toBeUndefined();
}, 60_000);

/** Whether no ingest runs: the lock goes with its process. */
const isFree = (dataFolder: string): Promise<boolean> =>
  withIngestLock(dataFolder, async () => true).catch((error: unknown) => {
    if (error instanceof YoujuError && error.code === 'ingest-running') return false;
    throw error;
  });
