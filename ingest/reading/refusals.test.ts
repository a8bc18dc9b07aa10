import { truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import {
  encryptedDocx,
  encryptedPdf,
  endlessPdf,
  giantClaim,
  manyEntries,
  nestedXml,
  oldWordFile,
  pdfBomb,
  scan,
  wordFile,
  zipBomb,
} from '../testing/formats/hostile-files.ts';
import { sampleDocx, samplePage, samplePdf } from '../testing/formats/sample-formats.ts';
import { wordParagraph, writeDocx } from '../testing/formats/write-docx.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { READING_LIMITS, SourceReader } from './source-reader.ts';

const reader = new SourceReader();
afterAll(() => reader.close());

async function write(name: string, bytes: string | Uint8Array): Promise<string> {
  const file = path.join(await temporaryFolder(), name);
  await writeFile(file, bytes);
  return file;
}

const readFrom = async (file: string, by = reader) => by.read(await by.load(file));

const half = (bytes: Buffer) => bytes.subarray(0, bytes.length / 2);

describe('a file that cannot be read', { timeout: 120_000 }, () => {
  it.each([
    ['empty.txt', '', 'is empty'],
    ['blank.html', ' \n', 'is empty'],
    ['empty.pdf', '', 'is empty'],
    ['markup.html', '<html><script>1</script></html>', 'holds no text'],
    ['old.doc', 'x', 'is a .doc file, which is not read'],
    ['gbk.txt', Buffer.of(0xb9, 0xfa, 0xbc, 0xd2), 'is not UTF-8'],
    ['text.pdf', '双方同意。', 'is broken: it does not begin like a .pdf file'],
    ['text.docx', '双方同意。', 'is broken: it does not begin like a .docx file'],
    ['half.docx', half(sampleDocx()), 'is broken: it cannot be unpacked'],
    ['head.pdf', '%PDF-1.7\n', 'is broken'],
    ['scan.pdf', scan(2), 'is a scan: 2 of 2 pages have no text layer'],
    ['encrypted.pdf', encryptedPdf(), 'is encrypted'],
    ['encrypted.docx', encryptedDocx(), 'is encrypted'],
    ['old.docx', oldWordFile(), 'is in the old .doc format'],
    ['sheet.docx', wordFile('<x/>', 'xl/workbook.xml'), 'is no Word document'],
    ['broken-xml.docx', wordFile('<w:document><w:body></w:document>'), 'is broken: word/document.xml'],
    [
      'entities.docx',
      wordFile('<!DOCTYPE x [<!ENTITY a "b">]><w:document>&a;</w:document>'),
      'is no Word document: word/document.xml has a document type',
    ],
    ['empty.docx', writeDocx(''), 'holds no text'],
    ['bomb.docx', zipBomb(), 'is a zip bomb: word/document.xml unpacks to 30 MB'],
    ['claim.docx', giantClaim(), 'is a zip bomb: word/document.xml unpacks to 1024 MB'],
    ['entries.docx', manyEntries(), 'is a zip file of more than 10000 entries'],
    ['deep.docx', wordFile(nestedXml(200_000), 'word/document.xml', 0), 'is broken'],
    ['deep.html', `${'<div>'.repeat(3000)}甲。`, 'has elements more than 1000 deep in each other'],
  ])('is refused by name: %s', async (name, bytes, reason) => {
    const file = await write(name, bytes);
    const refusal: unknown = await readFrom(file).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: 'bad-document', message: expect.stringContaining(`${file} ${reason}`) });
  });

  it('is refused by its size before a byte of it is read', async () => {
    const file = await write('huge.pdf', '');
    await truncate(file, 200 * 2 ** 20);
    await expect(readFrom(file)).rejects.toMatchObject({
      code: 'bad-document',
      message: `${file} has 200 MB, and 64 MB are read: split it, or give --max-size`,
    });
  });

  it('leaves the reader to the next one, whatever was cut off or changed in it', async () => {
    const pdf = samplePdf();
    for (const [name, bytes] of [
      ['cut.pdf', half(pdf)],
      ['zeros.pdf', Buffer.concat([pdf.subarray(0, 400), Buffer.alloc(400), pdf.subarray(800)])],
      ['cut.html', half(samplePage())],
      ['garbage.docx', Buffer.concat([sampleDocx().subarray(0, 200), Buffer.alloc(300, 7), sampleDocx().subarray(500)])],
    ] as const) {
      const outcome: unknown = await readFrom(await write(name, bytes)).catch((error: unknown) => error);
      if (outcome instanceof Error) expect(outcome, name).toMatchObject({ code: 'bad-document' });
    }
    expect((await readFrom(await write('good.pdf', pdf))).text).toContain('双方商定采取以下措施');
  });
});

describe('a hostile file', { timeout: 120_000 }, () => {
  async function expectNextIsRead(next: SourceReader): Promise<void> {
    const docx = await write('good.docx', writeDocx(wordParagraph('双方同意。')));
    expect((await readFrom(docx, next)).text).toBe('双方同意。');
    next.close();
  }

  it('is ended when its time is over, and the next file is read', async () => {
    const hasty = new SourceReader({ ...READING_LIMITS, seconds: 5 });
    const file = await write('endless.pdf', endlessPdf());
    await expect(readFrom(file, hasty)).rejects.toMatchObject({
      code: 'bad-document',
      message: expect.stringContaining(`${file} takes longer than 5 s`),
    });
    await expectNextIsRead(hasty);
  });

  it('is ended when it takes too much memory, and the next file is read', async () => {
    const modest = new SourceReader({ ...READING_LIMITS, memory: 400 });
    const file = await write('bomb.pdf', pdfBomb());
    await expect(readFrom(file, modest)).rejects.toMatchObject({
      code: 'bad-document',
      message: expect.stringContaining('more than 400 MB of memory'),
    });
    await expectNextIsRead(modest);
  });
});
