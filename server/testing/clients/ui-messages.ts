import { Chat } from '@ai-sdk/react';
import { asSchema, DefaultChatTransport, readUIMessageStream, type UIMessage, type UIMessageChunk, uiMessageChunkSchema } from 'ai';
import type { AnswerBody, Citation } from '../../wire.ts';

/** The AI SDK's own client, and what it makes of our answers. */

/** A message as an app of ours has it: with the data parts that we send. */
export type CitedMessage = UIMessage<unknown, { citation: Citation; answer: AnswerBody }>;

/** `useChat` without React: the class behind the hook. */
export const chatWith = (server: string, body: object = {}): Chat<CitedMessage> =>
  new Chat({ transport: new DefaultChatTransport({ api: `${server}/api/chat`, body }) });

const userMessage = (text: string): CitedMessage => ({ id: 'question', role: 'user', parts: [{ type: 'text', text }] });

/** The bare request that the SDK makes. */
export const postChat = (server: string, question: string): Promise<Response> =>
  fetch(`${server}/api/chat`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ id: 'chat', messages: [userMessage(question)], trigger: 'submit-message' }),
  });

/** The chunks of one answer, each held against the SDK's own schema. */
export async function chunksFrom(server: string, question: string): Promise<UIMessageChunk[]> {
  const transport = new DefaultChatTransport<CitedMessage>({ api: `${server}/api/chat` });
  const messages = [userMessage(question)];
  const stream = await transport.sendMessages({
    trigger: 'submit-message',
    chatId: 'chat',
    messageId: undefined,
    messages,
    abortSignal: undefined,
  });
  const chunks: UIMessageChunk[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return chunks;
}

/** A chunk, if the SDK takes it for one. */
export async function checkedChunk(chunk: unknown): Promise<UIMessageChunk> {
  const checked = await asSchema(uiMessageChunkSchema).validate?.(chunk);
  if (!checked?.success) throw checked?.error ?? new Error('the SDK does not check its chunks');
  return checked.value;
}

/** The message that a client has in the end, put together by the SDK. */
export async function assembled(chunks: readonly UIMessageChunk[]): Promise<CitedMessage> {
  let message: CitedMessage | undefined;
  for await (const state of readUIMessageStream<CitedMessage>({ stream: ReadableStream.from(chunks) })) message = state;
  if (!message) throw new Error('the stream made no message');
  return message;
}

export const textOf = ({ parts }: UIMessage): string => parts.map((part) => (part.type === 'text' ? part.text : '')).join('');
export const citationsOf = ({ parts }: CitedMessage): Citation[] =>
  parts.flatMap((part) => (part.type === 'data-citation' ? [part.data] : []));
export const sourcesOf = ({ parts }: UIMessage) => parts.filter((part) => part.type === 'source-url');

/** The whole answer as it came at the end, if the answer got there. */
export const answerOf = ({ parts }: CitedMessage): AnswerBody | undefined =>
  parts.flatMap((part) => (part.type === 'data-answer' ? [part.data] : []))[0];
