import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { FileMetadata } from '../reading/reading.ts';
import { YoujuError } from '../youju-error.ts';
import { LABEL_LANGUAGES } from './document.ts';

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

/** What the sidecar may say. Every field may be left out. */
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

/** A sidecar as it stands on the disk; `json` is absent where there is none, and `file` then is where it would be. */
export type Sidecar = { file: string; json?: string };

/** `statement.pdf.json` is for that file alone, `statement.json` for a file of that name whatever its format. */
export async function readSidecar(file: string): Promise<Sidecar> {
  const own = `${file}.json`;
  const shared = path.join(path.dirname(file), `${path.basename(file, path.extname(file))}.json`);
  const json = await readIfThere(own);
  return json === undefined ? { file: shared, json: await readIfThere(shared) } : { file: own, json };
}

const readIfThere = (file: string) =>
  readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });

/**
 * What is known about a document: by its sidecar, where there is one, and for the rest by the file itself. The title that the file
 * states is left to the text, which may print another one.
 * @throws YoujuError `bad-metadata`
 */
export function metadataOf({ file, json = '{}' }: Sidecar, { title: _, ...stated }: FileMetadata): z.infer<typeof metadataSchema> {
  try {
    const given: unknown = JSON.parse(json);
    const isObject = typeof given === 'object' && given !== null && !Array.isArray(given);
    return metadataSchema.parse(isObject ? { ...stated, ...given } : given);
  } catch (cause) {
    const reason = cause instanceof z.ZodError ? z.prettifyError(cause) : String(cause);
    throw new YoujuError('bad-metadata', `${file} is not valid metadata: ${reason}`, { cause });
  }
}
