import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { z } from 'zod';
import { YoujuError } from '../../youju-error.ts';
import type { FileMetadata, FoundBlock, Reading } from '../reading.ts';
import { findNotes } from './find-notes.ts';
import { findRunningLines } from './find-running-lines.ts';
import { joinLines } from './join-lines.ts';
import { openPdf, readPage } from './open-pdf.ts';
import { type Line, readLines } from './page-lines.ts';

/** What stands for characters that the file does not name: private use, � and what is not assigned. */
const UNREADABLE = /[\p{Co}\p{Cn}\ufffd]/gu;
const MOST_UNREADABLE = 0.1;

/**
 * Reads the text layer of a PDF: lines joined into paragraphs; running headers, footers and page numbers told as furniture.
 * @throws YoujuError `bad-document` for an encrypted or broken file, a scan, or a text layer that means nothing
 */
export async function readPdf(bytes: Uint8Array): Promise<Reading> {
  const pdf = await openPdf(bytes);
  const runs: string[] = [];
  const lines: Line[] = [];
  const empty: number[] = [];
  for (let number = 1; number <= pdf.numPages; number++) {
    const ofPage = readLines(await readPageOf(pdf, number), number, runs);
    if (ofPage.length === 0) empty.push(number);
    lines.push(...ofPage);
  }
  refuseUnreadable(lines, empty.length, pdf.numPages);
  const turned = lines.filter(({ isUpright }) => !isUpright);
  const running = findRunningLines(lines, pdf.numPages - empty.length);
  const aside = new Set([...running, ...turned]);
  const printed = lines.filter((line) => !aside.has(line));
  const notes = findNotes(printed);
  const text = joinLines(
    printed.filter((line) => !notes.has(line)),
    'text',
  );
  const furniture = [...aside].map(({ text: line, runs: numbers }): FoundBlock => {
    return { role: 'furniture', text: line, parts: numbers.map((run) => ({ run })) };
  });
  const warnings = [
    ...warningAbout(empty, pdf.numPages, 'has no text: if it is a picture, it was not read'),
    ...warningAbout(
      turned.map(({ page }) => page),
      pdf.numPages,
      'has text that is turned, which is not cited: a watermark, or a table on its side',
    ),
  ];
  const metadata = await readInfo(pdf);
  await pdf.destroy();
  // A running line may stand in the middle of a paragraph: all are put behind the text.
  return { runs, blocks: [...text, ...joinLines([...notes], 'note'), ...furniture], metadata, warnings };
}

const warningAbout = (pages: readonly number[], of: number, what: string) =>
  pages.length > 0 ? [`page ${[...new Set(pages)].join(', ')} of ${of} ${what}`] : [];

async function readPageOf(pdf: PDFDocumentProxy, number: number) {
  try {
    return await readPage(pdf, number);
  } catch (cause) {
    throw new YoujuError('bad-document', `is broken: page ${number} cannot be read`, { cause });
  }
}

function refuseUnreadable(lines: readonly Line[], emptyPages: number, pages: number): void {
  if (2 * emptyPages > pages || lines.length === 0)
    throw new YoujuError(
      'bad-document',
      `is a scan: ${emptyPages} of ${pages} pages have no text layer; run a text recognition (OCR) on it`,
    );
  const text = lines.map((line) => line.text).join('');
  if ((text.match(UNREADABLE)?.length ?? 0) > MOST_UNREADABLE * text.length)
    throw new YoujuError('bad-document', 'has a text layer that does not name its characters: save it anew from its source');
}

const infoSchema = z.object({ info: z.object({ Title: z.string().trim().min(1) }) });
/** What programs put there in place of a title. */
const NO_TITLE = /^(?:Microsoft Word\s*-|untitled|无标题)|\.(?:docx?|wps|pdf|indd|tmp)$/i;

/** The day on which a file was made says nothing about the document. */
async function readInfo(pdf: PDFDocumentProxy): Promise<FileMetadata> {
  const title = infoSchema.safeParse(await pdf.getMetadata()).data?.info.Title;
  return title === undefined || NO_TITLE.test(title) ? {} : { title };
}
