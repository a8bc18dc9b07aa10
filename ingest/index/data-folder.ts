import { mkdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { YoujuError } from '../youju-error.ts';

/**
 * Makes a folder and those above it. Not `mkdir` with `recursive`: Node 20's loops for ever where the system answers ENOENT
 * although the folder above is there, as in `/proc`.
 */
export async function makeFolder(folder: string): Promise<void> {
  const above = path.dirname(folder);
  try {
    await makeOne(folder);
  } catch (error) {
    if (systemCodeOf(error) !== 'ENOENT' || above === folder) throw error;
    await makeFolder(above);
    await makeOne(folder);
  }
}

async function makeOne(folder: string): Promise<void> {
  try {
    await mkdir(folder);
  } catch (error) {
    // Another ingest may have been faster.
    if (systemCodeOf(error) !== 'EEXIST' || !(await stat(folder)).isDirectory()) throw error;
  }
}

/** The system's code of a failed call, such as `ENOSPC`. */
export const systemCodeOf = (error: unknown): string | undefined =>
  // Node's own complaints about a program are ERR_….
  error instanceof Error && 'code' in error && typeof error.code === 'string' && /^E[A-Z0-9]+$/.test(error.code) ? error.code : undefined;

const ADVICE: Record<string, string> = {
  ENOSPC: 'the disk is full: free some space',
  EDQUOT: 'the quota is used up: free some space',
  EROFS: 'it is read-only: choose another DATA_DIR',
  EACCES: 'this user may not: check its permissions',
  EPERM: 'this user may not: check its permissions',
  EEXIST: 'a file stands in its place: choose another DATA_DIR',
  ENOTDIR: 'a file stands in its place: choose another DATA_DIR',
  ENOENT: 'it cannot be made: choose another DATA_DIR',
  EMFILE: 'too many files are open: raise `ulimit -n`',
};

/** What the operator is told when the system refuses a call on the data folder. */
export const dataFolderError = (dataFolder: string, deed: 'read' | 'written', cause: unknown): YoujuError => {
  const code = systemCodeOf(cause) ?? 'it does not give back what was written';
  const advice = ADVICE[code] ?? 'check that its disk is neither full nor faulty';
  const next = deed === 'written' ? `${advice}, then run \`npm run ingest\`; the index that is published stays` : advice;
  return new YoujuError('bad-data-folder', `${dataFolder} cannot be ${deed} (${code}): ${next}`, { cause });
};
