import type { Element } from '@xmldom/xmldom';
import type { FileMetadata, Reading } from '../reading.ts';
import { DocxText } from './docx-text.ts';
import { unpackDocx } from './unpack-docx.ts';
import { childOf } from './word-elements.ts';

/** What Word and printer drivers put into the title of a file that has none. */
const NO_TITLE = /^(?:Microsoft Word\s*-|.{0,80}\.docx?$|文档\s?\d*$|Document\d*$)/i;

/**
 * Reads a Word document: its text with the numbers that Word computes, tables by rows, foot- and endnotes behind the text. Running
 * headers and footers belong to the pages and not to the text; deleted and hidden text is not shown and not read.
 * @throws YoujuError `bad-document`
 */
export function readDocx(bytes: Uint8Array): Reading {
  const parts = unpackDocx(bytes);
  const text = new DocxText(parts);
  text.readBody();
  text.readNotes();
  return { runs: text.runs, blocks: text.blocks, metadata: readProperties(parts.properties), warnings: warningsAbout(parts.document) };
}

function warningsAbout(document: Element): string[] {
  const formulas = document.getElementsByTagNameNS('*', 'oMath').length;
  return formulas > 0 ? [`${formulas} formulas are read as their bare signs`] : [];
}

/** The day on which a file was made says nothing about the document. */
function readProperties(properties: Element | undefined): FileMetadata {
  const title = childOf(properties, 'title')?.textContent?.trim();
  return { title: title && !NO_TITLE.test(title) ? title : undefined };
}
