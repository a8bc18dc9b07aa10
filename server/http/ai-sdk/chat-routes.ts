import { randomUUID } from 'node:crypto';
import { type Request, type Response, Router } from 'express';
import type { Logger } from 'pino';
import type { RememberedAnswers } from '../../feedback/remember-answers.ts';
import { type MessageChunk, messageChunks } from '../../protocols/ai-sdk/message-chunks.ts';
import { chatRequestSchema, continuedMessageId, readChatRequest } from '../../protocols/ai-sdk/read-chat-request.ts';
import { titlesFrom } from '../../protocols/list-sources.ts';
import { type EventMessage, sendEventStream } from '../event-stream.ts';
import { conversationBody, parseBody } from '../json-body.ts';
import { methodNotAllowed } from '../problem.ts';
import { endingWithError, type HttpAnswering, ignoreDeparture, startAnswer } from '../start-answer.ts';

/** `POST /api/chat`: the UI message stream of the AI SDK, for `useChat` and whatever else reads it. */
export function chatRoutes(dependenciesOf: (request: Request) => HttpAnswering, answers: RememberedAnswers, logger: Logger): Router {
  const router = Router();

  router.post('/api/chat', conversationBody, async (request: Request, response: Response) => {
    const chat = parseBody(chatRequestSchema, request.body);
    const dependencies = dependenciesOf(request);
    const { steps, departure } = await startAnswer(readChatRequest(chat), dependencies, answers, response);
    const messageId = continuedMessageId(chat) ?? randomUUID();
    const chunks = messageChunks(endingWithError(steps, response, logger), messageId, titlesFrom(dependencies.index.documents));
    response.set('x-vercel-ai-ui-message-stream', 'v1');
    await sendEventStream(response, eventMessages(chunks), departure).catch(ignoreDeparture(departure));
  });
  router.all('/api/chat', methodNotAllowed('POST'));

  // `useChat({ resume: true })` asks here on every load of a page. An answer ends with its client, so nothing is left to resume.
  router.get('/api/chat/:chatId/stream', (_request, response) => void response.status(204).end());
  router.all('/api/chat/:chatId/stream', methodNotAllowed('GET'));
  return router;
}

async function* eventMessages(chunks: AsyncIterable<MessageChunk>): AsyncGenerator<EventMessage> {
  for await (const chunk of chunks) yield { data: JSON.stringify(chunk) };
  yield { data: '[DONE]' };
}
