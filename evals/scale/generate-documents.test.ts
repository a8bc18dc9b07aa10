import { expect, test } from 'vitest';
import { EmbeddingModel } from '../../ingest/embedding/embedding-model.ts';
import { FolderStore } from '../../ingest/index/folder-store.ts';
import { ingestDocuments } from '../../ingest/ingest-documents.ts';
import { termsFolder } from '../../ingest/package-root.ts';
import { temporaryFolder } from '../../ingest/testing/temporary-folder.ts';
import { openStatement } from '../../server/testing/statement.ts';
import { generateDocument, generateDocuments, sentencesToRecombine } from './generate-documents.ts';

const statementSentences = async () => [...(await openStatement()).documents.values()].flatMap(sentencesToRecombine);

test('a made-up document is the same for a seed and a number, and another for others', async () => {
  const sentences = await statementSentences();
  expect(generateDocument(sentences, 7, 1)).toEqual(generateDocument(sentences, 7, 1));
  expect(new Set([1, 2, 3].map((number) => generateDocument(sentences, 7, number).text)).size).toBe(3);
  expect(generateDocument(sentences, 8, 1).text).not.toBe(generateDocument(sentences, 7, 1).text);
});

test('made-up documents are ingested, ten paragraphs each', async () => {
  const [folder, dataFolder] = [await temporaryFolder(), await temporaryFolder()];
  await generateDocuments(folder, await statementSentences(), { seed: 7, count: 5 });
  const summary = await ingestDocuments({
    paths: [folder],
    termFolder: termsFolder,
    store: new FolderStore(dataFolder),
    embeddingModel: new EmbeddingModel({}),
  });
  expect(summary).toMatchObject({ documents: 5, paragraphs: 50 });
});
