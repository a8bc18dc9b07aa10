import { readFileSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { inject } from 'vitest';
import { EmbeddingModel } from '../../ingest/embedding/embedding-model.ts';
import { FolderStore } from '../../ingest/index/folder-store.ts';
import { readCurrent } from '../../ingest/index/generation-files.ts';
import { type OpenIndex, openCurrentIndex } from '../../ingest/index/open-generation.ts';
import { ingestDocuments } from '../../ingest/ingest-documents.ts';
import { documentsFolder, termsFolder } from '../../ingest/package-root.ts';
import type { SourceDocument } from '../../ingest/structure/document.ts';
import { temporaryFolder } from '../../ingest/testing/temporary-folder.ts';
import { YoujuError } from '../../ingest/youju-error.ts';

export const STATEMENT_ID = 'china-kazakhstan-joint-statement-2019';
export const STATEMENT_FILE = path.join(documentsFolder, `${STATEMENT_ID}.txt`);

/** The source as it stands in the repository, read without any of the product's code. */
export const STATEMENT_SOURCE = readFileSync(STATEMENT_FILE, 'utf8');

/** The one question whose answer the tests know: it must never move. */
export const EXPO_QUESTION = '第二届中国国际进口博览会在哪里举办？';
export const EXPO_PARAGRAPH = 'part-2-item-1';
export const EXPO_CITY = '上海';

/** Ingests texts into a data folder with the repository's terms and the local embeddings. */
export const ingestInto = (dataFolder: string, paths: string[]) =>
  ingestDocuments({ paths, termFolder: termsFolder, store: new FolderStore(dataFolder), embeddingModel: new EmbeddingModel({}) });

/** The data folder with the real index of `ingest/documents`, built once a run. Read only: take `copyOfStatement` to change it. */
export async function statementDataFolder(): Promise<string> {
  const dataFolder = inject('sharedDataFolder');
  while ((await readCurrent(dataFolder)) === undefined) {
    await ingestInto(dataFolder, [documentsFolder]).catch((error: unknown) => {
      const isBeingBuilt = error instanceof YoujuError && error.code === 'ingest-running';
      if (!isBeingBuilt) throw error;
    });
    await wait(50);
  }
  return dataFolder;
}

export const openStatement = async (): Promise<OpenIndex> => openCurrentIndex(await statementDataFolder());

export function statementOf(index: OpenIndex): SourceDocument {
  const document = index.documents.get(STATEMENT_ID);
  if (!document) throw new Error(`the index has no ${STATEMENT_ID}`);
  return document;
}

/** A copy of the statement's data folder that a test may write to. */
export async function copyOfStatement(): Promise<string> {
  const folder = await temporaryFolder();
  await cp(await statementDataFolder(), folder, { recursive: true });
  return folder;
}
