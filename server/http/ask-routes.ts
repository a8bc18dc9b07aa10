import { type Request, type Response, Router } from 'express';
import type { Logger } from 'pino';
import { type AnsweringDependencies, answerQuestion } from '../answering/answer-question.ts';
import { searchPassages } from '../answering/search-passages.ts';
import type { RememberedAnswers } from '../feedback/remember-answers.ts';
import { type AnswerBody, type AnswerEvent, askRequestSchema, searchRequestSchema } from '../wire.ts';
import { sendEventStream } from './event-stream.ts';
import { jsonBody, parseBody } from './json-body.ts';
import { internalProblem, methodNotAllowed, problemBody, toProblem } from './problem.ts';

/** `POST /api/ask` (JSON, or SSE where the client accepts it) and `POST /api/search`. */
export function askRoutes(dependenciesOf: (request: Request) => AnsweringDependencies, answers: RememberedAnswers, logger: Logger): Router {
  const router = Router();

  router.post('/api/ask', jsonBody, async (request: Request, response: Response) => {
    const ask = parseBody(askRequestSchema, request.body);
    const dependencies = dependenciesOf(request);
    const departure = new AbortController();
    response.on('close', () => departure.abort(new Error('the client left')));
    const events = answers.following(ask, answerQuestion(ask, dependencies, departure.signal));
    // The first step is taken here: what is refused before the first event is still a proper HTTP error.
    const started = await startedStream(events);
    if (wantsEventStream(request))
      await sendEventStream(response, endingWithError(started, logger), departure.signal).catch(ignoreDeparture(departure.signal));
    else response.json(await lastBody(started));
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

async function startedStream(events: AsyncGenerator<AnswerEvent>): Promise<AsyncIterable<AnswerEvent>> {
  const first = await events.next();
  return (async function* () {
    if (!first.done) yield first.value;
    yield* events;
  })();
}

/** Once headers are out, a failure is told as the last event. */
async function* endingWithError(events: AsyncIterable<AnswerEvent>, logger: Logger): AsyncGenerator<AnswerEvent> {
  try {
    yield* events;
  } catch (error) {
    const problem = toProblem(error);
    if (!problem) logger.error({ err: error }, 'answer failed');
    yield { event: 'answer-error', data: problemBody(problem ?? internalProblem()) };
  }
}

const ignoreDeparture = (signal: AbortSignal) => (error: unknown) => {
  if (!signal.aborted) throw error;
};

async function lastBody(events: AsyncIterable<AnswerEvent>): Promise<AnswerBody | undefined> {
  let body: AnswerBody | undefined;
  for await (const event of events) if (event.event === 'answer-end') body = event.data;
  return body;
}
