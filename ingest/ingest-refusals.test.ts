import { truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openCurrentIndex } from './index/open-generation.ts';
import { encryptedDocx, encryptedPdf, endlessPdf, scan, zipBomb } from './testing/formats/hostile-files.ts';
import { sampleDocx, sampleMarkdown, samplePage, samplePdf } from './testing/formats/sample-formats.ts';
import { startIngest } from './testing/run-program.ts';
import { writeDocuments } from './testing/sample-document.ts';
import { temporaryFolder } from './testing/temporary-folder.ts';

/** A folder with one good document, and the arguments to ingest it without terms. */
async function collection() {
  const root = await temporaryFolder();
  const documents = await writeDocuments(path.join(root, 'documents'), { a: '双方会谈。\n双方同意。' });
  await writeDocuments(path.join(root, 'terms'), {});
  const dataFolder = path.join(root, 'data');
  const args = [documents, '--data-dir', dataFolder, '--terms', path.join(root, 'terms')];
  const write = async (files: Record<string, Uint8Array>) => {
    for (const [name, bytes] of Object.entries(files)) await writeFile(path.join(documents, name), bytes);
  };
  return { documents, dataFolder, args, write };
}

describe('npm run ingest with files that cannot be read', { timeout: 180_000 }, () => {
  it('takes the others, names each of them, and ends with 2', async () => {
    const { documents, dataFolder, args, write } = await collection();
    await write({ 'b.html': samplePage(), 'c.md': sampleMarkdown(), 'd.docx': sampleDocx(), 'e.pdf': samplePdf() });
    await write({
      'bomb.docx': zipBomb(),
      'broken.pdf': samplePdf().subarray(0, 300),
      'empty.txt': Buffer.of(),
      'endless.pdf': endlessPdf(),
    });
    await write({
      'huge.pdf': Buffer.of(),
      'locked.docx': encryptedDocx(),
      'locked.pdf': encryptedPdf(),
      'scan.pdf': scan(),
      'table.xls': Buffer.of(1),
    });
    await truncate(path.join(documents, 'huge.pdf'), 200 * 2 ** 20);

    const { code, stdout, stderr } = await startIngest([...args, '--max-seconds', '10']).ending;
    expect(code).toBe(2);
    expect(stdout).toMatch(/^read 5 documents: 50 paragraphs[\s\S]*published generation/);
    const [heading, ...refusals] = stderr.trimEnd().split('\n');
    expect(heading).toBe('refused 9 files, which are not in the index:');
    expect(refusals.map((line) => line.replace(`  ${documents}${path.sep}`, '').split(/[:,]/)[0])).toEqual([
      'bomb.docx is a zip bomb',
      'broken.pdf is broken',
      'empty.txt is empty',
      'endless.pdf takes longer than 10 s to read',
      'huge.pdf has 200 MB',
      'locked.docx is encrypted',
      'locked.pdf is encrypted',
      'scan.pdf is a scan',
      'table.xls is a .xls file',
    ]);
    expect([...(await openCurrentIndex(dataFolder)).documents.keys()].toSorted()).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('publishes nothing with --strict, and ends with 1', async () => {
    const { dataFolder, args, write } = await collection();
    await write({ 'scan.pdf': scan() });
    const strict = await startIngest([...args, '--strict']).ending;
    expect(strict).toMatchObject({ code: 1, stderr: expect.stringMatching(/^bad-document: .*scan\.pdf is a scan/) });
    await expect(openCurrentIndex(dataFolder)).rejects.toMatchObject({ code: 'index-missing' });
  });

  it('takes limits from the command line', async () => {
    const { args, write } = await collection();
    await write({ 'page.html': samplePage() });
    expect((await startIngest([...args, '--max-size', '0.000001']).ending).stderr).toContain(
      'page.html has 1 MB, and 0.000001 MB are read',
    );
    expect(await startIngest([...args, '--max-seconds', 'none']).ending).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('no number above 0'),
    });
  });
});
