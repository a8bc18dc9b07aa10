import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { getDocument, type PDFDocumentProxy, VerbosityLevel } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { z } from 'zod';
import { YoujuError } from '../../youju-error.ts';

/** The tables of Adobe's Chinese, Japanese and Korean encodings, which older files name without holding them. */
const cmapFolder = path.join(path.dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json')), 'cmaps');

/** pdf.js' own factory needs a function of Node 20.16. */
class CMapReader {
  async fetch({ name }: { name: string }): Promise<{ cMapData: Uint8Array; isCompressed: true }> {
    return { cMapData: new Uint8Array(await readFile(path.join(cmapFolder, `${path.basename(name)}.bcmap`))), isCompressed: true };
  }
}

/**
 * Opens a PDF for reading its text. Nothing of it is executed.
 * @throws YoujuError `bad-document` for an encrypted or broken file
 */
export async function openPdf(bytes: Uint8Array): Promise<PDFDocumentProxy> {
  try {
    return await getDocument({
      data: new Uint8Array(bytes),
      CMapReaderFactory: CMapReader,
      disableFontFace: true,
      isEvalSupported: false,
      useSystemFonts: false,
      verbosity: VerbosityLevel.ERRORS,
    }).promise;
  } catch (cause) {
    const name = cause instanceof Error ? cause.name : '';
    if (name === 'PasswordException') throw new YoujuError('bad-document', 'is encrypted: save it without a password', { cause });
    throw new YoujuError('bad-document', 'is broken: it cannot be opened as a PDF', { cause });
  }
}

/**
 * A stretch of text on a page as it is shown, turned pages included: position of its baseline's start from the lower left corner, width
 * and type size in points; `isUpright` where it runs from left to right.
 */
export type PageRun = { text: string; x: number; y: number; width: number; size: number; isUpright: boolean };
export type Page = { width: number; height: number; runs: PageRun[] };

const matrix = z.tuple([z.number(), z.number(), z.number(), z.number(), z.number(), z.number()]);
const textItem = z.object({ str: z.string(), transform: matrix, width: z.number() });

/** The text of a page in the order of its content stream, characters as the file encodes them. */
export async function readPage(pdf: PDFDocumentProxy, number: number): Promise<Page> {
  const page = await pdf.getPage(number);
  const { width, height, transform } = page.getViewport({ scale: 1 });
  const view = matrix.parse(transform);
  const { items } = await page.getTextContent({ disableNormalization: true });
  const runs = items.flatMap((item): PageRun[] => {
    const { data } = textItem.safeParse(item);
    if (!data || data.str === '') return [];
    const [a, b, c, d, x, y] = multiply(view, data.transform);
    return [
      {
        text: cleaned(data.str),
        x,
        y: height - y,
        width: data.width,
        size: Math.hypot(c, d),
        isUpright: a > 0 && Math.abs(b) < Math.abs(a) / 10,
      },
    ];
  });
  page.cleanup();
  return { width, height, runs: withoutDoubles(runs) };
}

type Matrix = z.infer<typeof matrix>;

const multiply = ([a, b, c, d, e, f]: Matrix, [g, h, i, j, k, l]: Matrix): Matrix => [
  a * g + c * h,
  b * g + d * h,
  a * i + c * j,
  b * i + d * j,
  a * k + c * l + e,
  b * k + d * l + f,
];

/** How far apart the prints of a word lie that is printed twice to look bold, in type sizes. */
const DOUBLE_PRINT = 0.1;

/** What is printed twice on the same spot is seen once. */
function withoutDoubles(runs: PageRun[]): PageRun[] {
  const prints = new Map<string, PageRun[]>();
  return runs.filter((run) => {
    if (run.text.trim() === '') return true;
    const others = prints.get(run.text);
    if (others?.some(({ x, y }) => Math.hypot(x - run.x, y - run.y) < DOUBLE_PRINT * run.size)) return false;
    if (others) others.push(run);
    else prints.set(run.text, [run]);
    return true;
  });
}

/** Radicals stand in place of the characters that look the same where a program made the text layer from the glyphs. */
const RADICALS = /[\u2e9f\u2ef3\u2f00-\u2fd5]/gu;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out.
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/gu;

const cleaned = (text: string) =>
  text
    .toWellFormed()
    .replace(CONTROLS, '')
    .replace(RADICALS, (radical) => radical.normalize('NFKC'));
