import { z } from 'zod';

/** The languages a visitor may be answered in. Quotes stay in the document's own language. */
export const languageSchema = z.enum(['zh-Hans', 'zh-Hant', 'en', 'ru', 'kk']).meta({ id: 'Language', description: 'A BCP 47 tag.' });
export type Language = z.infer<typeof languageSchema>;

const wellFormed = (text: string) => text.isWellFormed();
const codePoints = (limit: number) => (text: string) => text.length <= limit || [...text].length <= limit;

/**
 * Text of at most `limit` code points, as JSON Schema's `maxLength` counts them too, without lone surrogates. Of these the schema that
 * clients see says nothing: `\P{Cs}` is a pattern that not every client's engine knows.
 */
export const boundedText = (limit: number) =>
  z
    .string()
    .refine(wellFormed, 'contains a lone surrogate')
    .refine(codePoints(limit), `is longer than ${limit} characters`)
    .meta({ maxLength: limit });

/** Bounded text that is not only white space. */
export const filledText = (limit: number) => boundedText(limit).regex(/\S/, 'is empty').meta({ maxLength: limit });

/** Documents that one request may name. */
export const MOST_DOCUMENT_IDS = 50;

export const documentIdSchema = z
  .string()
  .max(200)
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'is not a documentId (lower-case words joined by hyphens)')
  .meta({ description: 'A document by its slug; `GET /api/documents` lists them.', examples: ['china-kazakhstan-joint-statement-2019'] });

export const documentIdsSchema = z
  .array(documentIdSchema)
  .min(1)
  .max(MOST_DOCUMENT_IDS)
  .describe('Several documents by their slugs; with `documentId` as well, that one is among them.');
