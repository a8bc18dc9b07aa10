import { type Request, type Response, Router } from 'express';
import type { Logger } from 'pino';
import type { AnsweringDependencies } from '../answering/answer-question.ts';
import type { AnswerStep } from '../answering/answer-step.ts';
import { searchPassages } from '../answering/search-passages.ts';
import type { RememberedAnswers } from '../feedback/remember-answers.ts';
import { askRequestSchema, searchRequestSchema } from '../wire.ts';
import { type EventMessage, sendEventStream } from './event-stream.ts';
import { jsonBody, parseBody } from './json-body.ts';
import { methodNotAllowed } from './problem.ts';
import { endingWithError, ignoreDeparture, lastStep, startAnswer } from './start-answer.ts';

/** `POST /api/ask` (JSON, or SSE where the client accepts it) and `POST /api/search`. */
export function askRoutes(dependenciesOf: (request: Request) => AnsweringDependencies, answers: RememberedAnswers, logger: Logger): Router {
  const router = Router();

  router.post('/api/ask', jsonBody, async (request: Request, response: Response) => {
    const ask = parseBody(askRequestSchema, request.body);
    const { steps, departure } = await startAnswer(ask, dependenciesOf(request), answers, response);
    if (wantsEventStream(request))
      await sendEventStream(response, eventMessages(endingWithError(steps, logger)), departure).catch(ignoreDeparture(departure));
    else response.json((await lastStep(steps)).data);
  });
  router.all('/api/ask', methodNotAllowed('POST'));

  router.post('/api/search', jsonBody, async (request: Request, response: Response) => {
    const search = parseBody(searchRequestSchema, request.body);
    const passages = await searchPassages(search, dependenciesOf(request));
    response.json({ passages });
  });
  router.all('/api/search', methodNotAllowed('POST'));
  return router;
}

/** JSON unless the client asks for the stream by name: a plain Accept of anything gets JSON. */
const wantsEventStream = (request: Request) => request.accepts(['application/json', 'text/event-stream']) === 'text/event-stream';

async function* eventMessages(steps: AsyncIterable<AnswerStep>): AsyncGenerator<EventMessage> {
  for await (const { event, data } of steps) yield { event, data: JSON.stringify(data) };
}
