import { YoujuError } from '../youju-error.ts';
import { composeText } from './compose-text.ts';
import type { Reading, ReadText } from './reading.ts';
import type { MarkedUpFormat } from './source-format.ts';

/** Each reader with its library is loaded when the first file of its format is read. */
const READERS: Record<MarkedUpFormat, () => Promise<(bytes: Uint8Array) => Reading | Promise<Reading>>> = {
  html: async () => (await import('./html/read-html.ts')).readHtml,
  markdown: async () => (await import('./read-markdown.ts')).readMarkdown,
  docx: async () => (await import('./docx/read-docx.ts')).readDocx,
  pdf: async () => (await import('./pdf/read-pdf.ts')).readPdf,
};

/**
 * Reads a file into its canonical text.
 * @throws YoujuError `bad-document`, `coverage-broken`
 */
export async function readBytes(format: MarkedUpFormat, bytes: Uint8Array): Promise<ReadText> {
  const read = await READERS[format]();
  const text = composeText(await read(bytes));
  if (text.blocks.length === 0) throw new YoujuError('bad-document', 'holds no text');
  return text;
}
