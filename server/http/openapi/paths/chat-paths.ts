import { z } from 'zod';
import type { ZodOpenApiPathsObject } from 'zod-openapi';
import { chatRequestSchema } from '../../../protocols/ai-sdk/read-chat-request.ts';
import { answerSchema, citationSchema } from '../../../wire.ts';
import { ANSWERED } from './answer-examples.ts';
import { eventStream } from './event-stream.ts';
import { conversationProblems, indexProblems, unknownDocument } from './problem-responses.ts';

/** `MessageChunk` for clients that read the stream by themselves. */
export const messageChunkSchema = z
  .discriminatedUnion('type', [
    z.object({ type: z.literal('start'), messageId: z.string() }),
    z.object({ type: z.literal('text-start'), id: z.string() }),
    z.object({ type: z.literal('text-end'), id: z.string() }),
    z.object({ type: z.literal('text-delta'), id: z.string(), delta: z.string() }),
    z
      .object({ type: z.literal('data-citation'), id: z.string(), data: citationSchema })
      .describe('Comes before the text that has its marker.'),
    z.object({ type: z.literal('source-url'), sourceId: z.string(), url: z.string(), title: z.string() }),
    z.object({ type: z.literal('data-answer'), id: z.string(), data: answerSchema }).describe('The whole answer, at the end.'),
    z.object({ type: z.literal('error'), errorText: z.string() }),
    z.object({ type: z.literal('finish') }),
  ])
  .meta({ id: 'MessageChunk', description: 'The data of one event, as JSON on one line; after the last comes `[DONE]`.' });

const message = { id: 'q1', role: 'user', parts: [{ type: 'text', text: ANSWERED.request.question }] };

export const chatPaths: ZodOpenApiPathsObject = {
  '/api/chat': {
    post: {
      operationId: 'chat',
      tags: ['AI SDK'],
      summary: 'Answer a UI message',
      externalDocs: { url: 'https://ai-sdk.dev/docs/ai-sdk-ui/stream-protocol' },
      requestBody: {
        required: true,
        content: {
          'application/json': {
            schema: chatRequestSchema.meta({
              id: 'ChatRequest',
              description: 'What `DefaultChatTransport` posts; `documentId` and `language` are ours.',
            }),
            examples: { question: { value: { messages: [message] } } },
          },
        },
      },
      responses: {
        200: { description: 'The answer as a UI message stream.', content: eventStream('MessageChunk') },
        404: unknownDocument,
        ...conversationProblems,
        ...indexProblems,
      },
    },
  },
  '/api/chat/{chatId}/stream': {
    get: {
      operationId: 'resumeChat',
      tags: ['AI SDK'],
      summary: 'Resume an answer',
      description: 'Asked by `useChat({ resume: true })`. An answer ends with its client, so there is never one to resume.',
      requestParams: { path: z.object({ chatId: z.string().meta({ examples: ['chat-1'] }) }) },
      responses: { 204: { description: 'There is none.' } },
    },
  },
};
