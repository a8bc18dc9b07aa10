import { type Request, type Response, Router } from 'express';
import type { Logger } from 'pino';
import { annotateAnswer } from '../../annotations/annotate-answer.ts';
import type { AnswerStep } from '../../answering/answer-step.ts';
import { searchPassages } from '../../answering/search-passages.ts';
import type { RememberedAnswers } from '../../feedback/remember-answers.ts';
import { askRequestSchema, searchRequestSchema } from '../../wire.ts';
import { type EventMessage, sendEventStream } from '../event-stream.ts';
import { jsonBody, parseBody } from '../json-body.ts';
import { methodNotAllowed } from '../problem.ts';
import { sendJson } from '../send-json.ts';
import { departureOf, endingWithError, type HttpAnswering, ignoreDeparture, startAnswer, wholeAnswer } from '../start-answer.ts';
import { ANNOTATION_TYPES, sendAnnotations } from './annotation-routes.ts';

/** `POST /api/ask` (JSON, or SSE or Web Annotations where the client asks for them by name) and `POST /api/search`. */
export function askRoutes(dependenciesOf: (request: Request) => HttpAnswering, answers: RememberedAnswers, logger: Logger): Router {
  const router = Router();

  router.post('/api/ask', jsonBody, async (request: Request, response: Response) => {
    const ask = parseBody(askRequestSchema, request.body);
    const dependencies = dependenciesOf(request);
    const type = typeWanted(request);
    response.vary('Accept');
    if (type === EVENT_STREAM) {
      const { steps, departure } = await startAnswer(ask, dependencies, answers, response);
      await sendEventStream(response, eventMessages(endingWithError(steps, response, logger)), departure).catch(ignoreDeparture(departure));
      return;
    }
    const answer = await wholeAnswer(ask, dependencies, answers, response);
    if (type === JSON_TYPE) sendJson(response, answer);
    else sendAnnotations(response, annotateAnswer(answer, dependencies.index.documents, dependencies.publicUrl));
  });
  router.all('/api/ask', methodNotAllowed('POST'));

  router.post('/api/search', jsonBody, async (request: Request, response: Response) => {
    const search = parseBody(searchRequestSchema, request.body);
    const passages = await searchPassages(search, dependenciesOf(request), departureOf(response));
    sendJson(response, { passages });
  });
  router.all('/api/search', methodNotAllowed('POST'));
  return router;
}

const JSON_TYPE = 'application/json';
const EVENT_STREAM = 'text/event-stream';

/** JSON unless the client asks for another form by name: a plain Accept of anything gets JSON. */
const typeWanted = (request: Request) => {
  const { accept = JSON_TYPE } = request.headers;
  return accept === JSON_TYPE || accept === '*/*'
    ? JSON_TYPE
    : request.accepts([JSON_TYPE, EVENT_STREAM, ...ANNOTATION_TYPES]) || JSON_TYPE;
};

async function* eventMessages(steps: AsyncIterable<AnswerStep>): AsyncGenerator<EventMessage> {
  for await (const { event, data } of steps) yield { event, data: JSON.stringify(data) };
}
