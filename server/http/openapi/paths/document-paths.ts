import { z } from 'zod';
import type { ZodOpenApiPathsObject } from 'zod-openapi';
import {
  annotationQuerySchema,
  annotationSchema,
  documentIdSchema,
  documentQuerySchema,
  documentSchema,
  documentsQuerySchema,
  documentsSchema,
  firstQuestionsSchema,
} from '../../../wire.ts';
import { EXPO_ANNOTATION, FIRST_PARAGRAPH, QUESTIONS, SUMMARY } from './document-examples.ts';
import { indexProblems, invalidRequest, rateLimited, unknownDocument, unknownPlace } from './problem-responses.ts';

const ofDocument = z.object({ documentId: documentIdSchema });
const ofParagraph = ofDocument.extend({
  paragraphId: z.string().meta({ description: 'A paragraph of the document.', examples: ['part-2-item-6'] }),
});

export const documentPaths: ZodOpenApiPathsObject = {
  '/api/documents': {
    get: {
      operationId: 'listDocuments',
      tags: ['Documents'],
      summary: 'List and search the documents',
      requestParams: { query: documentsQuerySchema },
      responses: {
        200: {
          description: 'The documents that can be asked, or those of them that a search finds.',
          content: {
            'application/json': { schema: documentsSchema, examples: { statement: { value: { documents: [SUMMARY], total: 1 } } } },
          },
        },
        422: invalidRequest,
        429: rateLimited,
        ...indexProblems,
      },
    },
  },
  '/api/documents/{documentId}': {
    get: {
      operationId: 'getDocument',
      tags: ['Documents'],
      summary: 'Read a document',
      description: 'The document with its paragraphs, their labels and where they stand in the source.',
      requestParams: { path: ofDocument, query: documentQuerySchema },
      responses: {
        200: {
          description: 'The document.',
          content: { 'application/json': { schema: documentSchema, examples: { firstParagraph: { value: FIRST_PARAGRAPH } } } },
        },
        404: unknownDocument,
        422: invalidRequest,
        ...indexProblems,
      },
    },
  },
  '/api/documents/{documentId}/questions': {
    get: {
      operationId: 'listFirstQuestions',
      tags: ['Documents'],
      summary: 'List questions to begin with',
      requestParams: { path: ofDocument, query: documentQuerySchema },
      responses: {
        200: {
          description: 'At most six questions.',
          content: { 'application/json': { schema: firstQuestionsSchema, examples: { english: { value: QUESTIONS } } } },
        },
        404: unknownDocument,
        422: invalidRequest,
        ...indexProblems,
      },
    },
  },
  '/documents/{documentId}/source.txt': {
    get: {
      operationId: 'getSource',
      tags: ['Documents'],
      summary: 'Get the exact text',
      description:
        'The text that quotes are cut from and offsets are counted in. Of a plain text these are the bytes that were ingested, and `sha256` is of them; of a `file` it is what was read out of it, and `textSha256` is of it.',
      requestParams: { path: ofDocument },
      responses: {
        200: {
          description: 'The text, in UTF-8.',
          headers: { ETag: { schema: { type: 'string' }, description: 'The hash of the text in quotation marks.', required: true } },
          content: { 'text/plain': { schema: z.string() } },
        },
        304: { description: 'The text is the one of the `If-None-Match` header.' },
        404: unknownDocument,
        ...indexProblems,
      },
    },
  },
};

export const annotationPaths: ZodOpenApiPathsObject = {
  '/api/documents/{documentId}/paragraphs/{paragraphId}/annotation': {
    get: {
      operationId: 'getAnnotation',
      tags: ['Annotations'],
      summary: 'Get a quotation as a Web Annotation',
      description:
        'Words of a paragraph, or all of it, for programs that speak the W3C Web Annotation Data Model. `start` and `end` are those of a citation. The exact text that the positions are counted in is at `/documents/{documentId}/source.txt`.',
      requestParams: { path: ofParagraph, query: annotationQuerySchema },
      responses: {
        200: {
          description: 'The annotation.',
          content: { 'application/ld+json': { schema: annotationSchema, examples: { citation: { value: EXPO_ANNOTATION } } } },
        },
        404: unknownPlace,
        422: invalidRequest,
        ...indexProblems,
      },
    },
  },
};
