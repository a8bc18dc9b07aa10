import { expect, test } from 'vitest';
import { EmbeddingModel } from '../ingest/embedding/embedding-model.ts';
import { FolderStore } from '../ingest/index/folder-store.ts';
import { temporaryFolder } from '../ingest/testing/temporary-folder.ts';
import { openOrIngest } from './open-or-ingest.ts';

test('two servers started on one fresh folder serve the one index that the first of them ingests', async () => {
  const folder = await temporaryFolder();
  const open = () => openOrIngest(new FolderStore(folder), new EmbeddingModel({}), () => {});
  const [first, second] = await Promise.all([open(), open()]);
  expect(first.get().manifest.generation).toBe(second.get().manifest.generation);
}, 60_000);
