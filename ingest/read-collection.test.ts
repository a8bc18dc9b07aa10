import { copyFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { EmbeddingModel } from './embedding/embedding-model.ts';
import { FolderStore } from './index/folder-store.ts';
import { openCurrentIndex } from './index/open-generation.ts';
import { ingestDocuments } from './ingest-documents.ts';
import { readCollection } from './read-collection.ts';
import { sampleDocx, sampleMarkdown, samplePage, samplePdf, sampleText } from './testing/formats/sample-formats.ts';
import { wordParagraph, writeDocx } from './testing/formats/write-docx.ts';
import { writePdf } from './testing/formats/write-pdf.ts';
import { writeDocuments } from './testing/sample-document.ts';
import { temporaryFolder } from './testing/temporary-folder.ts';

const dataOf = (root: string) => path.join(root, 'data');
const fileIn = (root: string, name: string) => path.join(root, 'documents', name);

function ingest(root: string) {
  return ingestDocuments({
    paths: [path.join(root, 'documents')],
    // Without terms an ingest is a matter of the dictionary alone.
    termFolder: path.join(root, 'no-terms'),
    store: new FolderStore(dataOf(root)),
    embeddingModel: new EmbeddingModel({}),
  });
}

/** A collection of one document in five formats. */
async function mixedCollection(): Promise<string> {
  const root = await temporaryFolder();
  await writeDocuments(path.join(root, 'no-terms'), {});
  await writeDocuments(path.join(root, 'documents'), { plain: sampleText });
  const files = { 'page.html': samplePage(), 'marked.md': sampleMarkdown(), 'word.docx': sampleDocx(), 'print.pdf': samplePdf() };
  for (const [name, bytes] of Object.entries(files)) await writeFile(fileIn(root, name), bytes);
  return root;
}

const PARAGRAPHS = 12;

describe('an ingest of mixed formats', { timeout: 120_000 }, () => {
  it('takes them all, embeds each text once, and later only what changed', async () => {
    const root = await mixedCollection();
    expect(await ingest(root)).toMatchObject({ published: true, documents: 5, paragraphs: 5 * PARAGRAPHS, refused: [], warnings: [] });
    const index = await openCurrentIndex(dataOf(root));
    const texts = [...index.documents.values()].map(({ paragraphs }) => paragraphs.map(({ text }) => text).join('\n'));
    expect(new Set(texts).size).toBe(1);
    expect(index.documents.get('plain')?.file).toBeUndefined();
    expect(index.documents.get('print')?.file?.mediaType).toBe('application/pdf');

    expect(await ingest(root)).toMatchObject({ published: false, added: 0 });
    await writeFile(fileIn(root, 'word.docx'), writeDocx(wordParagraph('双方商定发展旅游合作。') + wordParagraph('双方满意。')));
    await rm(fileIn(root, 'print.pdf'));
    await copyFile(fileIn(root, 'page.html'), fileIn(root, 'another.html'));
    expect(await ingest(root)).toMatchObject({ published: true, documents: 5, paragraphs: 4 * PARAGRAPHS + 2, added: 2, removed: 0 });
  });
});

/** What an ingest of the collection reads, by documentId. */
async function read(root: string, leavesOutRefused = true) {
  const { rendered, ...others } = await readCollection({ paths: [path.join(root, 'documents')], leavesOutRefused });
  return { documents: new Map(rendered.map(({ document }) => [document.documentId, document])), ...others };
}

describe('the documents of a collection', { timeout: 60_000 }, () => {
  it('have the metadata of their files, and over it that of their sidecars', async () => {
    const root = await mixedCollection();
    await writeFile(fileIn(root, 'page.json'), JSON.stringify({ title: '联合声明', publishedOn: '2024-05-08' }));
    await writeFile(fileIn(root, 'marked.md.json'), JSON.stringify({ place: '东海城' }));
    const { documents } = await read(root);
    expect(documents.get('page')).toMatchObject({ title: '联合声明', publishedOn: '2024-05-08', source: expect.stringMatching(/^https:/) });
    expect(documents.get('marked')).toMatchObject({ date: '2024-05-06', place: '东海城' });
    for (const name of ['plain', 'word', 'print']) expect(documents.get(name)?.date).toBeUndefined();
  });

  it('are told apart where two files have one name: both are named, until one has an id of its own', async () => {
    const root = await mixedCollection();
    await rename(fileIn(root, 'word.docx'), fileIn(root, 'page.docx'));
    await expect(read(root)).rejects.toMatchObject({
      code: 'bad-metadata',
      message: expect.stringMatching(/“page”.*page\.docx and .*page\.html.*page\.html\.json/),
    });
    await writeFile(fileIn(root, 'page.html.json'), JSON.stringify({ documentId: 'page-of-the-ministry' }));
    expect([...(await read(root)).documents.keys()].toSorted()).toEqual(['marked', 'page', 'page-of-the-ministry', 'plain', 'print']);
  });
});

describe('files that cannot be read', { timeout: 60_000 }, () => {
  const scan = writePdf([[]]);

  it('are left out and told by name, with the others read', async () => {
    const root = await mixedCollection();
    await writeFile(fileIn(root, 'scan.pdf'), scan);
    await writeFile(fileIn(root, 'table.xlsx'), 'x');
    await writeFile(fileIn(root, 'empty.txt'), '');
    const { documents, refused } = await read(root);
    expect(documents.size).toBe(5);
    expect(refused.map(({ file, reason }) => [path.basename(file), reason.slice(file.length + 1).split(/[:,]/)[0]])).toEqual([
      ['empty.txt', 'is empty'],
      ['scan.pdf', 'is a scan'],
      ['table.xlsx', 'is a .xlsx file'],
    ]);
  });

  it('stop everything where none may be left out, or none is left', async () => {
    const root = await mixedCollection();
    await writeFile(fileIn(root, 'scan.pdf'), scan);
    await expect(read(root, false)).rejects.toMatchObject({ code: 'bad-document', message: expect.stringContaining('scan.pdf is a scan') });
    const paths = [fileIn(root, 'scan.pdf')];
    await expect(readCollection({ paths, leavesOutRefused: true })).rejects.toMatchObject({ code: 'bad-document' });
  });

  it('are other than pages without text in a file that is read', async () => {
    const root = await mixedCollection();
    await writeFile(fileIn(root, 'print.pdf'), writePdf([[{ x: 80, y: 700, size: 14, text: '双方同意。' }], []]));
    expect((await read(root)).warnings).toEqual([expect.stringMatching(/print\.pdf: page 2 of 2 has no text/)]);
  });
});
