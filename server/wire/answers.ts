import { z } from 'zod';
import { languageSchema } from './bounded-text.ts';
import { nearbyParagraphSchema, nothing, placeFields, quoteUrl, similaritySchema, spanFields } from './places.ts';
import { problemSchema } from './problem.ts';

export const citationSchema = z
  .object({
    marker: z.number().int().min(1).describe('The number that stands in the answer as `[1]`.'),
    ...placeFields,
    quote: z.string().describe('The document’s own words, cut by the server: `text.slice(start, end)` of the paragraph.'),
    ...spanFields,
    url: quoteUrl,
    similarity: similaritySchema.describe('How near the paragraph is to the question; higher is better.'),
  })
  .meta({ id: 'Citation', description: 'A verified citation.' });
export type Citation = z.infer<typeof citationSchema>;

export const citedDocumentSchema = z
  .object({
    documentId: placeFields.documentId,
    title: z.string(),
    date: z.iso.date().optional().describe('Day of signing, where several documents are asked: it tells statements of one title apart.'),
    language: z.string().describe('BCP 47 tag of the document’s text, hence of the quotes from it.'),
    notes: z
      .record(z.string(), z.string())
      .optional()
      .describe('What the editor has to say to the paragraphs cited, by paragraph id, in the language of the answer.'),
  })
  .meta({ id: 'CitedDocument', description: 'A document that an answer leads to.' });
export type CitedDocument = z.infer<typeof citedDocumentSchema>;

const ABSTENTION_REASONS = [
  'no-evidence',
  'off-topic',
  'no-such-paragraph',
  'no-such-document',
  'which-document',
  'unsupported-claim',
] as const;
export const abstentionReasonSchema = z.enum(ABSTENTION_REASONS).meta({
  id: 'AbstentionReason',
  description: `Why Youju declined:
- \`no-evidence\`: on the documents’ subject, but they do not say it;
- \`off-topic\`: not about these documents at all;
- \`no-such-paragraph\`: asks by number for a part or an item that does not exist;
- \`no-such-document\`: asks a document, e.g. of a year, that is not among those asked; \`followUps\` ask the nearest ones;
- \`which-document\`: asks for a place by number or for a summary, and more documents have one than an answer can hold; \`documents\` has some and \`followUps\` ask them;
- \`unsupported-claim\`: an answer was drafted and none of its sentences could be verified.`,
});
export type AbstentionReason = z.infer<typeof abstentionReasonSchema>;

const degradedReasonSchema = z.enum(['model-timeout', 'model-error', 'model-unusable-output', 'model-resting', 'model-spent']).meta({
  id: 'DegradedReason',
  description: `Why a chat model’s answer was given up for extracts of the documents:
- \`model-timeout\`, \`model-error\`, \`model-unusable-output\`: it failed this question;
- \`model-resting\`: it failed several answers in a row and is not called for a while;
- \`model-spent\`: it was called as often today as the server may call it.`,
});
export type DegradedReason = z.infer<typeof degradedReasonSchema>;

export const answerFields = {
  id: z.uuid().describe('Names the answer in `POST /api/feedback`.'),
  answer: z
    .string()
    .describe(
      'The text, with markers such as `[1]`, each the `marker` of one citation. They count from 1, but for an answer that a model began and gave up (`degraded`): its extract goes on counting where the streamed sentences stopped.',
    ),
  language: languageSchema,
  generator: z.string().describe('Who wrote it: `extractive`, or the name of the chat model.'),
  indexGeneration: z.string().describe('The build of the index that was asked.'),
  followUps: z.array(z.string()).optional().describe('One to three questions that lead on from here; absent where there are none.'),
  documents: z
    .array(citedDocumentSchema)
    .optional()
    .describe('The documents that `citations` or `nearby` lead to, or that the question may mean; absent where there are none.'),
  degraded: degradedReasonSchema.optional(),
};

const answeredSchema = z
  .object({ ...answerFields, status: z.literal('answered'), citations: z.array(citationSchema) })
  .meta({ id: 'Answered', description: 'Every sentence of the answer carries a citation.' });

const abstainedSchema = z
  .object({
    ...answerFields,
    status: z.literal('abstained'),
    reason: abstentionReasonSchema,
    citations: nothing,
    nearby: z.array(nearbyParagraphSchema).describe('Where to read on, best first; at most three.'),
  })
  .meta({ id: 'Abstained', description: 'The documents do not answer the question; `answer` says so in words.' });

export const answerSchema = z.discriminatedUnion('status', [answeredSchema, abstainedSchema]).meta({ id: 'Answer' });
export type AnswerBody = z.infer<typeof answerSchema>;

export const answerEventSchema = z
  .discriminatedUnion('event', [
    z
      .object({ event: z.literal('text-delta'), data: z.object({ text: z.string() }) })
      .describe('Whole verified sentences, to be appended.'),
    z.object({ event: z.literal('citation'), data: citationSchema }).describe('Comes before the text that has its marker.'),
    z.object({
      event: z.literal('abstention'),
      data: z.object({ reason: abstentionReasonSchema, nearby: z.array(nearbyParagraphSchema) }),
    }),
    z.object({ event: z.literal('answer-end'), data: answerSchema }).describe('The whole answer; what it says prevails.'),
    z.object({ event: z.literal('answer-error'), data: problemSchema }).describe('The answer ends here, unfinished.'),
  ])
  .meta({ id: 'AnswerEvent', description: '`event` is the name of the Server-Sent Event, `data` its data, as JSON on one line.' });
/** The Server-Sent Events of `POST /api/ask`. */
export type AnswerEvent = z.infer<typeof answerEventSchema>;

const passageSchema = z
  .object({
    ...placeFields,
    text: z.string().describe('The document’s own words: `text.slice(start, end)` of the paragraph.'),
    ...spanFields,
    url: quoteUrl,
    similarity: similaritySchema.describe('How near the passage is to the query; higher is better.'),
  })
  .meta({ id: 'Passage' });
export type PassageBody = z.infer<typeof passageSchema>;

export const passagesSchema = z
  .object({ passages: z.array(passageSchema).describe('One passage a paragraph, best first.') })
  .meta({ id: 'Passages' });
