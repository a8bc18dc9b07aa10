import { open } from 'node:fs/promises';
import path from 'node:path';
import { YoujuError } from '../youju-error.ts';
import { dataFolderError, makeFolder } from './data-folder.ts';

/**
 * Runs `work` while this process alone may write the data folder. The lock is the kernel's: it is gone the moment its process
 * is, even after kill -9, so no stale lock ever needs clearing.
 * @throws YoujuError `ingest-running` when another process holds it, `bad-data-folder` when the folder cannot be written
 */
export async function withIngestLock<Result>(dataFolder: string, work: () => Promise<Result>): Promise<Result> {
  const lock = await openLockFile(dataFolder).catch((cause: unknown) => {
    throw dataFolderError(dataFolder, 'written', cause);
  });
  try {
    // A server that finds an index takes no lock, and this takes 7 ms to load.
    const { tryLock } = await import('fs-native-extensions');
    if (!tryLock(lock.fd)) {
      throw new YoujuError('ingest-running', `another ingest is writing ${dataFolder}: wait for it to end, then try again`);
    }
    return await work();
  } finally {
    await lock.close();
  }
}

async function openLockFile(dataFolder: string) {
  await makeFolder(dataFolder);
  return open(path.join(dataFolder, 'ingest.lock'), 'a+');
}
