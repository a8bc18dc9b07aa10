import { mkdir, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { EmbeddingModel } from './embedding/embedding-model.ts';
import { FolderStore } from './index/folder-store.ts';
import { openCurrentIndex } from './index/open-generation.ts';
import { ingestDocuments } from './ingest-documents.ts';
import { embeddingFaults, sendQuarters } from './testing/embedding-faults.ts';
import { serveEmbeddings } from './testing/embeddings-endpoint.ts';
import { startIngest } from './testing/run-program.ts';
import { writeDocuments } from './testing/sample-document.ts';
import { answerRightly, type EmbeddingsEndpoint } from './testing/scripted-embeddings.ts';
import { temporaryFolder } from './testing/temporary-folder.ts';

const KEY = 'sk-canary-0123456789';
const TEXT = '合作声明\n双方扩大贸易。\n双方发展能源合作。\n双方保护河流。';
const CHANGED = TEXT.replaceAll('双方', '两国');

const ingest = (root: string, { baseUrl }: EmbeddingsEndpoint) =>
  ingestDocuments({
    paths: [path.join(root, 'documents')],
    termFolder: path.join(root, 'terms'),
    store: new FolderStore(path.join(root, 'data')),
    embeddingModel: new EmbeddingModel({ model: 'test-embedding', apiKey: KEY, baseUrl }),
  });

/** Every file of a folder with its bytes. */
async function contentsOf(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
  return Object.fromEntries(await Promise.all(files.map(async (file) => [file, await readFile(file, 'latin1')] as const)));
}

/** A collection with its index, whose every paragraph was changed since; the endpoint of it, which answers rightly. */
async function changedCollection(): Promise<{ root: string; endpoint: EmbeddingsEndpoint }> {
  const root = await temporaryFolder();
  const endpoint = await serveEmbeddings();
  await mkdir(path.join(root, 'terms'));
  await writeDocuments(path.join(root, 'documents'), { statement: TEXT });
  await ingest(root, endpoint);
  await writeDocuments(path.join(root, 'documents'), { statement: CHANGED });
  return { root, endpoint };
}

describe('an ingest whose embeddings endpoint is at fault', { timeout: 120_000 }, () => {
  it('is refused before the disk is touched, says what to do, and works when the endpoint is mended', async () => {
    const { root, endpoint } = await changedCollection();
    const before = await contentsOf(path.join(root, 'data'));
    for (const [fault, code, answer] of [...embeddingFaults, ['quarters', 'bad-vector', sendQuarters] as const]) {
      endpoint.answerWith(answer);
      const refusal: unknown = await ingest(root, endpoint).catch((error: unknown) => error);
      expect(refusal, fault).toMatchObject({ code, message: expect.stringMatching(/: (check|wait)/) });
      expect(String(refusal)).not.toContain('canary');
      expect(await contentsOf(path.join(root, 'data')), fault).toEqual(before);
    }
    expect((await openCurrentIndex(path.join(root, 'data'))).documents.get('statement')?.text).toBe(TEXT);
    endpoint.answerWith(answerRightly);
    expect(await ingest(root, endpoint)).toMatchObject({ published: true, added: 3 });
  });

  it('tells the operator in one line, without the key', async () => {
    const { root, endpoint } = await changedCollection();
    endpoint.answerWith(embeddingFaults.find(([fault]) => fault.startsWith('HTTP 401'))?.[2] ?? answerRightly);
    const run = startIngest([path.join(root, 'documents'), '--data-dir', path.join(root, 'data')], {
      EMBEDDING_MODEL: 'test-embedding',
      OPENAI_API_KEY: KEY,
      OPENAI_BASE_URL: endpoint.baseUrl,
    });
    const { code, stdout, stderr } = await run.ending;
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: 'embedding-failed: embedding model test-embedding refused the key (HTTP 401): check OPENAI_API_KEY\n',
    });
    expect(stdout).not.toContain('canary');
  });
});
