import { z } from 'zod';
import type { ZodOpenApiOperationObject, ZodOpenApiPathsObject } from 'zod-openapi';
import { EXTRACTIVE_MODEL } from '../../../protocols/openai/openai-models.ts';
import { chatCompletionRequestSchema, responseRequestSchema } from '../../../protocols/openai/openai-requests.ts';
import { answerSchema } from '../../../wire.ts';
import { ANSWERED } from './answer-examples.ts';

/** OpenAI's objects, as much of them as has a meaning here; all they have is in its own reference. */
const REFERENCE = { url: 'https://platform.openai.com/docs/api-reference' };

const ours = answerSchema.optional();

const chatCompletionSchema = z
  .looseObject({
    id: z.string(),
    object: z.literal('chat.completion'),
    created: z.number().int().nonnegative(),
    model: z.string(),
    choices: z.array(
      z.looseObject({
        index: z.number().int().nonnegative(),
        message: z.looseObject({
          role: z.literal('assistant'),
          content: z.string().describe('The answer, with links to what it cites at its end.'),
          annotations: z
            .array(
              z.object({
                type: z.literal('url_citation'),
                url_citation: z.object({
                  start_index: z
                    .number()
                    .int()
                    .nonnegative()
                    .describe('Where the cited sentence begins in `content`, in UTF-16 code units.'),
                  end_index: z.number().int().nonnegative(),
                  title: z.string(),
                  url: z.string(),
                }),
              }),
            )
            .describe('One for each cited sentence.'),
        }),
        finish_reason: z.literal('stop'),
      }),
    ),
    youju: ours,
  })
  .meta({ id: 'ChatCompletion', description: 'Ours beside OpenAI’s is `youju`: the answer as `POST /api/ask` gives it.' });

const responseSchema = z
  .looseObject({
    id: z.string(),
    object: z.literal('response'),
    status: z.enum(['in_progress', 'completed', 'failed']),
    model: z.string(),
    output: z.array(
      z.looseObject({ type: z.literal('message'), content: z.array(z.looseObject({ type: z.literal('output_text'), text: z.string() })) }),
    ),
    youju: ours,
  })
  .meta({ id: 'Response', description: 'Ours beside OpenAI’s is `youju`: the answer as `POST /api/ask` gives it.' });

const modelSchema = z
  .object({ id: z.string(), object: z.literal('model'), created: z.number().int().nonnegative(), owned_by: z.string() })
  .meta({ id: 'Model', description: '`youju` is the configured chat model, verified sentence by sentence; `youju-extractive` quotes.' });
const modelsSchema = z.object({ object: z.literal('list'), data: z.array(modelSchema) }).meta({ id: 'Models' });

const errorSchema = z
  .object({ error: z.object({ message: z.string(), type: z.string(), param: z.string().nullable(), code: z.string() }) })
  .meta({ id: 'OpenAiError' });

export const openAiSecurity = {
  apiToken: { type: 'http', scheme: 'bearer', description: 'One of the server’s `API_TOKENS`; where it has none, any or none.' },
} as const;

const errors = {
  default: {
    description:
      'OpenAI’s error object: 400 (`invalid_request` …), 401 (`invalid_api_key`), 404 (`model_not_found`), 405, 408, 413, 415, 429 (`rate_limit_exceeded`), 500, 503.',
    content: { 'application/json': { schema: errorSchema } },
  },
};
const common = { tags: ['OpenAI'], externalDocs: REFERENCE, security: [{ apiToken: [] }] } satisfies Partial<ZodOpenApiOperationObject>;

/** OpenAI numbers or ends its events in its own way, and its clients read them. */
const events = z.string().meta({ description: 'OpenAI’s Server-Sent Events, where the request has `stream: true`.' });

const { question } = ANSWERED.request;

export const openAiPaths: ZodOpenApiPathsObject = {
  '/v1/chat/completions': {
    post: {
      ...common,
      operationId: 'createChatCompletion',
      summary: 'Answer a chat',
      description:
        'The last message of the user is the question. System prompts, tools and temperatures are let through and change nothing.',
      requestBody: {
        required: true,
        content: {
          'application/json': {
            schema: chatCompletionRequestSchema.meta({ id: 'ChatCompletionRequest' }),
            examples: { question: { value: { model: EXTRACTIVE_MODEL, messages: [{ role: 'user', content: question }] } } },
          },
        },
      },
      responses: {
        200: {
          description: 'The answer.',
          content: { 'application/json': { schema: chatCompletionSchema }, 'text/event-stream': { schema: events } },
        },
        ...errors,
      },
    },
  },
  '/v1/responses': {
    post: {
      ...common,
      operationId: 'createResponse',
      summary: 'Answer by the Responses API',
      description: 'Nothing is stored: the whole conversation comes in `input`.',
      requestBody: {
        required: true,
        content: {
          'application/json': {
            schema: responseRequestSchema.meta({ id: 'ResponseRequest' }),
            examples: { question: { value: { model: EXTRACTIVE_MODEL, input: question } } },
          },
        },
      },
      responses: {
        200: {
          description: 'The answer.',
          content: { 'application/json': { schema: responseSchema }, 'text/event-stream': { schema: events } },
        },
        ...errors,
      },
    },
  },
  '/v1/models': {
    get: {
      ...common,
      operationId: 'listModels',
      summary: 'List the models',
      responses: {
        200: { description: 'The one to choose first comes first.', content: { 'application/json': { schema: modelsSchema } } },
        ...errors,
      },
    },
  },
  '/v1/models/{model}': {
    get: {
      ...common,
      operationId: 'getModel',
      summary: 'Get a model',
      requestParams: { path: z.object({ model: z.string().meta({ examples: [EXTRACTIVE_MODEL] }) }) },
      responses: { 200: { description: 'The model.', content: { 'application/json': { schema: modelSchema } } }, ...errors },
    },
  },
};
