import type { ZodOpenApiPathsObject } from 'zod-openapi';
import { type QuoteCheckBody, type QuoteCheckRequest, quoteCheckRequestSchema, quoteCheckSchema } from '../../../wire.ts';
import { bodyProblems, indexProblems, unknownDocument } from './problem-responses.ts';

const STATEMENT = 'china-kazakhstan-joint-statement-2019';

/** A quotation with a wrong year, and what the server says of it; a test asks again. */
export const ALTERED: { request: QuoteCheckRequest; response: QuoteCheckBody } = {
  request: { quote: '本声明于2018年9月11日在北京签署', language: 'en' },
  response: {
    verdict: 'altered',
    arrangement: 'whole',
    matches: [
      {
        documentId: STATEMENT,
        paragraphId: 'closing-p1',
        label: 'Closing, paragraph 1',
        start: 0,
        end: 19,
        url: `https://youju.example/documents/${STATEMENT}#closing-p1:~:text=${encodeURIComponent('本声明于2019年9月11日在北京签署')}`,
        quoteStart: 0,
        quoteEnd: 19,
        original: '本声明于2019年9月11日在北京签署',
        differences: [{ kind: 'number', quoteStart: 4, quoteEnd: 8, quoted: '2018', start: 4, end: 8, original: '2019' }],
        wording: 'changed',
        similarity: 0.93,
      },
    ],
  },
};

export const verifyPaths: ZodOpenApiPathsObject = {
  '/api/verify': {
    post: {
      operationId: 'verifyQuote',
      tags: ['Quotations'],
      summary: 'Check a quotation',
      description: 'Whether the documents have a quotation: word for word, altered (each difference with its kind), or not at all.',
      requestBody: {
        required: true,
        content: { 'application/json': { schema: quoteCheckRequestSchema, examples: { altered: { value: ALTERED.request } } } },
      },
      responses: {
        200: {
          description: 'The verdict, and where the words stand.',
          content: { 'application/json': { schema: quoteCheckSchema, examples: { altered: { value: ALTERED.response } } } },
        },
        404: unknownDocument,
        ...bodyProblems,
        ...indexProblems,
      },
    },
  },
};
