import { createHash } from 'node:crypto';
import path from 'node:path';
import type { TextBlock } from '../reading/reading.ts';
import type { ReadSource, SourceReader } from '../reading/source-reader.ts';
import { YoujuError } from '../youju-error.ts';
import type { SourceDocument } from './document.ts';
import { parseStructure } from './parse-structure.ts';
import { proveCoverage } from './prove-coverage.ts';
import { metadataOf, readSidecar, type Sidecar } from './read-sidecar.ts';

/**
 * Makes a document of a file that was read, and of its sidecar, and proves that its structure covers the source. What the sidecar says prevails over what the
 * file says of itself.
 * @throws YoujuError `bad-document`, `bad-metadata`, `coverage-broken`
 */
export function readDocument(file: string, source: ReadSource, sidecar: Sidecar): SourceDocument {
  const { bytes, text, blocks, mediaType, metadata: stated } = source;
  const { documentId, title, ...metadata } = metadataOf(sidecar, stated);
  const structure = structureOf(file, text, title, blocks);
  const document: SourceDocument = {
    ...metadata,
    documentId: documentId ?? slugOf(file),
    title: title ?? structure.title ?? stated.title ?? path.basename(file, path.extname(file)),
    sha256: createHash('sha256').update(bytes).digest('hex'),
    ...(mediaType === undefined ? {} : { file: { mediaType, textSha256: createHash('sha256').update(text).digest('hex') } }),
    text,
    sections: structure.sections,
    segments: structure.segments,
    paragraphs: structure.paragraphs,
  };
  proveCoverage(document, mediaType === undefined ? bytes : Buffer.from(text));
  checkNotes(sidecar.file, document);
  return document;
}

/** Reads a single file as an ingest does. Throws like the reader and `readDocument`. */
export const readDocumentFile = async (file: string, reader: SourceReader): Promise<SourceDocument> =>
  readDocument(file, await reader.read(await reader.load(file)), await readSidecar(file));

/** A note to a paragraph that is not there would never be read. */
function checkNotes(sidecar: string, { notes = {}, paragraphs }: SourceDocument): void {
  const known = new Set(paragraphs.map(({ paragraphId }) => paragraphId));
  const unknown = Object.keys(notes).filter((paragraphId) => !known.has(paragraphId));
  if (unknown.length > 0)
    throw new YoujuError('bad-metadata', `${sidecar}: “notes” names ${unknown.join(', ')}, and the document has no such paragraph`);
}

function structureOf(file: string, text: string, title: string | undefined, blocks: readonly TextBlock[]) {
  try {
    return parseStructure(text, title, blocks);
  } catch (error) {
    throw error instanceof YoujuError ? new YoujuError(error.code, `${file}: ${error.message}`) : error;
  }
}

/** A readable id from the file's name: ASCII letters and digits joined by hyphens, else a short hash of the name. */
function slugOf(file: string): string {
  const name = path.basename(file, path.extname(file));
  const slug = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  return slug === '' ? `document-${createHash('sha256').update(name).digest('hex').slice(0, 8)}` : slug;
}
