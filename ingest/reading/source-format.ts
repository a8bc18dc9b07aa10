import path from 'node:path';
import { YoujuError } from '../youju-error.ts';

export type SourceFormat = 'text' | 'html' | 'markdown' | 'docx' | 'pdf';

/** What a reading process reads; plain text needs no reader. */
export type MarkedUpFormat = Exclude<SourceFormat, 'text'>;

const EXTENSIONS = new Map<string, SourceFormat>([
  ['.txt', 'text'],
  ['.md', 'markdown'],
  ['.markdown', 'markdown'],
  ['.html', 'html'],
  ['.htm', 'html'],
  ['.xhtml', 'html'],
  ['.docx', 'docx'],
  ['.pdf', 'pdf'],
]);

/** Documents of formats that are not read: an operator must not believe that they went in. */
const UNREAD = new Set(
  '.doc .docm .dot .dotx .rtf .odt .wps .ofd .ceb .caj .xls .xlsx .csv .ppt .pptx .mht .mhtml .epub .tif .tiff .djvu .zip .rar .7z'.split(
    ' ',
  ),
);

export const MEDIA_TYPES: Record<MarkedUpFormat, string> = {
  html: 'text/html',
  markdown: 'text/markdown',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  pdf: 'application/pdf',
};

export const READABLE = [...EXTENSIONS.keys()].join(', ');

const extensionOf = (file: string) => path.extname(file).toLowerCase();

/** Whether a folder's file is a document: one that is read, or one to be refused by name. */
export const isDocumentFile = (file: string): boolean => EXTENSIONS.has(extensionOf(file)) || UNREAD.has(extensionOf(file));

/**
 * The format that a file's name tells. One without a known extension, named by the operator, is plain text.
 * @throws YoujuError `bad-document` for a format that is not read
 */
export function formatOf(file: string): SourceFormat {
  if (UNREAD.has(extensionOf(file)))
    throw new YoujuError(
      'bad-document',
      `is a ${extensionOf(file)} file, which is not read: save it as .docx, .pdf with text, .html or .txt`,
    );
  return EXTENSIONS.get(extensionOf(file)) ?? 'text';
}

/** The header of a PDF may stand anywhere in its first kilobyte. */
const HEAD_BYTES = 1024;
const isWhiteSpace = (byte: number) => byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);

/** @throws YoujuError `bad-document` where a file is empty, or is no PDF or Word file although its name says so */
export function checkBeginning(format: SourceFormat, bytes: Uint8Array): void {
  if (bytes.every(isWhiteSpace)) throw new YoujuError('bad-document', 'is empty');
  const head = Buffer.from(bytes.subarray(0, HEAD_BYTES)).toString('latin1');
  const isAsNamed = {
    pdf: head.includes('%PDF-'),
    // An encrypted Word file is a compound file, and so is an old one: their reader tells them apart.
    docx: head.startsWith('PK') || head.startsWith('\xd0\xcf\x11\xe0'),
    html: true,
    markdown: true,
    text: true,
  }[format];
  if (!isAsNamed) throw new YoujuError('bad-document', `is broken: it does not begin like a .${format} file`);
}
