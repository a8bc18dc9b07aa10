import { z } from 'zod';
import { boundedText } from './bounded-text.ts';

export const MAX_ANSWER_ID_CODE_POINTS = 100;
export const MAX_COMMENT_CODE_POINTS = 1000;

export const feedbackRequestSchema = z
  .object({
    answerId: boundedText(MAX_ANSWER_ID_CODE_POINTS)
      .min(1)
      .meta({ maxLength: MAX_ANSWER_ID_CODE_POINTS })
      .describe('The `id` of an answer; one that the server no longer knows is taken as well.'),
    rating: z.enum(['up', 'down']),
    comment: boundedText(MAX_COMMENT_CODE_POINTS).optional(),
  })
  .meta({ id: 'FeedbackRequest' });
