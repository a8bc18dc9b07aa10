import { z } from 'zod';
import { boundedText, languageSchema } from './bounded-text.ts';
import { placeFields, urlSchema } from './places.ts';

const summaryFields = {
  documentId: placeFields.documentId,
  title: z.string(),
  date: z.iso.date().optional().describe('Day of signing.'),
  place: z.string().optional(),
  language: z.string().describe('BCP 47 tag of the document’s own language.'),
  url: urlSchema.describe('The policy page of the document.'),
  sha256: z.string().describe('Of the source’s bytes, in hex. Of a plain text `/documents/{documentId}/source.txt` serves them.'),
  file: z
    .object({ mediaType: z.string(), textSha256: z.string().describe('Of the text, as `/documents/{documentId}/source.txt` serves it.') })
    .optional()
    .describe(
      'Where the source is no plain text, e.g. a PDF: what it is, and the hash of the text that was read out of it. Offsets are in that text.',
    ),
};

const documentSummarySchema = z.object(summaryFields).meta({ id: 'DocumentSummary' });
export type DocumentSummary = z.infer<typeof documentSummarySchema>;

export const documentsSchema = z
  .object({
    documents: z
      .array(documentSummarySchema)
      .describe('The newest first; of a search first those it names, then those whose text speaks of it.'),
    total: z.number().int().nonnegative().describe('How many there are in all, of which `limit` and `offset` give some.'),
  })
  .meta({ id: 'Documents' });

export type DocumentsBody = z.infer<typeof documentsSchema>;

const whole = (most: number) =>
  z
    .string()
    .regex(/^(?:0|[1-9]\d{0,8})$/, 'is not a whole number')
    .transform(Number)
    .refine((value) => value <= most, `is more than ${most}`)
    .meta({ override: { type: 'integer', minimum: 0, maximum: most, pattern: undefined } });

const MOST_LISTED = 1000;
export const MAX_SEARCH_CODE_POINTS = 200;
const MOST_OFFSET = 1_000_000;

const yearSchema = z.string().regex(/^\d{4}$/, 'is not a year of four digits');

export const documentsQuerySchema = z.object({
  q: boundedText(MAX_SEARCH_CODE_POINTS).optional().describe('Words of a title, a year, a place, or what the text is to speak of.'),
  year: yearSchema.optional().describe('Documents of this year only.'),
  limit: whole(MOST_LISTED).optional().describe('How many at most; all without it.'),
  offset: whole(MOST_OFFSET).optional().describe('How many of the first are passed over.'),
});

const paragraphSchema = z
  .object({
    paragraphId: placeFields.paragraphId,
    label: placeFields.label,
    text: z.string(),
    start: z.number().int().nonnegative().describe('Where the paragraph begins in the source text, in UTF-16 code units.'),
    end: z.number().int().nonnegative().describe('Where it ends there, exclusive.'),
  })
  .meta({ id: 'Paragraph', description: 'The unit that is cited.' });

export const documentSchema = z.object({ ...summaryFields, paragraphs: z.array(paragraphSchema) }).meta({ id: 'Document' });
export type DocumentBody = z.infer<typeof documentSchema>;

export const firstQuestionsSchema = z
  .object({ questions: z.array(z.string()).describe('What to ask first, in the language asked for, else the document’s.') })
  .meta({ id: 'FirstQuestions' });
export type QuestionsBody = z.infer<typeof firstQuestionsSchema>;

/** The query of the routes under `/api/documents/:documentId`. */
export const documentQuerySchema = z.object({
  language: languageSchema.optional().describe('The language of labels and questions; without it the document’s own.'),
});
