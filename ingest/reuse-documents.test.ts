import { cp, mkdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EmbeddingModel } from './embedding/embedding-model.ts';
import { FolderStore } from './index/folder-store.ts';
import { openCurrentIndex } from './index/open-generation.ts';
import { ingestDocuments } from './ingest-documents.ts';
import { readCollection } from './read-collection.ts';
import { scan } from './testing/formats/hostile-files.ts';
import { samplePage } from './testing/formats/sample-formats.ts';
import { keptFolder, removeFolder, temporaryFolder } from './testing/temporary-folder.ts';

let baseline: string;

const ingest = (root: string) =>
  ingestDocuments({
    paths: [path.join(root, 'documents')],
    termFolder: path.join(root, 'terms'),
    store: new FolderStore(path.join(root, 'data')),
    embeddingModel: new EmbeddingModel({}),
    leavesOutRefused: true,
  });

/** A page with a sidecar, one that its reader warns of, a text, and a file that is refused; and their index. */
beforeAll(async () => {
  baseline = await keptFolder();
  const documents = path.join(baseline, 'documents');
  await mkdir(documents);
  await mkdir(path.join(baseline, 'terms'));
  await writeFile(path.join(documents, 'page.html'), samplePage());
  await writeFile(path.join(documents, 'page.json'), '{"place":"北京"}');
  await writeFile(path.join(documents, 'treaty.txt'), '合作条约\n第一条\u3000双方扩大贸易。\n第二条\u3000双方发展能源合作。');
  await writeFile(path.join(documents, 'scan.pdf'), scan(1));
  await ingest(baseline);
}, 120_000);
afterAll(() => removeFolder(baseline));

async function copyOfBaseline(): Promise<string> {
  const root = await temporaryFolder();
  await cp(baseline, root, { recursive: true });
  return root;
}

const documentsOf = (root: string) => [path.join(root, 'documents')];

describe('a second ingest', { timeout: 120_000 }, () => {
  it('reads no file again that was only touched or moved, and its documents are the same', async () => {
    const root = await copyOfBaseline();
    const before = await openCurrentIndex(path.join(root, 'data'));
    await utimes(path.join(root, 'documents', 'page.html'), new Date(), new Date());
    await mkdir(path.join(root, 'documents', 'more'));
    for (const name of ['page.html', 'page.json']) {
      await writeFile(path.join(root, 'documents', 'more', name), await readFile(path.join(root, 'documents', name)));
      await rm(path.join(root, 'documents', name));
    }
    const collection = await readCollection({ paths: documentsOf(root), leavesOutRefused: true }, before);
    expect(collection).toMatchObject({ unchanged: 2, refused: [{ reason: expect.stringContaining('is a scan') }] });
    expect(new Map(collection.rendered.map(({ document }) => [document.documentId, document]))).toEqual(new Map(before.documents));
    expect(await ingest(root)).toMatchObject({ documents: 2, unchanged: 2, added: 0 });
  });

  it.each<[string, (documents: string) => Promise<void>, object]>([
    [
      'whose text was changed',
      (documents) => writeFile(path.join(documents, 'treaty.txt'), '合作条约\n第一条\u3000双方扩大农业贸易。'),
      { added: 1 },
    ],
    ['whose sidecar was changed', (documents) => writeFile(path.join(documents, 'page.json'), '{"place":"上海"}'), { added: 0 }],
    ['that got a sidecar', (documents) => writeFile(path.join(documents, 'treaty.json'), '{"place":"上海"}'), { added: 0 }],
    ['that got a sidecar for it alone', (documents) => writeFile(path.join(documents, 'page.html.json'), '{"place":"上海"}'), { added: 0 }],
    ['that lost its sidecar', (documents) => rm(path.join(documents, 'page.json')), { added: 0 }],
  ])('reads a file %s, and the other one not', async (_, change, expected) => {
    const root = await copyOfBaseline();
    await change(path.join(root, 'documents'));
    expect(await ingest(root)).toMatchObject({ published: true, documents: 2, unchanged: 1, ...expected });
    const fresh = await readCollection({ paths: documentsOf(root), leavesOutRefused: true });
    const { documents } = await openCurrentIndex(path.join(root, 'data'));
    expect(fresh.rendered.map(({ document }) => document)).toEqual([...documents.values()]);
    expect(await ingest(root), 'and once only').toMatchObject({ published: false, unchanged: 2 });
  });

  it('reads a changed rendering, although its document is unchanged', async () => {
    const root = await copyOfBaseline();
    const renderings = path.join(root, 'documents', 'treaty.renderings');
    await mkdir(renderings);
    await writeFile(path.join(renderings, 'en.json'), '{"paragraphs":{"body-item-1":"Both sides expand trade."}}');
    expect(await ingest(root)).toMatchObject({ published: true, unchanged: 2, added: 0 });
    await writeFile(path.join(renderings, 'en.json'), '{"paragraphs":{"part-9":"No such paragraph."}}');
    await expect(ingest(root)).rejects.toMatchObject({ code: 'bad-rendering' });
  });

  it('of other readers reads every file again', async () => {
    const root = await copyOfBaseline();
    const { documents, manifest } = await openCurrentIndex(path.join(root, 'data'));
    const readings = Object.fromEntries(
      Object.entries(manifest.readings).map(([id, reading]) => [id, { ...reading, key: `other ${reading.key}` }]),
    );
    const previous = { documents, manifest: { ...manifest, readings } };
    expect(await readCollection({ paths: documentsOf(root), leavesOutRefused: true }, previous)).toMatchObject({ unchanged: 0 });
  });

  it('tells again what the reader of an unchanged file warned of', async () => {
    const root = await copyOfBaseline();
    const { documents, manifest } = await openCurrentIndex(path.join(root, 'data'));
    const page = manifest.readings['page'];
    const readings = { ...manifest.readings, page: { key: page?.key ?? '', warnings: ['page 2 has no text'] } };
    const collection = await readCollection(
      { paths: documentsOf(root), leavesOutRefused: true },
      { documents, manifest: { ...manifest, readings } },
    );
    expect(collection.warnings).toEqual([expect.stringMatching(/page\.html: page 2 has no text$/)]);
  });
});
