import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { YoujuError } from '../youju-error.ts';
import { isDocumentFile, READABLE } from './source-format.ts';

/** Hidden files, Word's lock files, and the folders of pictures and scripts that browsers save beside a page. */
const ASIDE = /^(?:\.|~\$)|(?:_files|\.files|_文件)$/u;

/**
 * Lists the documents behind files and folders (folders recursively), in a stable order without duplicates. Files of formats that
 * are not read are listed, too, so that they are refused by name.
 * @throws YoujuError `no-documents` when a path does not exist or nothing is found
 */
export async function listDocumentFiles(paths: string[]): Promise<string[]> {
  const files = new Set<string>();
  for (const given of paths) {
    const entry = await stat(given).catch(() => undefined);
    if (!entry) throw new YoujuError('no-documents', `${given} does not exist: name a document or a folder of them`);
    if (!entry.isDirectory()) files.add(path.resolve(given));
    else for (const name of await documentsIn(given)) files.add(path.resolve(given, name));
  }
  if (files.size === 0) throw new YoujuError('no-documents', `no document (${READABLE}) in ${paths.join(', ')}`);
  return [...files];
}

async function documentsIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)));
  return files.toSorted().filter((name) => isDocumentFile(name) && name.split(path.sep).every((part) => !ASIDE.test(part)));
}
