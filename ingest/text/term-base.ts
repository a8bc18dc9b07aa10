import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { YoujuError } from '../youju-error.ts';
import { normalizeText } from './normalize-text.ts';
import { type AlphabeticLanguage, contentWords } from './stem-words.ts';

const names = z.array(z.string().trim().min(1)).default([]);

const conceptSchema = z.strictObject({
  concept: z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/),
  /** A place or another thing of its own: whoever names it means that one. */
  isName: z.boolean().default(false),
  'zh-Hans': names.refine((list) => list.every((name) => [...name].length > 1), 'a Chinese name of one character would match everywhere'),
  en: names,
  ru: names,
  kk: names,
});

/** One idea and what it is called: the editor's own file beside the documents (`ingest/terms/*.json`). */
export type Concept = z.infer<typeof conceptSchema>;

export const ALPHABETIC_LANGUAGES = ['en', 'ru', 'kk'] as const satisfies readonly AlphabeticLanguage[];

/**
 * Reads every `*.json` of a folder of term files and of the folders in it.
 * @throws YoujuError `bad-term-base` naming the file and what is wrong in it
 */
export async function readTermBase(folder: string): Promise<Concept[]> {
  const concepts = new Map<string, Concept>();
  const files = await readdir(folder, { recursive: true }).catch((cause: unknown) => {
    throw new YoujuError('bad-term-base', `${folder} cannot be read: name a folder of term files`, { cause });
  });
  for (const name of files.toSorted()) {
    if (!name.endsWith('.json')) continue;
    const file = path.join(folder, name);
    for (const concept of parseTermFile(file, await readFile(file, 'utf8'))) {
      if (concepts.has(concept.concept)) throw new YoujuError('bad-term-base', `${file}: concept “${concept.concept}” is defined twice`);
      concepts.set(concept.concept, concept);
    }
  }
  return [...concepts.values()];
}

function parseTermFile(file: string, json: string): Concept[] {
  try {
    return z.array(conceptSchema).parse(JSON.parse(json));
  } catch (cause) {
    const reason = cause instanceof z.ZodError ? z.prettifyError(cause) : String(cause);
    throw new YoujuError('bad-term-base', `${file}: ${reason}`, { cause });
  }
}

/** Names in an alphabetic language are looked up by the stems of their content words, joined by a space. */
export const nameKey = (stems: string[]): string => stems.join(' ');

/** The key of a name, or `undefined` when it has no content word. */
export function keyOfName(name: string, language: AlphabeticLanguage): string | undefined {
  const stems = contentWords(normalizeText(name), language).map(({ stem }) => stem);
  return stems.length === 0 ? undefined : nameKey(stems);
}
