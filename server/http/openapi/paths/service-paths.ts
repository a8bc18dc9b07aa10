import { z } from 'zod';
import type { ZodOpenApiPathsObject } from 'zod-openapi';
import { aliveSchema, notReadySchema, readySchema } from '../../../wire.ts';

export const servicePaths: ZodOpenApiPathsObject = {
  '/healthz': {
    get: {
      operationId: 'checkHealth',
      tags: ['Service'],
      summary: 'Is the process alive?',
      responses: { 200: { description: 'It is.', content: { 'application/json': { schema: aliveSchema } } } },
    },
  },
  '/readyz': {
    get: {
      operationId: 'checkReadiness',
      tags: ['Service'],
      summary: 'Can it answer?',
      responses: {
        200: {
          description: 'It has an index. `refused` tells of a newer one that it cannot open.',
          content: { 'application/json': { schema: readySchema } },
        },
        503: {
          description: 'It has no index yet, cannot reach its database, or is about to stop.',
          headers: { 'Retry-After': { schema: { type: 'integer' }, description: 'When to try again, in seconds.', required: true } },
          content: { 'application/json': { schema: notReadySchema } },
        },
      },
    },
  },
  '/metrics': {
    get: {
      operationId: 'readMetrics',
      tags: ['Service'],
      summary: 'What an operator watches',
      description: 'For Prometheus. A proxy in front should not pass it on to the public.',
      responses: { 200: { description: 'Samples in the text format.', content: { 'text/plain': { schema: z.string() } } } },
    },
  },
  '/openapi.json': {
    get: {
      operationId: 'describeApi',
      tags: ['Service'],
      summary: 'This description',
      responses: {
        200: {
          description: 'An OpenAPI 3.1 document.',
          content: {
            'application/json': {
              schema: z.looseObject({ openapi: z.string() }).meta({ description: 'https://spec.openapis.org/oas/v3.1.1' }),
            },
          },
        },
      },
    },
  },
  '/api/docs': {
    get: {
      operationId: 'showApi',
      tags: ['Service'],
      summary: 'This description as a page',
      responses: { 200: { description: 'For people.', content: { 'text/html': { schema: z.string() } } } },
    },
  },
};
