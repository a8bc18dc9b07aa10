import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openCurrentIndex } from './index/open-generation.ts';
import { samplePage } from './testing/formats/sample-formats.ts';
import { startIngest } from './testing/run-program.ts';
import { writeDocuments } from './testing/sample-document.ts';
import { temporaryFolder } from './testing/temporary-folder.ts';

async function collection() {
  const root = await temporaryFolder();
  const documents = await writeDocuments(path.join(root, 'documents'), { a: '双方会谈。\n双方同意。' });
  await writeDocuments(path.join(root, 'terms'), {});
  const dataFolder = path.join(documents, 'data');
  const args = [documents, '--data-dir', dataFolder, '--terms', path.join(root, 'terms')];
  return { documents, dataFolder, args };
}

describe('npm run ingest -- --watch', { timeout: 120_000 }, () => {
  it('ingests what is added, changed and removed, outlives a refusal, and ends when it is told to', async () => {
    const { documents, dataFolder, args } = await collection();
    const run = startIngest([...args, '--watch']);
    await run.printed('watching for changes');
    const idsNow = async () => [...(await openCurrentIndex(dataFolder)).documents.keys()];
    expect(await idsNow()).toEqual(['a']);

    await writeFile(path.join(documents, 'page.html'), samplePage());
    await run.printed('2 documents (1 read, 1 unchanged), 14 paragraphs; chunks: 12 added');
    await rm(path.join(documents, 'a.txt'));
    await run.printed('1 documents (0 read, 1 unchanged), 12 paragraphs; chunks: 0 added (embedded 0), 12 kept, 2 removed');

    await writeFile(path.join(documents, 'page.json'), '{');
    await run.complained('bad-metadata');
    expect(await idsNow()).toEqual(['page']);
    await writeFile(path.join(documents, 'page.json'), '{"documentId":"other"}');
    await run.printed('1 documents (1 read, 0 unchanged), 12 paragraphs; chunks: 0 added (embedded 0), 12 kept, 0 removed');
    run.child.kill('SIGINT');
    expect(await run.ending).toMatchObject({ code: 0 });
    expect(await idsNow()).toEqual(['other']);
  });
});
