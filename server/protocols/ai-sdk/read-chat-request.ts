import { z } from 'zod';
import { type AskRequest, askRequestSchema } from '../../wire.ts';
import { readConversation, textOfParts } from '../read-conversation.ts';

/** More than any conversation has that fits into a body: those past `MAX_TURNS` are left out, not refused. */
const MOST_MESSAGES = 1000;
const MOST_PARTS = 1000;
const LONGEST_ID = 200;

const messageSchema = z.object({
  id: z.string().max(LONGEST_ID).optional(),
  role: z.enum(['system', 'user', 'assistant']),
  // An open set: text, reasoning, files, tools, sources, whatever an app puts into `data-…`. `textOfParts` takes what counts.
  parts: z.array(z.unknown()).max(MOST_PARTS),
});

/** What `DefaultChatTransport` of the AI SDK posts: UI messages. `documentId`, `documentIds` and `language` are what an app adds with `body`. */
export const chatRequestSchema = z.object({
  messages: z.array(messageSchema).max(MOST_MESSAGES),
  documentId: askRequestSchema.shape.documentId,
  documentIds: askRequestSchema.shape.documentIds,
  language: askRequestSchema.shape.language,
});
type ChatRequest = z.infer<typeof chatRequestSchema>;

/** @throws as `readConversation` */
export const readChatRequest = ({ messages, documentId, documentIds, language }: ChatRequest): AskRequest =>
  readConversation(
    messages.flatMap(({ role, parts }) => (role === 'system' ? [] : [{ role, text: textOfParts(parts, ['text']) }])),
    { documentId, documentIds, language },
  );

/** A conversation that ends with an answer has it continued, under the id by which the client knows it. */
export function continuedMessageId({ messages }: ChatRequest): string | undefined {
  const last = messages.at(-1);
  return last?.role === 'assistant' ? last.id : undefined;
}
