import { z } from 'zod';
import type { ZodOpenApiPathsObject } from 'zod-openapi';
import { eventStream } from './event-stream.ts';

const idSchema = z.union([z.string(), z.int()]);
const messageFields = { jsonrpc: z.literal('2.0'), id: idSchema.optional() };

/** The protocol has its own description, and its clients read it from the server (`initialize`, `tools/list`). */
const messageSchema = z
  .looseObject({ ...messageFields, method: z.string(), params: z.looseObject({}).optional() })
  .meta({ id: 'McpMessage', description: 'A JSON-RPC 2.0 message of the client; one a request.' });
const replySchema = z
  .looseObject({
    ...messageFields,
    // Of an error that belongs to no message.
    id: idSchema.nullish(),
    result: z.looseObject({}).optional(),
    error: z.looseObject({ code: z.number(), message: z.string() }).optional(),
  })
  .meta({ id: 'McpReply', description: 'A JSON-RPC 2.0 message of the server: `result` or `error`.' });

const listing = { jsonrpc: '2.0', id: 1, method: 'tools/list', params: {} };

export const mcpPaths: ZodOpenApiPathsObject = {
  '/mcp': {
    post: {
      operationId: 'callMcp',
      tags: ['MCP'],
      summary: 'Send an MCP message',
      description: 'The Model Context Protocol over streamable HTTP, stateless: there are no sessions, and nothing to GET or DELETE.',
      externalDocs: { url: 'https://modelcontextprotocol.io/specification' },
      security: [{ apiToken: [] }],
      'x-accept': 'application/json, text/event-stream',
      requestBody: { required: true, content: { 'application/json': { schema: messageSchema, examples: { tools: { value: listing } } } } },
      responses: {
        200: {
          description: 'The reply; a stream where the server chooses so.',
          content: { 'application/json': { schema: replySchema }, ...eventStream('McpReply') },
        },
        202: { description: 'A notification was taken.' },
        default: {
          description: 'A refusal as a JSON-RPC error: 400, 401, 403, 404, 405, 406, 408, 413, 415, 429, 500 or 503.',
          content: { 'application/json': { schema: replySchema } },
        },
      },
    },
  },
};
