import path from 'node:path';
import { packageRoot } from '../../ingest/package-root.ts';
import { keptFolder, removeFolder } from '../../ingest/testing/temporary-folder.ts';
import { ingestInto } from './statement.ts';

/** Statements of 2015, 2017 and 2019 and a communiqué of 2017, made up for tests: paragraphs recur, with other figures or the same words. */
export const SISTERS_FOLDER = path.join(packageRoot, 'evals', 'several-documents', 'documents');

/** A data folder with the index of the sister documents, for the tests of one file. */
export async function ingestSisters(): Promise<{ dataFolder: string; remove: () => Promise<void> }> {
  const folder = await keptFolder();
  const dataFolder = path.join(folder, 'data');
  await ingestInto(dataFolder, [SISTERS_FOLDER]);
  return { dataFolder, remove: () => removeFolder(folder) };
}
