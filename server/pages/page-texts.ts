import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { packageRoot } from '../../ingest/package-root.ts';
import { type DifferenceKind, type Language, languageSchema } from '../wire.ts';

/** `web/`'s templates and words, which the server fills in. */
export const pagesFolder = path.join(packageRoot, 'web', 'pages');
export const readPageFile = (name: string): string => readFileSync(path.join(pagesFolder, name), 'utf8');

/**
 * What a checked quotation is called. Of the verbatim ones a reader must tell two kinds apart, of the altered ones three, of the
 * absent ones two.
 */
const VERDICT_NAMES = ['verbatim', 'verbatim-after-negation', 'same-wording', 'changed', 'stitched', 'absent', 'nothing-alike'] as const;
export type VerdictName = (typeof VERDICT_NAMES)[number];

const QUOTE_PROBLEMS = ['empty', 'too-long', 'malformed'] as const;
/** Why a pasted quotation cannot be checked. */
export type QuoteProblem = (typeof QUOTE_PROBLEMS)[number];

const DIFFERENCE_KINDS = [
  'script',
  'width',
  'punctuation',
  'whitespace',
  'case',
  'homoglyph',
  'negation',
  'number',
  'word',
  'omission',
] as const satisfies readonly DifferenceKind[];

const textsSchema = z.object({
  /** By the name that the templates use. */
  page: z.record(z.string(), z.string()),
  verdicts: z.record(z.enum(VERDICT_NAMES), z.object({ title: z.string(), explanation: z.string() })),
  differences: z.record(z.enum(DIFFERENCE_KINDS), z.string()),
  quoteProblems: z.record(z.enum(QUOTE_PROBLEMS), z.string()),
});

/** The words of the pages in one language. */
export type PageTexts = z.infer<typeof textsSchema>;

export const readPageTexts = (): Record<Language, PageTexts> =>
  z.record(languageSchema, textsSchema).parse(JSON.parse(readPageFile('page-texts.json')));
