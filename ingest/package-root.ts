import { existsSync } from 'node:fs';
import path from 'node:path';

/** The project's own folder, whether this file runs as TypeScript or compiled into `dist/`: the nearest one with a package.json. */
export const packageRoot: string = (() => {
  let folder = import.meta.dirname;
  while (!existsSync(path.join(folder, 'package.json')) && path.dirname(folder) !== folder) folder = path.dirname(folder);
  return folder;
})();

/** Where the repository keeps its documents and its term base: the defaults of an ingest. */
export const documentsFolder: string = path.join(packageRoot, 'ingest', 'documents');
export const termsFolder: string = path.join(packageRoot, 'ingest', 'terms');
