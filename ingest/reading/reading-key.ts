import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { packageRoot } from '../package-root.ts';
import type { Sidecar } from '../structure/read-sidecar.ts';
import type { SourceFile } from './source-reader.ts';

/** The running program, and the compiled one, in which the readers run. */
const PROGRAMS = [path.dirname(import.meta.dirname), path.join(packageRoot, 'dist', 'ingest')];
/** Which libraries are installed. */
const LIBRARIES = path.join(packageRoot, 'package-lock.json');

/**
 * What reads: a hash of all programs of ingest, of the list of libraries and of Node's version. Nobody needs to remember a number: whatever
 * is changed makes files be read anew. `undefined` where it cannot be told which libraries are installed; then every file is read.
 */
export async function readerVersion(programs = PROGRAMS, libraries = LIBRARIES): Promise<string | undefined> {
  const list = await readFile(libraries).catch(() => undefined);
  if (!list) return undefined;
  const hash = createHash('sha256').update(process.version).update(list);
  for (const folder of new Set(programs)) {
    const names = await readdir(folder, { recursive: true }).catch(() => []);
    for (const name of names.filter((each) => /\.[jt]s$/u.test(each)).toSorted())
      hash.update(`\n${name}\n`).update(await readFile(path.join(folder, name)));
  }
  return hash.digest('hex');
}

/** Tells whether a file would be read as it was before: by the same readers, with the same name, bytes and sidecar. */
export const readingKey = (version: string, { file, bytes }: SourceFile, { json }: Sidecar): string =>
  createHash('sha256')
    .update(JSON.stringify([version, path.basename(file), json ?? null]))
    .update(bytes)
    .digest('hex');
