import { z } from 'zod';
import {
  abstentionReasonSchema,
  alteredMatchSchema,
  answerFields,
  citationSchema,
  citedDocumentSchema,
  matchFields,
  nearbyParagraphSchema,
  quoteArrangementSchema,
  quoteDifferenceSchema,
} from '../../wire.ts';

/*
 * What `ask` and `verify_quote` return as structured content: the bodies of /api/ask and /api/verify. Flat objects, since clients
 * make types of them and a union at the root is wrapped for those of 2025; loose ones, since a client keeps the list of tools and
 * checks later results against it: a field that comes to the wire must not break it.
 */

const nearby = z.array(nearbyParagraphSchema.loose()).optional();

export const answerSchema = z.looseObject({
  ...answerFields,
  documents: z.array(citedDocumentSchema.loose()).optional(),
  status: z.enum(['answered', 'abstained']).describe('abstained: the documents do not say it, for `reason`.'),
  reason: abstentionReasonSchema.optional(),
  citations: z.array(citationSchema.loose()),
  nearby: nearby.describe('Paragraphs near the question. They are no answer to it.'),
});

const { wording, similarity } = alteredMatchSchema.shape;

export const quoteCheckSchema = z.looseObject({
  verdict: z.enum(['verbatim', 'altered', 'absent']),
  arrangement: quoteArrangementSchema.optional(),
  matches: z.array(
    z.looseObject({
      ...matchFields,
      differences: z.array(quoteDifferenceSchema.loose()).optional(),
      wording: wording.optional(),
      similarity: similarity.optional(),
    }),
  ),
  nearest: nearby.describe('The paragraphs most like an absent quotation. They are no matches.'),
});
