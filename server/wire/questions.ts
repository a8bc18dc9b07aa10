import { z } from 'zod';
import { boundedText, documentIdSchema, documentIdsSchema, filledText, languageSchema } from './bounded-text.ts';

/** Questions longer than this many code points are refused: every text function downstream is bounded by it. */
export const MAX_QUESTION_CODE_POINTS = 500;
/** A conversation turn may be longer than a question: it may hold one of our own answers. */
export const MAX_TURN_CODE_POINTS = 4000;
export const MAX_TURNS = 20;

const questionSchema = filledText(MAX_QUESTION_CODE_POINTS);

export const turnSchema = z
  .object({
    role: z.enum(['user', 'assistant']),
    content: boundedText(MAX_TURN_CODE_POINTS),
  })
  .meta({ id: 'Turn', description: 'What one side said earlier in the conversation.' });
export type Turn = z.infer<typeof turnSchema>;

export const askRequestSchema = z
  .object({
    question: questionSchema.describe('The question, in any of the five languages.'),
    history: z.array(turnSchema).max(MAX_TURNS).optional().describe('Earlier turns, oldest first, for follow-ups such as “那能源呢？”.'),
    language: languageSchema.optional().describe('The language of the answer; without it that of the question.'),
    documentId: documentIdSchema
      .optional()
      .describe('Ask this document only; without it all are asked, each for itself, and those that the question names.'),
    documentIds: documentIdsSchema.optional(),
  })
  .meta({ id: 'AskRequest' });
export type AskRequest = z.infer<typeof askRequestSchema>;

export const searchRequestSchema = z
  .object({
    query: questionSchema.describe('What to look for: a question, a few words, or a place by number (“item 8 of part two”).'),
    k: z.number().int().min(1).max(50).optional().describe('How many passages at most; 10 without it.'),
    documentId: documentIdSchema.optional().describe('Search this document only.'),
    documentIds: documentIdsSchema.optional(),
  })
  .meta({ id: 'SearchRequest' });
