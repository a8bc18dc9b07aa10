import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Database } from '../database/database.ts';
import { DatabaseStore } from '../index/database/database-store.ts';
import { FolderStore } from '../index/folder-store.ts';
import { type FILES, generationFolder } from '../index/generation-files.ts';
import type { GenerationStore } from '../index/generation-store.ts';
import { ENGINES, type TestDatabase } from './database/test-databases.ts';
import { keptFolder, removeFolder } from './temporary-folder.ts';

type StoredFile = (typeof FILES)[keyof typeof FILES];

/** An empty store, as two processes have it open, and a way to damage what it keeps. */
export type TestStore = {
  store: GenerationStore;
  others: GenerationStore;
  flipByte: (generation: string, file: Exclude<StoredFile, typeof FILES.vectors>) => Promise<void>;
  remove: () => Promise<void>;
};

/** Both kinds of store, a database in each engine that there is. */
export const STORES: readonly (readonly [name: string, create: () => Promise<TestStore>])[] = [
  ['a data folder', createFolderStore],
  ...ENGINES.map(([name, create]) => [name, async () => createDatabaseStore(await create())] as const),
];

async function createFolderStore(): Promise<TestStore> {
  const folder = await keptFolder();
  const flipByte = async (generation: string, name: string) => {
    const file = path.join(generationFolder(folder, generation), name);
    const bytes = await readFile(file);
    bytes[0] = (bytes[0] ?? 0) ^ 1;
    await writeFile(file, bytes);
  };
  return { store: new FolderStore(folder), others: new FolderStore(folder), flipByte, remove: () => removeFolder(folder) };
}

async function createDatabaseStore({ url, remove }: TestDatabase): Promise<TestStore> {
  const [database, others] = [await Database.open(url, 4), await Database.open(url, 4)];
  const flipByte = async (generation: string, name: string) => {
    await database.query(
      `update youju.file_pieces set bytes = set_byte(bytes, 0, get_byte(bytes, 0) # 1) where piece = 0 and sha256 =
        (select sha256 from youju.generation_files where generation = $1 and name = $2)`,
      [generation, name],
    );
  };
  const end = async () => {
    await Promise.all([database.end(), others.end()]);
    await remove();
  };
  return { store: new DatabaseStore(database), others: new DatabaseStore(others), flipByte, remove: end };
}
