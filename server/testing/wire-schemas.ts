import { z } from 'zod';

/**
 * The wire as it is promised to clients, written down a second time and strictly: a field that is missing, misspelt
 * or too many fails. Shares nothing with `server/wire.ts`.
 */
const language = z.enum(['zh-Hans', 'zh-Hant', 'en', 'ru', 'kk']);
const absoluteUrl = z.string().regex(/^https?:\/\/[^/]+\/documents\/[a-z0-9-]+#/);
const similarity = z.number().min(0).max(1);
const offset = z.number().int().min(0);

export const strictCitation = z.strictObject({
  marker: z.number().int().min(1),
  documentId: z.string().min(1),
  paragraphId: z.string().min(1),
  label: z.string().min(1),
  quote: z.string().min(1),
  start: offset,
  end: offset,
  url: absoluteUrl,
  similarity,
});

const strictNearby = z.strictObject({
  documentId: z.string().min(1),
  paragraphId: z.string().min(1),
  label: z.string().min(1),
  url: absoluteUrl,
  similarity,
});

const common = {
  id: z.uuid(),
  answer: z.string().min(1),
  language,
  generator: z.string().min(1),
  indexGeneration: z.string().regex(/^\d{14}-[0-9a-f]{8}$/),
  followUps: z.array(z.string().min(1)).min(1).max(3).optional(),
  degraded: z.enum(['model-timeout', 'model-error', 'model-unusable-output', 'model-resting', 'model-spent']).optional(),
  documents: z
    .array(
      z.strictObject({
        documentId: z.string().min(1),
        title: z.string().min(1),
        date: z.iso.date().optional(),
        language: z.string().min(2),
        notes: z.record(z.string().min(1), z.string().min(1)).optional(),
      }),
    )
    .min(1)
    .optional(),
};

const reason = z.enum(['no-evidence', 'off-topic', 'no-such-paragraph', 'no-such-document', 'which-document', 'unsupported-claim']);

export const strictAnswer = z.discriminatedUnion('status', [
  z.strictObject({ ...common, status: z.literal('answered'), citations: z.array(strictCitation).min(1) }),
  z.strictObject({ ...common, status: z.literal('abstained'), reason, citations: z.tuple([]), nearby: z.array(strictNearby) }),
]);
export type CheckedAnswer = z.infer<typeof strictAnswer>;

export const strictPassages = z.strictObject({
  passages: z.array(
    z.strictObject({
      documentId: z.string().min(1),
      paragraphId: z.string().min(1),
      label: z.string().min(1),
      text: z.string().min(1),
      start: offset,
      end: offset,
      similarity,
      url: absoluteUrl,
    }),
  ),
});

const matched = {
  documentId: z.string().min(1),
  paragraphId: z.string().min(1),
  label: z.string().min(1),
  start: offset,
  end: offset,
  url: absoluteUrl,
  quoteStart: offset,
  quoteEnd: offset,
  original: z.string().min(1),
  leftOut: z.strictObject({ start: offset, end: offset, text: z.string().min(1) }).optional(),
};
const difference = z.strictObject({
  kind: z.enum(['script', 'width', 'punctuation', 'whitespace', 'case', 'homoglyph', 'negation', 'number', 'word', 'omission']),
  quoteStart: offset,
  quoteEnd: offset,
  quoted: z.string(),
  start: offset,
  end: offset,
  original: z.string(),
});

export const strictQuoteCheck = z.discriminatedUnion('verdict', [
  z.strictObject({
    verdict: z.literal('verbatim'),
    arrangement: z.enum(['whole', 'consecutive']),
    matches: z.array(z.strictObject(matched)).min(1),
  }),
  z.strictObject({
    verdict: z.literal('altered'),
    arrangement: z.enum(['whole', 'consecutive', 'stitched']),
    matches: z
      .array(z.strictObject({ ...matched, differences: z.array(difference), wording: z.enum(['same', 'changed']), similarity }))
      .min(1),
  }),
  z.strictObject({ verdict: z.literal('absent'), matches: z.tuple([]), nearest: z.array(strictNearby) }),
]);

export const strictProblem = z.strictObject({
  type: z.string().min(1),
  title: z.string().min(1),
  status: z.number().int().min(400).max(599),
  detail: z.string().min(1),
  code: z.string().regex(/^[a-z]+(?:-[a-z]+)*$/),
});

const summary = {
  documentId: z.string().min(1),
  title: z.string().min(1),
  date: z.iso.date().optional(),
  place: z.string().optional(),
  language: z.string().min(2),
  url: z.string().regex(/^https?:\/\/[^/]+\/documents\/[a-z0-9-]+$/),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  file: z
    .strictObject({ mediaType: z.string().regex(/^[a-z]+\/[a-z0-9.+-]+$/), textSha256: z.string().regex(/^[0-9a-f]{64}$/) })
    .optional(),
};
export const strictDocuments = z.strictObject({ documents: z.array(z.strictObject(summary)), total: offset });
export const strictDocument = z.strictObject({
  ...summary,
  paragraphs: z.array(
    z.strictObject({ paragraphId: z.string().min(1), label: z.string().min(1), text: z.string().min(1), start: offset, end: offset }),
  ),
});
export type CheckedDocument = z.infer<typeof strictDocument>;
export const strictQuestions = z.strictObject({ questions: z.array(z.string().min(1)).max(6) });

export const strictEvent = z.discriminatedUnion('event', [
  z.strictObject({ event: z.literal('text-delta'), data: z.strictObject({ text: z.string().min(1) }) }),
  z.strictObject({ event: z.literal('citation'), data: strictCitation }),
  z.strictObject({ event: z.literal('abstention'), data: z.strictObject({ reason, nearby: z.array(strictNearby) }) }),
  z.strictObject({ event: z.literal('answer-end'), data: strictAnswer }),
  z.strictObject({ event: z.literal('answer-error'), data: strictProblem }),
]);
export type CheckedEvent = z.infer<typeof strictEvent>;

const rated = {
  asked: z.strictObject({
    question: z.string().min(1),
    history: z.array(z.strictObject({ role: z.enum(['user', 'assistant']), content: z.string() })).optional(),
    language: language.optional(),
    documentId: z.string().min(1).optional(),
  }),
  language,
  generator: z.string().min(1),
  indexGeneration: common.indexGeneration,
};

/** One line of the feedback file. */
export const strictFeedbackRecord = z.strictObject({
  at: z.iso.datetime(),
  answerId: z.string().min(1),
  rating: z.enum(['up', 'down']),
  comment: z.string().optional(),
  answer: z
    .discriminatedUnion('status', [
      z.strictObject({
        ...rated,
        status: z.literal('answered'),
        cited: z.array(z.strictObject({ documentId: z.string().min(1), paragraphId: z.string().min(1) })).min(1),
      }),
      z.strictObject({ ...rated, status: z.literal('abstained'), reason }),
    ])
    .optional(),
});
