import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { YoujuError } from '../youju-error.ts';
import type { SourceDocument, Span } from './document.ts';
import { splitSentences } from './split-sentences.ts';

/**
 * The document in other words, paragraph by paragraph: a translation or plain-language version, and keywords by which visitors may
 * call a paragraph's matter. Questions are matched with it, too; it is never shown and never quoted. `language` is a BCP 47 tag.
 */
export type Rendering = {
  language: string;
  paragraphs: ReadonlyMap<string, string>;
  keywords: ReadonlyMap<string, readonly string[]>;
};

const renderingSchema = z.strictObject({
  source: z.string().min(1).optional(),
  paragraphs: z.record(z.string(), z.string().min(1)).default({}),
  keywords: z.record(z.string(), z.array(z.string().min(1))).default({}),
});

/**
 * Reads `<document>.renderings/<language>.json` beside a document's file; a document without that folder has none.
 * @throws YoujuError `bad-rendering` naming the file and what is wrong in it
 */
export async function readRenderings(file: string, document: SourceDocument): Promise<Rendering[]> {
  const folder = path.join(path.dirname(file), `${path.basename(file, path.extname(file))}.renderings`);
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const known = new Set(document.paragraphs.map(({ paragraphId }) => paragraphId));
  const renderings: Rendering[] = [];
  for (const name of names.filter((candidate) => candidate.endsWith('.json')).toSorted()) {
    const rendering = path.join(folder, name);
    const { paragraphs, keywords } = parseRendering(rendering, await readFile(rendering, 'utf8'));
    const stray = [...Object.keys(paragraphs), ...Object.keys(keywords)].find((paragraphId) => !known.has(paragraphId));
    if (stray !== undefined)
      throw new YoujuError('bad-rendering', `${rendering}: the document has no paragraph “${stray}” (GET /api/documents lists them)`);
    renderings.push({
      language: path.basename(name, '.json'),
      paragraphs: new Map(Object.entries(paragraphs)),
      keywords: new Map(Object.entries(keywords)),
    });
  }
  return renderings;
}

function parseRendering(file: string, json: string): z.infer<typeof renderingSchema> {
  try {
    return renderingSchema.parse(JSON.parse(json));
  } catch (cause) {
    const reason = cause instanceof z.ZodError ? z.prettifyError(cause) : String(cause);
    throw new YoujuError('bad-rendering', `${file}: ${reason}`, { cause });
  }
}

/**
 * What a rendering says in place of some sentences of a paragraph. Sentences correspond by number where both have as many;
 * otherwise the whole paragraph stands for each of them.
 * @param all all sentences of the paragraph
 * @param chosen those of them that are asked for
 */
export function renderedSentences(rendered: string, all: readonly Span[], chosen: readonly Span[]): string {
  const counterparts = splitSentences(rendered);
  if (counterparts.length !== all.length) return rendered;
  return counterparts
    .filter((_, number) => chosen.some(({ start }) => start === all[number]?.start))
    .map(({ start, end }) => rendered.slice(start, end))
    .join(' ');
}
