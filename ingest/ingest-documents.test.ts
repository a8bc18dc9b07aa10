import { copyFile, cp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EmbeddingModel } from './embedding/embedding-model.ts';
import { FolderStore } from './index/folder-store.ts';
import { currentPointer, FILES, generationFolder, readCurrent } from './index/generation-files.ts';
import { openCurrentIndex } from './index/open-generation.ts';
import { type IngestOptions, type IngestProgress, ingestDocuments } from './ingest-documents.ts';
import { termsFolder } from './package-root.ts';
import { serveEmbeddings } from './testing/embeddings-endpoint.ts';
import { statementFile, writeDocuments } from './testing/sample-document.ts';
import { type EmbeddingsEndpoint, sendVectors } from './testing/scripted-embeddings.ts';
import { keptFolder, removeFolder, temporaryFolder } from './testing/temporary-folder.ts';

const TREATY = '合作条约\n第一条\u3000双方扩大贸易。\n第二条\u3000双方发展能源合作。\n第三条\u3000双方保护河流。';
const CHUNKS = 57 + 3;

let baseline: string;

/** A collection of two documents and the index of it, ingested once. */
beforeAll(async () => {
  baseline = await keptFolder();
  const documents = await writeDocuments(path.join(baseline, 'documents'), { treaty: TREATY });
  await copyFile(statementFile, path.join(documents, 'statement.txt'));
  await ingest(baseline);
}, 120_000);
afterAll(() => removeFolder(baseline));

function ingest(root: string, options: Partial<IngestOptions> = {}) {
  return ingestDocuments({
    paths: [path.join(root, 'documents')],
    termFolder: termsFolder,
    store: new FolderStore(path.join(root, 'data')),
    embeddingModel: new EmbeddingModel({}),
    ...options,
  });
}

/** A copy of the collection and its index that a test may change. */
async function copyOfBaseline(): Promise<string> {
  const root = await temporaryFolder();
  await cp(baseline, root, { recursive: true });
  return root;
}

const modelAt = (endpoint: EmbeddingsEndpoint) => new EmbeddingModel({ model: 'test-embedding', baseUrl: endpoint.baseUrl });
const treatyOf = (root: string) => path.join(root, 'documents', 'treaty.txt');
const indexOf = (root: string) => openCurrentIndex(path.join(root, 'data'));

async function paragraphIds(root: string): Promise<string[]> {
  return [...(await indexOf(root)).chunks].map(({ documentId, paragraphId }) => `${documentId}#${paragraphId}`);
}

describe('an ingest', { timeout: 120_000 }, () => {
  it('of unchanged text embeds nothing and publishes nothing', async () => {
    const root = await copyOfBaseline();
    const before = await readCurrent(path.join(root, 'data'));
    const { mtimeMs } = await stat(currentPointer(path.join(root, 'data')));
    const progress: IngestProgress[] = [];
    expect(await ingest(root, { onProgress: (step) => progress.push(step) })).toEqual({
      generation: before,
      published: false,
      documents: 2,
      unchanged: 2,
      paragraphs: CHUNKS,
      added: 0,
      resumed: 0,
      kept: CHUNKS,
      removed: 0,
      refused: [],
      warnings: [],
    });
    expect(progress.slice(-1)).toEqual([{ stage: 'read', documents: 2, paragraphs: CHUNKS, chunks: CHUNKS }]);
    expect((await stat(currentPointer(path.join(root, 'data')))).mtimeMs).toBe(mtimeMs);
  });

  it('of one changed paragraph embeds exactly that one; all ids and all other vectors stay', async () => {
    const root = await copyOfBaseline();
    const endpoint = await serveEmbeddings();
    const embeddingModel = modelAt(endpoint);
    const first = await ingest(root, { embeddingModel });
    expect(first, 'another model embeds everything anew').toMatchObject({ published: true, added: CHUNKS, kept: 0, removed: 0 });
    expect(endpoint.texts).toHaveLength(CHUNKS);
    const before = await indexOf(root);
    const ids = await paragraphIds(root);

    await writeFile(treatyOf(root), TREATY.replace('能源合作', '农业合作'));
    const second = await ingest(root, { embeddingModel });
    expect(second).toMatchObject({ published: true, added: 1, kept: CHUNKS - 1, removed: 1 });
    expect(endpoint.texts.slice(CHUNKS)).toEqual([expect.stringMatching(/^合作条约\s双方发展农业合作。$/)]);
    expect(await paragraphIds(root)).toEqual(ids);
    const after = await indexOf(root);
    const hashes = [...before.chunks.hashes()];
    for (const [unit, hash] of [...after.chunks.hashes()].entries()) {
      if (hash !== hashes[unit]) continue;
      // hnswlib normalises again what it gave out normalised: the last bit may differ.
      const old = before.vectorIndex.vectorOf(unit);
      const changes = after.vectorIndex.vectorOf(unit).map((value, place) => Math.abs(value - (old[place] ?? 0)));
      expect(Math.max(...changes)).toBeLessThan(1e-6);
    }
    expect(after.paragraph('treaty', 'body-item-2')?.text).toContain('农业');
  });

  it('of nothing new but the editor’s questions embeds nothing and publishes them', async () => {
    const root = await copyOfBaseline();
    expect((await indexOf(root)).documents.get('treaty')?.questions).toBeUndefined();
    for (const question of ['贸易怎么规定？', '能源怎么规定？']) {
      await writeFile(path.join(root, 'documents', 'treaty.json'), JSON.stringify({ questions: { 'zh-Hans': [question] } }));
      expect(await ingest(root)).toMatchObject({ published: true, added: 0, kept: CHUNKS, removed: 0 });
      expect((await indexOf(root)).documents.get('treaty')?.questions).toEqual({ 'zh-Hans': [question] });
    }
  });

  it('without a document removes it from the index', async () => {
    const root = await copyOfBaseline();
    await rm(treatyOf(root));
    expect(await ingest(root)).toMatchObject({ published: true, documents: 1, added: 0, kept: 57, removed: 3 });
    const index = await indexOf(root);
    expect([...index.documents.keys()]).toEqual(['statement']);
    expect(index.paragraph('treaty', 'body-item-1')).toBeUndefined();
  });

  it('replaces a damaged index by a whole one', async () => {
    const root = await copyOfBaseline();
    const generation = (await readCurrent(path.join(root, 'data'))) ?? '';
    await writeFile(path.join(generationFolder(path.join(root, 'data'), generation), FILES.vectors), 'damaged');
    await expect(indexOf(root)).rejects.toMatchObject({ code: 'index-corrupt' });
    expect(await ingest(root)).toMatchObject({ published: true, added: CHUNKS });
    expect((await indexOf(root)).chunks).toHaveLength(CHUNKS);
  });
});

describe('an ingest that is refused', { timeout: 120_000 }, () => {
  async function expectOldIndexServes(root: string, code: string, options: Partial<IngestOptions> = {}): Promise<void> {
    const before = await readFile(currentPointer(path.join(root, 'data')), 'utf8');
    await expect(ingest(root, options)).rejects.toMatchObject({ code });
    expect(await readFile(currentPointer(path.join(root, 'data')), 'utf8')).toBe(before);
    expect((await indexOf(root)).chunks).toHaveLength(CHUNKS);
  }

  it('for a document that is not UTF-8 leaves the old index serving', async () => {
    const root = await copyOfBaseline();
    await writeFile(treatyOf(root), Buffer.from([0xff, 0xfe, 0x41]));
    await expectOldIndexServes(root, 'bad-document');
  });

  it('for an endpoint that sends null leaves the old index serving', async () => {
    const root = await copyOfBaseline();
    const endpoint = await serveEmbeddings();
    endpoint.answerWith((texts, response) =>
      sendVectors(
        response,
        texts.map(() => [1, null, 3]),
      ),
    );
    await expectOldIndexServes(root, 'bad-vector', { embeddingModel: modelAt(endpoint) });
  });

  it('for a bad term base leaves the old index serving', async () => {
    const root = await copyOfBaseline();
    await writeFile(path.join(root, 'energy.json'), '[{"concept":"oil","zh-Hans":["油"]}]');
    await expectOldIndexServes(root, 'bad-term-base', { termFolder: root });
  });

  it('for two documents of one id names the file', async () => {
    const root = await copyOfBaseline();
    await writeDocuments(path.join(root, 'documents', 'more'), { Treaty: '双方同意。' });
    await expectOldIndexServes(root, 'bad-metadata');
    await expect(ingest(root)).rejects.toThrow(/“treaty”.*treaty\.txt/);
  });

  it('for a path that does not exist publishes nothing', async () => {
    const root = await temporaryFolder();
    await expect(ingest(root)).rejects.toMatchObject({ code: 'no-documents' });
    await expect(indexOf(root)).rejects.toMatchObject({ code: 'index-missing' });
  });
});
