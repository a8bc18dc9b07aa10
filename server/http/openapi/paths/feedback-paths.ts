import type { ZodOpenApiPathsObject } from 'zod-openapi';
import { feedbackRequestSchema } from '../../../wire.ts';
import { ANSWERED } from './answer-examples.ts';
import { bodyProblems, feedbackNotStored, indexProblems } from './problem-responses.ts';

const rating = { answerId: ANSWERED.response.id, rating: 'up', comment: 'Just the sentence I needed.' };

export const feedbackPaths: ZodOpenApiPathsObject = {
  '/api/feedback': {
    post: {
      operationId: 'rateAnswer',
      tags: ['Answers'],
      summary: 'Rate an answer',
      requestBody: {
        required: true,
        content: { 'application/json': { schema: feedbackRequestSchema, examples: { content: { value: rating } } } },
      },
      responses: {
        204: { description: 'The rating is on the server’s disk.' },
        ...bodyProblems,
        500: indexProblems[500],
        503: feedbackNotStored,
      },
    },
  },
};
