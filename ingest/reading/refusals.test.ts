import { truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { constants, deflateSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { afterAll, describe, expect, it } from 'vitest';
import { sampleDocx, samplePage, samplePdf } from '../testing/formats/sample-formats.ts';
import { wordParagraph, writeDocx } from '../testing/formats/write-docx.ts';
import { ENCRYPTED, writePdf } from '../testing/formats/write-pdf.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { READING_LIMITS, SourceReader } from './source-reader.ts';

const reader = new SourceReader();
afterAll(() => reader.close());

async function write(name: string, bytes: string | Uint8Array): Promise<string> {
  const file = path.join(await temporaryFolder(), name);
  await writeFile(file, bytes);
  return file;
}

const COMPOUND_FILE = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
const half = (bytes: Buffer) => bytes.subarray(0, bytes.length / 2);
const wordFile = (xml: Uint8Array, name = 'word/document.xml') => zipSync({ [name]: xml });
const manyEntries = () =>
  zipSync(Object.fromEntries(Array.from({ length: 10_001 }, (_, number) => [`${number}`, new Uint8Array()])), { level: 0 });
/** Says that it unpacks to a gigabyte: the bounds are looked at before anything is unpacked. */
function giantClaim(): Uint8Array {
  const zip = Buffer.from(wordFile(Buffer.from('<w:document/>')));
  const directory = zip.indexOf(Buffer.from([0x50, 0x4b, 1, 2]));
  zip.writeUInt32LE(2 ** 30, directory + 24);
  return zip;
}
const nestedXml = (depth: number) => Buffer.from(`<w:document>${'<w:ins>'.repeat(depth)}${'</w:ins>'.repeat(depth)}</w:document>`);

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
    ['scan.pdf', writePdf([[], []]), 'is a scan: 2 of 2 pages have no text layer'],
    ['encrypted.pdf', writePdf([[]], { extra: ENCRYPTED }), 'is encrypted'],
    ['encrypted.docx', Buffer.concat([Buffer.from(COMPOUND_FILE), Buffer.from('EncryptedPackage', 'utf16le')]), 'is encrypted'],
    ['old.docx', Buffer.from(COMPOUND_FILE), 'is in the old .doc format'],
    ['sheet.docx', wordFile(Buffer.from('<x/>'), 'xl/workbook.xml'), 'is no Word document'],
    ['broken-xml.docx', wordFile(Buffer.from('<w:document><w:body></w:document>')), 'is broken: word/document.xml'],
    [
      'entities.docx',
      wordFile(Buffer.from('<!DOCTYPE x [<!ENTITY a "b">]><w:document>&a;</w:document>')),
      'is no Word document: word/document.xml has a document type',
    ],
    ['empty.docx', writeDocx(''), 'holds no text'],
    ['bomb.docx', wordFile(Buffer.alloc(30 * 2 ** 20, 0x20)), 'is a zip bomb: word/document.xml unpacks to 30 MB'],
    ['claim.docx', giantClaim(), 'is a zip bomb: word/document.xml unpacks to 1024 MB'],
    ['entries.docx', manyEntries(), 'is a zip file of more than 10000 entries'],
    ['deep.docx', zipSync({ 'word/document.xml': nestedXml(200_000) }, { level: 0 }), 'is broken'],
    ['deep.html', `${'<div>'.repeat(3000)}甲。`, 'has elements more than 1000 deep in each other'],
  ])('is refused by name: %s', async (name, bytes, reason) => {
    const file = await write(name, bytes);
    const refusal: unknown = await reader.read(file).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: 'bad-document', message: expect.stringContaining(`${file} ${reason}`) });
  });

  it('is refused by its size before a byte of it is read', async () => {
    const file = await write('huge.pdf', '');
    await truncate(file, 200 * 2 ** 20);
    await expect(reader.read(file)).rejects.toMatchObject({
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
      const outcome: unknown = await reader.read(await write(name, bytes)).catch((error: unknown) => error);
      if (outcome instanceof Error) expect(outcome, name).toMatchObject({ code: 'bad-document' });
    }
    expect((await reader.read(await write('good.pdf', pdf))).text).toContain('双方商定采取以下措施');
  });
});

describe('a hostile file', { timeout: 120_000 }, () => {
  /** Forms of a PDF that draw each other twice: 2 to the power of forty texts. */
  const branching = () => {
    const objects = ['<< /Type /Catalog /Pages 2 0 R >>', '<< /Type /Pages /Kids [3 0 R] /Count 1 >>'];
    const last = 43;
    const resources = (next: number) => `/Resources << /XObject << /X ${next} 0 R >> >>`;
    objects.push(`<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] ${resources(5)} /Contents 4 0 R >>`, stream('', '/X Do /X Do'));
    for (let number = 5; number < last; number++)
      objects.push(stream(`/Type /XObject /Subtype /Form /BBox [0 0 9 9] ${resources(number + 1)}`, '/X Do /X Do'));
    const font = '/Resources << /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>';
    objects.push(stream(`/Type /XObject /Subtype /Form /BBox [0 0 9 9] ${font}`, 'BT /F 9 Tf (x) Tj ET'));
    return `%PDF-1.7\n${objects.map((object, index) => `${index + 1} 0 obj\n${object}\nendobj\n`).join('')}trailer << /Root 1 0 R /Size ${last + 1} >>\n%%EOF`;
  };
  const stream = (entries: string, content: string) => `<< ${entries} /Length ${content.length} >>\nstream\n${content}\nendstream`;

  /** A page of a gigabyte of spaces in some 4 kB: packed twice. */
  function flateBomb(): Buffer {
    const packed = deflateSync(Buffer.alloc(32 * 2 ** 20, 0x20), { finishFlush: constants.Z_FULL_FLUSH });
    const twice = deflateSync(Buffer.concat([packed.subarray(0, 2), ...Array<Buffer>(32).fill(packed.subarray(2))]));
    return Buffer.concat([
      Buffer.from(
        '%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n',
      ),
      Buffer.from('3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R >>\nendobj\n'),
      Buffer.from(`4 0 obj\n<< /Filter [/FlateDecode /FlateDecode] /Length ${twice.length} >>\nstream\n`),
      twice,
      Buffer.from('\nendstream\nendobj\ntrailer << /Root 1 0 R /Size 5 >>\n%%EOF'),
    ]);
  }

  async function expectNextIsRead(next: SourceReader): Promise<void> {
    const docx = await write('good.docx', writeDocx(wordParagraph('双方同意。')));
    expect((await next.read(docx)).text).toBe('双方同意。');
    next.close();
  }

  it('is ended when its time is over, and the next file is read', async () => {
    const hasty = new SourceReader({ ...READING_LIMITS, seconds: 3 });
    const file = await write('branching.pdf', branching());
    await expect(hasty.read(file)).rejects.toMatchObject({
      code: 'bad-document',
      message: expect.stringContaining(`${file} takes longer than 3 s`),
    });
    await expectNextIsRead(hasty);
  });

  it('is ended when it takes too much memory, and the next file is read', async () => {
    const modest = new SourceReader({ ...READING_LIMITS, memory: 400 });
    const file = await write('bomb.pdf', flateBomb());
    await expect(modest.read(file)).rejects.toMatchObject({
      code: 'bad-document',
      message: expect.stringContaining('more than 400 MB of memory'),
    });
    await expectNextIsRead(modest);
  });
});
