import type { Database } from './database/database.ts';
import { FolderStore } from './index/folder-store.ts';
import type { GenerationStore } from './index/generation-store.ts';
import type { DataEnvironment } from './ingest-configuration.ts';

/** Where the index lives, as the environment says; `database` where servers share one. */
export type OpenedStore = { store: GenerationStore; database?: Database };

/** @throws YoujuError `store-unavailable`, `bad-database` */
export async function openStore(environment: DataEnvironment): Promise<OpenedStore> {
  const { DATABASE_URL, DATABASE_CONNECTIONS, DATA_DIR } = environment;
  if (DATABASE_URL === undefined) return { store: new FolderStore(DATA_DIR) };
  // Loaded only where it is used: it takes time at every start.
  const [{ Database }, { DatabaseStore }] = await Promise.all([
    import('./database/database.ts'),
    import('./index/database/database-store.ts'),
  ]);
  const database = await Database.open(DATABASE_URL, DATABASE_CONNECTIONS);
  return { store: new DatabaseStore(database), database };
}
