import { z } from 'zod';
import { languageSchema } from '../../wire.ts';

/**
 * What `ask` and `verify_quote` return as structured content: the bodies of /api/ask and /api/verify (wire.ts). Flat objects, since
 * clients make types of them and a union at the root is wrapped for those of 2025; loose ones, since a client keeps the list of
 * tools and checks later results against it: a field that comes to the wire must not break it.
 */
const offset = z.int().min(0);
const similarity = z.number().min(0).max(1).describe('0…1, higher is better.');

const paragraph = {
  documentId: z.string(),
  paragraphId: z.string(),
  label: z.string().describe('What a person calls the place.'),
  url: z.string().describe('Where people can read it: cite this.'),
};
const nearbyParagraph = z.looseObject({ ...paragraph, similarity });

export const answerSchema = z.looseObject({
  id: z.string(),
  status: z.enum(['answered', 'abstained']).describe('abstained: the documents do not say it, for `reason`.'),
  reason: z.enum(['no-evidence', 'off-topic', 'no-such-paragraph', 'unsupported-claim']).optional(),
  answer: z.string().describe('With markers such as [1], each the `marker` of a citation.'),
  language: languageSchema,
  generator: z.string().describe('extractive, or the chat model that wrote the answer.'),
  indexGeneration: z.string(),
  citations: z.array(
    z.looseObject({
      marker: z.int().min(1),
      ...paragraph,
      quote: z.string().describe('Verbatim: text.slice(start, end) of the paragraph.'),
      start: offset,
      end: offset,
      similarity,
    }),
  ),
  nearby: z.array(nearbyParagraph).optional().describe('Paragraphs near the question. They are no answer to it.'),
  degraded: z.enum(['model-timeout', 'model-error', 'model-unusable-output']).optional(),
  followUps: z.array(z.string()).optional().describe('Questions that lead on from here.'),
  documents: z
    .array(
      z.looseObject({
        documentId: z.string(),
        title: z.string(),
        language: z.string(),
        notes: z.record(z.string(), z.string()).optional(),
      }),
    )
    .optional(),
});

const difference = z.looseObject({
  kind: z.enum(['script', 'width', 'punctuation', 'whitespace', 'case', 'homoglyph', 'negation', 'number', 'word', 'omission']),
  quoteStart: offset,
  quoteEnd: offset,
  quoted: z.string(),
  start: offset,
  end: offset,
  original: z.string(),
});

export const quoteCheckSchema = z.looseObject({
  verdict: z.enum(['verbatim', 'altered', 'absent']),
  arrangement: z.enum(['whole', 'consecutive', 'stitched']).optional(),
  matches: z.array(
    z.looseObject({
      ...paragraph,
      start: offset,
      end: offset,
      quoteStart: offset,
      quoteEnd: offset,
      original: z.string().describe('The document’s own words.'),
      leftOut: z.looseObject({ start: offset, end: offset, text: z.string() }).optional(),
      differences: z.array(difference).optional(),
      wording: z.enum(['same', 'changed']).optional(),
      similarity: similarity.optional(),
    }),
  ),
  nearest: z.array(nearbyParagraph).optional().describe('The paragraphs most like an absent quotation. They are no matches.'),
});
