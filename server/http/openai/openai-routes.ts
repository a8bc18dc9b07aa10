import { type Request, type Response, Router } from 'express';
import type { Logger } from 'pino';
import type { AnsweringDependencies } from '../../answering/answer-question.ts';
import type { RememberedAnswers } from '../../feedback/remember-answers.ts';
import { titlesFrom } from '../../protocols/list-sources.ts';
import { annotateAnswer, annotateSteps } from '../../protocols/openai/annotate-answer.ts';
import { chatCompletion, chatCompletionChunks } from '../../protocols/openai/chat-completions.ts';
import { EXTRACTIVE_MODEL, listModels } from '../../protocols/openai/openai-models.ts';
import {
  askOfChatCompletion,
  askOfResponse,
  chatCompletionRequestSchema,
  responseRequestSchema,
} from '../../protocols/openai/openai-requests.ts';
import { response as openAiResponse, responseEvents } from '../../protocols/openai/responses.ts';
import type { AskRequest } from '../../wire.ts';
import { type EventMessage, sendEventStream } from '../event-stream.ts';
import { conversationBody, parseBody } from '../json-body.ts';
import { methodNotAllowed, Problem } from '../problem.ts';
import { endingWithError, ignoreDeparture, lastStep, startAnswer } from '../start-answer.ts';
import { unknownModel } from './openai-errors.ts';

/** The OpenAI API in front of the answer: `/v1/chat/completions`, `/v1/responses` and `/v1/models`. */
export function openAiRoutes(
  dependenciesOf: (request: Request) => AnsweringDependencies,
  answers: RememberedAnswers,
  logger: Logger,
): Router {
  const router = Router();
  const modelsFor = ({ chatModel, index }: AnsweringDependencies) =>
    listModels(chatModel !== undefined, Math.floor(Date.parse(index.manifest.createdAt) / 1000));

  /** An answer by the model that the client names, on its way. */
  async function start(ask: AskRequest, model: string, request: Request, response: Response) {
    const dependencies = dependenciesOf(request);
    const available = modelsFor(dependencies).map(({ id }) => id);
    if (!available.includes(model)) throw unknownModel(model, available);
    const chatModel = model === EXTRACTIVE_MODEL ? undefined : dependencies.chatModel;
    const { steps, departure } = await startAnswer(ask, { ...dependencies, chatModel }, answers, response);
    const titleOf = titlesFrom(dependencies.index.documents);
    return {
      whole: async () => {
        const last = await lastStep(steps);
        return { answer: annotateAnswer(last, titleOf), body: last.data };
      },
      annotated: () => annotateSteps(endingWithError(steps, logger), titleOf),
      send: (messages: AsyncIterable<EventMessage>) => sendEventStream(response, messages, departure).catch(ignoreDeparture(departure)),
    };
  }

  router.post('/v1/chat/completions', conversationBody, async (request: Request, response: Response) => {
    const completion = parseBody(chatCompletionRequestSchema, request.body);
    const { model, stream, stream_options: options } = completion;
    const started = await start(askOfChatCompletion(completion), model, request, response);
    if (stream) {
      await started.send(chunkMessages(chatCompletionChunks(model, started.annotated(), options?.include_usage ?? false)));
      return;
    }
    const { answer, body } = await started.whole();
    response.json(chatCompletion(model, answer, body));
  });
  router.all('/v1/chat/completions', methodNotAllowed('POST'));

  router.post('/v1/responses', conversationBody, async (request: Request, response: Response) => {
    const asked = parseBody(responseRequestSchema, request.body);
    const { model, stream } = asked;
    const started = await start(askOfResponse(asked), model, request, response);
    if (stream) {
      await started.send(eventMessages(responseEvents(model, started.annotated())));
      return;
    }
    const { answer, body } = await started.whole();
    response.json(openAiResponse(model, answer, body));
  });
  router.all('/v1/responses', methodNotAllowed('POST'));

  router.get('/v1/models', (request: Request, response: Response) => {
    response.json({ object: 'list', data: modelsFor(dependenciesOf(request)) });
  });
  router.get('/v1/models/:model', (request: Request<{ model: string }>, response: Response) => {
    const models = modelsFor(dependenciesOf(request));
    const found = models.find(({ id }) => id === request.params.model);
    if (!found)
      throw unknownModel(
        request.params.model,
        models.map(({ id }) => id),
      );
    response.json(found);
  });
  router.all(['/v1/models', '/v1/models/:model'], methodNotAllowed('GET'));
  router.use('/v1', () => {
    throw new Problem(404, 'unknown-url', 'there is nothing at this address: use /v1/chat/completions, /v1/responses or /v1/models');
  });
  return router;
}

/** Chunks in one stream of their own, ended by `[DONE]` where they end well. */
async function* chunkMessages(chunks: AsyncIterable<object>): AsyncGenerator<EventMessage> {
  let failed = false;
  for await (const chunk of chunks) {
    failed = 'error' in chunk;
    yield { data: JSON.stringify(chunk) };
  }
  if (!failed) yield { data: '[DONE]' };
}

async function* eventMessages(events: AsyncIterable<{ type: string }>): AsyncGenerator<EventMessage> {
  for await (const event of events) yield { event: event.type, data: JSON.stringify(event) };
}
