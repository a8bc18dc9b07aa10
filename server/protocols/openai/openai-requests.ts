import { z } from 'zod';
import { type AskRequest, askRequestSchema } from '../../wire.ts';
import { type ChatMessage, readConversation, textOfParts } from '../read-conversation.ts';

/**
 * The requests of the OpenAI API, as far as they are heard: https://platform.openai.com/docs/api-reference. All else that clients
 * send (system prompts, tools, temperatures) is let through unread: it changes nothing about what may be claimed. What would make
 * the answer something else than it is (JSON by a schema, several choices, a stored conversation) is refused instead.
 */

const MOST_MESSAGES = 1000;

const content = z.union([z.string(), z.array(z.unknown()).max(MOST_MESSAGES)]).nullish();
type Content = z.infer<typeof content>;

const textFormat = z
  .looseObject({ type: z.literal('text', { error: 'answers are text made of citations: leave it out, or send {"type": "text"}' }) })
  .nullish();

const LONGEST_METADATA = 512;

/** What may be asked for in `metadata`, which every OpenAI client can send. Its values are strings: several documents are joined by commas. */
const metadata = z
  .looseObject({
    documentId: askRequestSchema.shape.documentId,
    documentIds: z.string().max(LONGEST_METADATA).optional().describe('Several documents, their ids joined by commas.'),
    language: askRequestSchema.shape.language,
  })
  .nullish();

const model = z.string().min(1).max(200).meta({ description: 'One of `GET /v1/models`.', example: 'youju-extractive' });

export const chatCompletionRequestSchema = z.looseObject({
  model,
  messages: z
    .array(z.looseObject({ role: z.enum(['system', 'developer', 'user', 'assistant', 'tool', 'function']), content }))
    .min(1)
    .max(MOST_MESSAGES),
  stream: z.boolean().nullish(),
  stream_options: z.looseObject({ include_usage: z.boolean().nullish() }).nullish(),
  n: z.literal(1, { error: 'there is one answer to a question: leave it out, or send 1' }).nullish(),
  response_format: textFormat,
  metadata,
});
export type ChatCompletionRequest = z.infer<typeof chatCompletionRequestSchema>;

const unstored = z.null({ error: 'nothing is stored: send the whole conversation in input' }).optional();

export const responseRequestSchema = z.looseObject({
  model,
  input: z.union([z.string(), z.array(z.looseObject({ role: z.string().optional(), content: content.optional() })).max(MOST_MESSAGES)]),
  stream: z.boolean().nullish(),
  text: z.looseObject({ format: textFormat }).nullish(),
  background: z.literal(false, { error: 'answers come at once: leave it out' }).nullish(),
  previous_response_id: unstored,
  conversation: unstored,
  metadata,
});
export type ResponseRequest = z.infer<typeof responseRequestSchema>;

const textOf = (parts: Content): string =>
  typeof parts === 'string' ? parts : textOfParts(parts ?? [], ['text', 'input_text', 'output_text']);

function spoken(messages: readonly { role?: string; content?: Content }[]): ChatMessage[] {
  return messages.flatMap(({ role, content: parts }) => (role === 'user' || role === 'assistant' ? [{ role, text: textOf(parts) }] : []));
}

const about = ({ metadata: asked }: { metadata?: z.infer<typeof metadata> }) => ({
  documentId: asked?.documentId,
  documentIds: asked?.documentIds?.split(',').map((id) => id.trim()),
  language: asked?.language,
});

/** @throws as `readConversation` does */
export const askOfChatCompletion = (request: ChatCompletionRequest): AskRequest =>
  readConversation(spoken(request.messages), about(request));

/** @throws as `readConversation` does */
export const askOfResponse = (request: ResponseRequest): AskRequest =>
  readConversation(typeof request.input === 'string' ? [{ role: 'user', text: request.input }] : spoken(request.input), about(request));
