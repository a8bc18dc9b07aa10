import { z } from 'zod';
import { urlSchema } from './places.ts';

const codePointOffset = z.number().int().nonnegative();

const textQuoteSelectorSchema = z
  .object({
    type: z.literal('TextQuoteSelector'),
    exact: z.string().describe('The words, as the document has them.'),
    prefix: z.string().describe('The text before them: 32 code points, or as many as there are.'),
    suffix: z.string().describe('The text after them, as many.'),
  })
  .meta({ id: 'TextQuoteSelector' });
export type TextQuoteSelector = z.infer<typeof textQuoteSelectorSchema>;

const textPositionSelectorSchema = z
  .object({
    type: z.literal('TextPositionSelector'),
    start: codePointOffset.describe('In Unicode code points of the whole text, as the data model counts.'),
    end: codePointOffset.describe('Exclusive.'),
  })
  .meta({ id: 'TextPositionSelector' });

const annotationFields = {
  id: urlSchema.describe('The address that returns this annotation.'),
  type: z.literal('Annotation'),
  motivation: z.literal('highlighting'),
  target: z
    .tuple([
      z
        .object({
          type: z.literal('SpecificResource'),
          source: urlSchema,
          selector: z.tuple([textQuoteSelectorSchema, textPositionSelectorSchema]).describe('Each selects the words by itself.'),
        })
        .describe('In the document’s exact text, `/documents/{documentId}/source.txt`.'),
      z
        .object({
          type: z.literal('SpecificResource'),
          source: urlSchema,
          selector: z.object({
            type: z.literal('FragmentSelector'),
            conformsTo: z.literal('http://tools.ietf.org/rfc/rfc3236'),
            value: z.string().describe('The paragraph’s id on the page; `refinedBy` selects within the paragraph.'),
            refinedBy: textQuoteSelectorSchema,
          }),
        })
        .describe('On the policy page.'),
    ])
    .describe('The same words twice: a client follows the one it can read.'),
};

export const ANNOTATION_CONTEXT = 'http://www.w3.org/ns/anno.jsonld';
const contextSchema = z.literal(ANNOTATION_CONTEXT);

const annotationItemSchema = z.object(annotationFields).meta({ id: 'AnnotationItem' });
export type AnnotationItem = z.infer<typeof annotationItemSchema>;

export const annotationSchema = z
  .object({ '@context': contextSchema, ...annotationFields })
  .meta({ id: 'Annotation', description: 'Words of a document as a W3C Web Annotation (https://www.w3.org/TR/annotation-model/).' });
export type Annotation = z.infer<typeof annotationSchema>;

export const annotationCollectionSchema = z
  .object({
    '@context': contextSchema,
    id: z.string().describe('`urn:uuid:` and the answer’s id.'),
    type: z.literal('AnnotationCollection'),
    label: z.string().describe('The answer in words, with its markers.'),
    total: z.number().int().nonnegative(),
    first: z.object({
      id: z.string(),
      type: z.literal('AnnotationPage'),
      startIndex: z.literal(0),
      items: z.array(annotationItemSchema).describe('One for each citation of the answer, in the order of the markers.'),
    }),
  })
  .meta({ id: 'AnnotationCollection', description: 'The citations of one answer; none where it was declined.' });
export type AnnotationCollection = z.infer<typeof annotationCollectionSchema>;

const queryOffset = z
  .string()
  .regex(/^(?:0|[1-9]\d{0,8})$/, 'is not an offset (a whole number of UTF-16 code units)')
  .transform(Number)
  .meta({ override: { type: 'integer', minimum: 0, pattern: undefined } });

/** Offsets as citations have them; without them the whole paragraph. */
export const annotationQuerySchema = z.object({
  start: queryOffset.optional().describe('Where the words begin in the paragraph, in UTF-16 code units; 0 without it.'),
  end: queryOffset.optional().describe('Where they end, exclusive; the paragraph’s end without it.'),
});
