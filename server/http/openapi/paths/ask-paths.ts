import type { ZodOpenApiPathsObject } from 'zod-openapi';
import { annotationCollectionSchema, answerSchema, askRequestSchema, passagesSchema, searchRequestSchema } from '../../../wire.ts';
import { ABSTAINED, ANNOTATED, ANSWERED, FOUND, STREAMED } from './answer-examples.ts';
import { eventStream } from './event-stream.ts';
import { bodyProblems, indexProblems, unknownDocument } from './problem-responses.ts';

export const askPaths: ZodOpenApiPathsObject = {
  '/api/ask': {
    post: {
      operationId: 'ask',
      tags: ['Answers'],
      summary: 'Ask a question',
      description: `The answer in the documents’ own words, every sentence with a citation; or \`abstained\`, where they do not say it. The same answer comes in three forms, by the \`Accept\` header:

- \`application/json\`, the default;
- \`text/event-stream\`: as Server-Sent Events, whole verified sentences as they are found. The last event is \`answer-end\` or \`answer-error\`;
- \`application/ld+json\`: its citations as a collection of W3C Web Annotations.`,
      requestBody: {
        required: true,
        content: {
          'application/json': {
            schema: askRequestSchema,
            examples: { answered: { value: ANSWERED.request }, abstained: { value: ABSTAINED.request } },
          },
        },
      },
      responses: {
        200: {
          description: 'The answer. Declining is an answer, too.',
          content: {
            'application/json': {
              schema: answerSchema,
              examples: { answered: { value: ANSWERED.response }, abstained: { value: ABSTAINED.response } },
            },
            ...eventStream('AnswerEvent', { abstained: { value: STREAMED } }),
            'application/ld+json': { schema: annotationCollectionSchema, examples: { answered: { value: ANNOTATED } } },
          },
        },
        404: unknownDocument,
        ...bodyProblems,
        ...indexProblems,
      },
    },
  },
  '/api/search': {
    post: {
      operationId: 'search',
      tags: ['Answers'],
      summary: 'Find passages',
      description: 'The passages nearest to a query, one a paragraph, best first. A place that the query names by number comes first.',
      requestBody: {
        required: true,
        content: { 'application/json': { schema: searchRequestSchema, examples: { byNumber: { value: FOUND.request } } } },
      },
      responses: {
        200: {
          description: 'The passages; none where nothing is near.',
          content: { 'application/json': { schema: passagesSchema, examples: { byNumber: { value: FOUND.response } } } },
        },
        ...bodyProblems,
        ...indexProblems,
      },
    },
  },
};
