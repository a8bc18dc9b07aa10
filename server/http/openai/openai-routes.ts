import { type Request, type Response, Router } from 'express';
import type { Logger } from 'pino';
import { lastStep } from '../../answering/answer-step.ts';
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
import { endingWithError, type HttpAnswering, ignoreDeparture, startAnswer } from '../start-answer.ts';
import { unknownModel } from './openai-errors.ts';

type OpenAiDependencies = {
  dependenciesOf: (request: Request) => HttpAnswering;
  answers: RememberedAnswers;
  logger: Logger;
};

/** The OpenAI API in front of the answer: `/v1/chat/completions`, `/v1/responses` and `/v1/models`. */
export function openAiRoutes(dependencies: OpenAiDependencies): Router {
  const router = Router();
  router.post('/v1/chat/completions', conversationBody, async (request: Request, response: Response) => {
    const completion = parseBody(chatCompletionRequestSchema, request.body);
    const { model, stream, stream_options: options } = completion;
    const started = await start(dependencies, askOfChatCompletion(completion), model, request, response);
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
    const started = await start(dependencies, askOfResponse(asked), model, request, response);
    if (stream) {
      await started.send(eventMessages(responseEvents(model, started.annotated())));
      return;
    }
    const { answer, body } = await started.whole();
    response.json(openAiResponse(model, answer, body));
  });
  router.all('/v1/responses', methodNotAllowed('POST'));
  router.use(modelRoutes(dependencies));
  router.use('/v1', () => {
    throw new Problem(404, 'unknown-url', 'there is nothing at this address: use /v1/chat/completions, /v1/responses or /v1/models');
  });
  return router;
}

function modelRoutes({ dependenciesOf }: OpenAiDependencies): Router {
  const router = Router();
  router.get('/v1/models', (request: Request, response: Response) => {
    response.json({ object: 'list', data: modelsFor(dependenciesOf(request)) });
  });
  router.get('/v1/models/:model', (request: Request<{ model: string }>, response: Response) => {
    response.json(findModel(modelsFor(dependenciesOf(request)), request.params.model));
  });
  router.all(['/v1/models', '/v1/models/:model'], methodNotAllowed('GET'));
  return router;
}

const modelsFor = ({ chatModel, index }: HttpAnswering) =>
  listModels(chatModel !== undefined, Math.floor(Date.parse(index.manifest.createdAt) / 1000));

/** @throws Problem 404 where there is no such model */
function findModel(models: ReturnType<typeof listModels>, name: string) {
  const model = models.find(({ id }) => id === name);
  if (!model)
    throw unknownModel(
      name,
      models.map(({ id }) => id),
    );
  return model;
}

/** An answer by the model that the client names, on its way. */
async function start(
  { dependenciesOf, answers, logger }: OpenAiDependencies,
  ask: AskRequest,
  model: string,
  request: Request,
  response: Response,
) {
  const dependencies = dependenciesOf(request);
  const { id } = findModel(modelsFor(dependencies), model);
  const chatModel = id === EXTRACTIVE_MODEL ? undefined : dependencies.chatModel;
  const { steps, departure } = await startAnswer(ask, { ...dependencies, chatModel }, answers, response);
  const titleOf = titlesFrom(dependencies.index.documents);
  return {
    whole: async () => {
      const last = await lastStep(steps);
      return { answer: annotateAnswer(last, titleOf), body: last.data };
    },
    annotated: () => annotateSteps(endingWithError(steps, response, logger), titleOf),
    send: (messages: AsyncIterable<EventMessage>) => sendEventStream(response, messages, departure).catch(ignoreDeparture(departure)),
  };
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
