import { z } from 'zod';
import { askRequestSchema, feedbackRequestSchema, languageSchema } from '../wire.ts';

const answerCommon = {
  /** The whole request: a follow-up makes no sense without the turns before it. */
  asked: askRequestSchema,
  /** What the answer was given in. */
  language: languageSchema,
  generator: z.string(),
  indexGeneration: z.string(),
};

const ratedAnswerSchema = z.discriminatedUnion('status', [
  z.object({
    ...answerCommon,
    status: z.literal('answered'),
    /** Each paragraph once, in the order of the citations. */
    cited: z.array(z.object({ documentId: z.string(), paragraphId: z.string() })).min(1),
  }),
  // Not the closed set of the wire: a record of years ago must stay readable when the set changes.
  z.object({ ...answerCommon, status: z.literal('abstained'), reason: z.string() }),
]);

/** What an eval case needs to know of an answer; not its text, which the index and the question give again. */
export type RatedAnswer = z.infer<typeof ratedAnswerSchema>;

export const feedbackRecordSchema = feedbackRequestSchema.extend({
  /** When it was taken, ISO 8601 in UTC. */
  at: z.iso.datetime(),
  /** Absent where the server no longer knew the answer: after a restart, or thousands of answers later. */
  answer: ratedAnswerSchema.optional(),
});

/** One line of the feedback file. */
export type FeedbackRecord = z.infer<typeof feedbackRecordSchema>;
