import { constants, deflateSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { ENCRYPTED, writePdf } from './write-pdf.ts';

const COMPOUND_FILE = Buffer.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1);

/** The container of the old .doc format. */
export const oldWordFile = (): Buffer => COMPOUND_FILE;
export const encryptedDocx = (): Buffer => Buffer.concat([COMPOUND_FILE, Buffer.from('EncryptedPackage', 'utf16le')]);
export const encryptedPdf = (): Buffer => writePdf([[]], { extra: ENCRYPTED });
/** Pages and no text on them. */
export const scan = (pages = 1): Buffer => writePdf(Array(pages).fill([]));

/** Any XML, or what calls itself so, as a Word file. */
export const wordFile = (xml: string | Uint8Array, name = 'word/document.xml', level: 0 | 6 = 6): Uint8Array =>
  zipSync({ [name]: Buffer.from(xml) }, { level });

/** Thirty megabytes of spaces in thirty kilobytes. */
export const zipBomb = (): Uint8Array => wordFile(Buffer.alloc(30 * 2 ** 20, 0x20));

export const manyEntries = (): Uint8Array =>
  zipSync(Object.fromEntries(Array.from({ length: 10_001 }, (_, number) => [`${number}`, new Uint8Array()])), { level: 0 });

/** Says that it unpacks to a gigabyte, which is looked at before anything is unpacked. */
export function giantClaim(): Uint8Array {
  const zip = Buffer.from(wordFile('<w:document/>'));
  const directory = zip.indexOf(Buffer.from([0x50, 0x4b, 1, 2]));
  zip.writeUInt32LE(2 ** 30, directory + 24);
  return zip;
}

export const nestedXml = (depth: number): string => `<w:document>${'<w:ins>'.repeat(depth)}${'</w:ins>'.repeat(depth)}</w:document>`;

const assemble = (objects: readonly Buffer[]) =>
  Buffer.concat([
    Buffer.from('%PDF-1.7\n'),
    ...objects.flatMap((object, index) => [Buffer.from(`${index + 1} 0 obj\n`), object, Buffer.from('\nendobj\n')]),
    Buffer.from(`trailer << /Root 1 0 R /Size ${objects.length + 1} >>\n%%EOF`),
  ]);
const stream = (entries: string, content: string | Buffer) =>
  Buffer.concat([Buffer.from(`<< ${entries} /Length ${content.length} >>\nstream\n`), Buffer.from(content), Buffer.from('\nendstream')]);
const CATALOG = ['<< /Type /Catalog /Pages 2 0 R >>', '<< /Type /Pages /Kids [3 0 R] /Count 1 >>'].map((object) => Buffer.from(object));
const page = (more: string) => Buffer.from(`<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R ${more} >>`);

/** Forms that draw each other twice: 2 to the power of 39 texts. */
export function endlessPdf(): Buffer {
  const last = 43;
  const resources = (next: number) => `/Resources << /XObject << /X ${next} 0 R >> >>`;
  const objects = [...CATALOG, page(resources(5)), stream('', '/X Do /X Do')];
  for (let number = 5; number < last; number++)
    objects.push(stream(`/Type /XObject /Subtype /Form /BBox [0 0 9 9] ${resources(number + 1)}`, '/X Do /X Do'));
  const font = '/Resources << /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>';
  return assemble([...objects, stream(`/Type /XObject /Subtype /Form /BBox [0 0 9 9] ${font}`, 'BT /F 9 Tf (x) Tj ET')]);
}

/** A page of a gigabyte of spaces in some kilobytes: packed twice. */
export function pdfBomb(): Buffer {
  const packed = deflateSync(Buffer.alloc(32 * 2 ** 20, 0x20), { finishFlush: constants.Z_FULL_FLUSH });
  const twice = deflateSync(Buffer.concat([packed.subarray(0, 2), ...Array<Buffer>(32).fill(packed.subarray(2))]));
  return assemble([...CATALOG, page(''), stream('/Filter [/FlateDecode /FlateDecode]', twice)]);
}
