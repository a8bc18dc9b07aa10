import { z } from 'zod';
import { documentIdSchema, filledText, languageSchema } from './bounded-text.ts';
import { nearbyParagraphSchema, nothing, placeFields, quoteSpanFields, quoteUrl, similaritySchema, spanFields } from './places.ts';

/** Quotations longer than this many code points are refused: a longer one is checked paragraph by paragraph. */
export const MAX_QUOTE_CODE_POINTS = 2000;

export const quoteCheckRequestSchema = z
  .object({
    quote: filledText(MAX_QUOTE_CODE_POINTS).describe(
      'The quotation. Outer white space and one pair of outer quotation marks do not count as part of it.',
    ),
    language: languageSchema.optional().describe('The language of the labels; without it each document’s own.'),
    documentId: documentIdSchema.optional().describe('Check against this document only.'),
  })
  .meta({ id: 'QuoteCheckRequest' });
export type QuoteCheckRequest = z.infer<typeof quoteCheckRequestSchema>;

const differenceKindSchema = z
  .enum(['script', 'width', 'punctuation', 'whitespace', 'case', 'homoglyph', 'negation', 'number', 'word', 'omission'])
  .meta({
    id: 'DifferenceKind',
    description: `How a quotation departs from the document. These read the same to a reader:
- \`script\`: traditional for simplified characters, or the reverse (協定 / 协定); the same number in other figures (二〇一九 / 2019);
- \`width\`: another form of the same character (１ / 1, ﬁ / fi, é composed or not);
- \`punctuation\`: another mark, a mark left out or added;
- \`whitespace\`: spaces and line breaks, as mail and PDF wrapping puts them in; invisible characters;
- \`case\`: capitals for small letters;
- \`homoglyph\`: a letter of another alphabet that looks the same (Latin \`a\` for Cyrillic \`а\`).

These say something else:
- \`negation\`: a word such as 不, 未, not, не put in or left out;
- \`number\`: another number or date;
- \`word\`: other words, words left out or added;
- \`omission\`: words left out where the quotation says so by an ellipsis (…, ……, [...]).`,
  });
export type DifferenceKind = z.infer<typeof differenceKindSchema>;

export const quoteDifferenceSchema = z
  .object({
    kind: differenceKindSchema,
    ...quoteSpanFields,
    quoted: z.string().describe('`quote.slice(quoteStart, quoteEnd)` of the request; may be empty.'),
    ...spanFields,
    original: z.string().describe('`text.slice(start, end)` of the paragraph; may be empty.'),
  })
  .meta({ id: 'QuoteDifference', description: 'One departure of the quotation from the document.' });
export type QuoteDifference = z.infer<typeof quoteDifferenceSchema>;

export const matchFields = {
  ...placeFields,
  ...spanFields,
  url: quoteUrl,
  ...quoteSpanFields,
  original: z.string().describe('The document’s own words: `text.slice(start, end)` of the paragraph.'),
  leftOut: z
    .object({ ...spanFields, text: z.string() })
    .optional()
    .describe(
      'There where the paragraph has a negation right before the match (不, 反对, not, не): its words up to the match’s `start`. The quotation has the document’s words, but may say the opposite.',
    ),
};

const verbatimMatchSchema = z
  .object(matchFields)
  .meta({ id: 'VerbatimMatch', description: 'A stretch of the quotation, and where it stands word for word.' });
export type VerbatimMatch = z.infer<typeof verbatimMatchSchema>;

export const alteredMatchSchema = z
  .object({
    ...matchFields,
    differences: z
      .array(quoteDifferenceSchema)
      .describe(
        'In order, disjoint and complete: putting each `original` in the place of its `quoted` turns the match’s stretch of the quote into the match’s stretch of the paragraph.',
      ),
    wording: z.enum(['same', 'changed']).describe('`same` where all differences only look or are spaced otherwise.'),
    similarity: similaritySchema.describe('The share of the stretch’s letters and numbers that stand there.'),
  })
  .meta({ id: 'AlteredMatch', description: 'A stretch of the quotation, and where it stands with differences.' });
export type AlteredMatch = z.infer<typeof alteredMatchSchema>;

export const quoteArrangementSchema = z.enum(['whole', 'consecutive', 'stitched']).meta({
  id: 'QuoteArrangement',
  description: `How the matches belong together:
- \`whole\`: each accounts for the whole quotation; several are several places, best first;
- \`consecutive\`: the quotation runs over paragraphs that follow each other, one match each, in order; what stands between two paragraphs (spaces, a heading) belongs to neither, so \`altered\` here may come with no difference in any of them;
- \`stitched\`: the quotation is put together from places apart, one match each, in the quotation’s order.`,
});
export type QuoteArrangement = z.infer<typeof quoteArrangementSchema>;

export const quoteCheckSchema = z
  .discriminatedUnion('verdict', [
    z
      .object({
        verdict: z.literal('verbatim'),
        arrangement: quoteArrangementSchema.extract(['whole', 'consecutive']),
        matches: z.array(verbatimMatchSchema),
      })
      .meta({ id: 'VerbatimQuote', description: 'A document has the quotation character by character.' }),
    z
      .object({ verdict: z.literal('altered'), arrangement: quoteArrangementSchema, matches: z.array(alteredMatchSchema) })
      .meta({ id: 'AlteredQuote', description: 'The documents have the quotation with differences, or its parts only.' }),
    z
      .object({
        verdict: z.literal('absent'),
        matches: nothing,
        nearest: z.array(nearbyParagraphSchema).describe('The paragraphs most like the quotation, best first. They are no matches.'),
      })
      .meta({ id: 'AbsentQuote', description: 'No document has the quotation.' }),
  ])
  .meta({ id: 'QuoteCheck' });
export type QuoteCheckBody = z.infer<typeof quoteCheckSchema>;
