import { type Database, INGESTING_MILLISECONDS } from '../../database/database.ts';
import type { RunQuery } from '../../database/run-query.ts';
import type { IngestLease } from './ingest-lease.ts';

/**
 * Removes all generations but the published one and the one before, and then the files and vectors that none of these uses: of older
 * generations, and of ingests that were killed. Under the lease, because an ingest that is on its way has vectors nobody uses yet.
 */
export const removeUnused = (database: Database, lease: IngestLease): Promise<void> =>
  database.transaction(
    async (query) => {
      await query(
        `delete from youju.generations where name not in
          (select generation from youju.published union select previous from youju.published where previous is not null)`,
      );
      await query(
        `delete from youju.file_pieces as piece
          where not exists (select from youju.generation_files as file where file.sha256 = piece.sha256)`,
      );
      await removeVectors(query);
      await lease.assertHeld(query);
    },
    { milliseconds: INGESTING_MILLISECONDS },
  );

/** The vectors of a model that no generation uses go with their table. */
async function removeVectors(query: RunQuery): Promise<void> {
  const tables = await query<{ name: string; is_used: boolean }>(
    `select name, exists (select from youju.generations as generation where generation.vectors = model.name) as is_used
      from youju.vector_tables as model`,
  );
  for (const { name, is_used } of tables) {
    if (is_used)
      await query(
        `delete from youju.${name} as stored where not exists (
          select from youju.generation_chunks as listed join youju.generations as generation on generation.name = listed.generation
            where generation.vectors = $1 and listed.hash = stored.hash)`,
        [name],
      );
    else {
      await query(`drop function if exists youju.${name}_nearest`);
      await query(`drop table youju.${name}`);
      await query('delete from youju.vector_tables where name = $1', [name]);
    }
  }
}
