import type { Response } from 'express';
import type { Logger } from 'pino';
import { UNOBSERVED } from '../answering/answer-observer.ts';
import { answerAtOnce, waitsForOthers } from '../answering/answer-question.ts';
import { type AnswerStep, lastStep } from '../answering/answer-step.ts';
import { answerShared, type SharedAnswering } from '../answering/sharing/shared-answers.ts';
import type { RememberedAnswers } from '../feedback/remember-answers.ts';
import type { AnswerBody, AskRequest } from '../wire.ts';
import type { AnswerDeadlines } from './answer-deadlines.ts';
import { internalProblem, problemBody, toProblem } from './problem.ts';

/** What an answer over HTTP is made with, and how long it may take. */
export type HttpAnswering = SharedAnswering & { deadlines: AnswerDeadlines };

/** An answer on its way to one client. `departure` is aborted when the client leaves, and ends the answer. */
export type StartedAnswer = { steps: AsyncIterable<AnswerStep>; departure: AbortSignal };

/**
 * Starts an answer for the client behind `response`. The first step is taken here: what is refused before it is still a proper
 * HTTP error, in whatever shape the protocol has for them.
 */
export async function startAnswer(
  ask: AskRequest,
  dependencies: HttpAnswering,
  answers: RememberedAnswers,
  response: Response,
): Promise<StartedAnswer> {
  const departure = departureOf(response);
  const start = (signal: AbortSignal) => answers.following(ask, answerShared(ask, dependencies, signal), dependencies.observer);
  const steps = dependencies.deadlines.bound(start, departure);
  const first = await steps.next();
  const resumed = (async function* () {
    if (!first.done) yield first.value;
    yield* steps;
  })();
  return { steps: resumed, departure };
}

/** The whole answer, for a client that does not want it as it comes. */
export async function wholeAnswer(
  ask: AskRequest,
  dependencies: HttpAnswering,
  answers: RememberedAnswers,
  response: Response,
): Promise<AnswerBody> {
  if (waitsForOthers(dependencies)) {
    const { steps } = await startAnswer(ask, dependencies, answers, response);
    return (await lastStep(steps)).data;
  }
  // Nothing can keep it waiting, so it needs no deadline, and is over before the client can leave.
  const { observer = UNOBSERVED } = dependencies;
  const start = performance.now();
  const body = await (dependencies.shared?.answerAtOnce(ask, dependencies) ?? answerAtOnce(ask, dependencies));
  observer.onStage('first-event', performance.now() - start);
  answers.note(ask, body, observer);
  return body;
}

/** Aborted when the client leaves before it has its answer. */
export function departureOf(response: Response): AbortSignal {
  const departure = new AbortController();
  response.on('close', () => {
    if (!response.writableFinished) departure.abort(new Error('the client left'));
  });
  return departure.signal;
}

/** Once headers are out, a failure is told as the last step. */
export async function* endingWithError(steps: AsyncIterable<AnswerStep>, response: Response, logger: Logger): AsyncGenerator<AnswerStep> {
  try {
    yield* steps;
  } catch (error) {
    const problem = toProblem(error);
    if (!problem) logger.error({ err: error, requestId: response.locals['requestId'] }, 'answer failed');
    yield { event: 'answer-error', data: problemBody(problem ?? internalProblem()) };
  }
}

/** What is thrown because the client left concerns nobody. */
export const ignoreDeparture = (departure: AbortSignal) => (error: unknown) => {
  if (!departure.aborted) throw error;
};
