import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { YoujuError } from '../youju-error.ts';
import { LABEL_LANGUAGES, type SourceDocument } from './document.ts';
import { parseStructure } from './parse-structure.ts';
import { proveCoverage } from './prove-coverage.ts';

const isoDate = z.iso.date();

/** What a visitor reads at a glance; a question takes up to 500 code points, but these are shown as buttons. */
const MOST_QUESTIONS = 6;
const LONGEST_QUESTION = 200;
const LONGEST_NOTE = 500;

const shortText = (longest: number) =>
  z
    .string()
    .refine((text) => text.trim() !== '' && text.isWellFormed(), 'is empty or not well-formed')
    .refine((text) => text.length <= 2 * longest && [...text].length <= longest, `is longer than ${longest} characters`);

/** The sidecar: `statement.json` beside `statement.txt`. Every field may be left out. */
const metadataSchema = z.strictObject({
  documentId: z
    .string()
    .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/)
    .optional(),
  title: z.string().min(1).optional(),
  parties: z.array(z.string().min(1)).default([]),
  date: isoDate.optional(),
  place: z.string().min(1).optional(),
  publishedOn: isoDate.optional(),
  language: z.string().min(2).default('zh-Hans'),
  signedLanguages: z.array(z.string().min(2)).default([]),
  source: z.string().min(1).optional(),
  questions: z.partialRecord(z.enum(LABEL_LANGUAGES), z.array(shortText(LONGEST_QUESTION)).max(MOST_QUESTIONS)).optional(),
  notes: z.record(z.string(), z.partialRecord(z.enum(LABEL_LANGUAGES), shortText(LONGEST_NOTE))).optional(),
});

/**
 * Lists the `.txt` documents behind files and folders (folders recursively), in a stable order without duplicates.
 * @throws YoujuError `no-documents` when a path does not exist or nothing is found
 */
export async function listDocumentFiles(paths: string[]): Promise<string[]> {
  const files = new Set<string>();
  for (const given of paths) {
    const entry = await stat(given).catch(() => undefined);
    if (!entry) throw new YoujuError('no-documents', `${given} does not exist: name a .txt file or a folder of them`);
    if (entry.isDirectory()) {
      const names = await readdir(given, { recursive: true });
      for (const name of names.toSorted()) if (name.endsWith('.txt')) files.add(path.resolve(given, name));
    } else files.add(path.resolve(given));
  }
  if (files.size === 0) throw new YoujuError('no-documents', `no .txt document in ${paths.join(', ')}`);
  return [...files];
}

/**
 * Reads one document with its sidecar and proves that its structure covers the source.
 * @throws YoujuError `bad-document` (not UTF-8, empty), `bad-metadata`, `coverage-broken`
 */
export async function readDocument(file: string): Promise<SourceDocument> {
  const bytes = await readFile(file);
  const text = decode(file, bytes);
  const { documentId, title, ...metadata } = await readMetadata(file);
  const structure = structureOf(file, text, title);
  const document: SourceDocument = {
    ...metadata,
    documentId: documentId ?? slugOf(file),
    title: title ?? structure.title ?? path.basename(file, '.txt'),
    sha256: createHash('sha256').update(bytes).digest('hex'),
    text,
    sections: structure.sections,
    segments: structure.segments,
    paragraphs: structure.paragraphs,
  };
  proveCoverage(document, bytes);
  checkNotes(file, document);
  return document;
}

/** A note to a paragraph that is not there would never be read. */
function checkNotes(file: string, { notes = {}, paragraphs }: SourceDocument): void {
  const known = new Set(paragraphs.map(({ paragraphId }) => paragraphId));
  const unknown = Object.keys(notes).filter((paragraphId) => !known.has(paragraphId));
  if (unknown.length > 0)
    throw new YoujuError('bad-metadata', `${sidecarOf(file)}: “notes” names ${unknown.join(', ')}, and the document has no such paragraph`);
}

function structureOf(file: string, text: string, title: string | undefined) {
  try {
    return parseStructure(text, title);
  } catch (error) {
    throw error instanceof YoujuError ? new YoujuError(error.code, `${file}: ${error.message}`) : error;
  }
}

function decode(file: string, bytes: Uint8Array): string {
  try {
    // ignoreBOM keeps a byte order mark in the text, so that offsets and bytes agree.
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new YoujuError('bad-document', `${file} is not UTF-8: save it as UTF-8 and ingest again`, { cause });
  }
}

const sidecarOf = (file: string) => path.join(path.dirname(file), `${path.basename(file, path.extname(file))}.json`);

async function readMetadata(file: string) {
  const sidecar = sidecarOf(file);
  const json = await readFile(sidecar, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '{}';
    throw error;
  });
  try {
    return metadataSchema.parse(JSON.parse(json));
  } catch (cause) {
    const reason = cause instanceof z.ZodError ? z.prettifyError(cause) : String(cause);
    throw new YoujuError('bad-metadata', `${sidecar} is not valid metadata: ${reason}`, { cause });
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
