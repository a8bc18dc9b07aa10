import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express';
import type { Logger } from 'pino';
import { z } from 'zod';
import { YoujuError, type YoujuErrorCode } from '../../ingest/youju-error.ts';
import type { ProblemBody } from '../wire.ts';

/** A refusal of a request, sent as RFC 9457 problem details. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly status: number;
  readonly code: string;
  readonly headers: Record<string, string>;

  constructor(status: number, code: string, detail: string, headers: Record<string, string> = {}) {
    super(detail);
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

const TITLES: Record<number, string> = {
  400: 'Bad request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not found',
  405: 'Method not allowed',
  413: 'Request too large',
  415: 'Unsupported media type',
  422: 'Invalid request',
  429: 'Too many requests',
  412: 'Precondition failed',
  416: 'Range not satisfiable',
  500: 'Internal error',
  503: 'Not ready',
};

const RETRY_SECONDS = '5';

/** Of the database, too, a client knows no more than that it may come again. */
export const NOT_READY = 'the index is not ready: try again shortly';

/** The errors of ours that a client may see, and as what. Others are ours to mend: 500. */
const STATUS_BY_CODE: Partial<Record<YoujuErrorCode, number>> = {
  'no-question': 422,
  'unknown-document': 404,
  'index-missing': 503,
  'index-corrupt': 503,
  'index-mismatch': 503,
  'store-unavailable': 503,
};

/** What body-parser calls its refusals. */
const BODY_PROBLEMS: Record<string, Problem> = {
  'entity.parse.failed': new Problem(400, 'bad-json', 'the body is not valid JSON'),
  'encoding.unsupported': new Problem(415, 'unsupported-encoding', 'send the body as it is, or compressed with gzip, deflate or br'),
  'charset.unsupported': new Problem(415, 'unsupported-charset', 'send the body in UTF-8'),
  'request.aborted': new Problem(400, 'aborted', 'the request ended before its body was complete'),
  'request.size.invalid': new Problem(400, 'bad-length', 'the body does not have the announced length'),
};

/** What a library refuses with a status alone: a range or a precondition of a file that does not hold, a file that is gone. */
const STATUS_PROBLEMS: Record<number, Problem> = {
  400: new Problem(400, 'bad-request', 'the request cannot be read'),
  404: new Problem(404, 'not-found', 'there is nothing at this address'),
  412: new Problem(412, 'precondition-failed', 'the file is another one than the request expects'),
  416: new Problem(416, 'range-not-satisfiable', 'the file is shorter than the range asked for'),
};

/** The refusals of express and its middleware, told by `type` (body-parser), `code` (zlib, Node's HTTP parser) or `status`. */
function libraryProblem(error: Error & { type?: unknown; code?: unknown; status?: unknown; limit?: unknown }): Problem | undefined {
  if (error.type === 'entity.too.large')
    return new Problem(413, 'body-too-large', `the body is larger than ${Number(error.limit) / 1024} kB`);
  if (error instanceof URIError) return new Problem(400, 'bad-url', 'the URL is not well encoded');
  if (typeof error.type === 'string') return BODY_PROBLEMS[error.type];
  // Node's parser, while a route reads on. It carries the packet as it came, with tokens and questions: not for the log.
  if (typeof error.code === 'string' && error.code.startsWith('HPE_')) return STATUS_PROBLEMS[400];
  if (typeof error.code === 'string' && error.code.startsWith('Z_'))
    return new Problem(400, 'bad-encoding', 'the body is not compressed as its Content-Encoding says');
  return typeof error.status === 'number' ? STATUS_PROBLEMS[error.status] : undefined;
}

/** A body can be wrong in 100,000 places: the first ones will do. */
const MOST_ISSUES = 10;
const tellIssues = (error: z.ZodError) => z.prettifyError(new z.ZodError(error.issues.slice(0, MOST_ISSUES)));

/** Makes a problem of whatever was thrown; `undefined` for what we did not foresee. */
export function toProblem(error: unknown): Problem | undefined {
  if (error instanceof Problem) return error;
  if (error instanceof z.ZodError) return new Problem(422, 'invalid-request', tellIssues(error));
  if (error instanceof YoujuError) {
    const status = STATUS_BY_CODE[error.code];
    if (status === 503) return new Problem(503, error.code, NOT_READY, { 'Retry-After': RETRY_SECONDS });
    return status === undefined ? undefined : new Problem(status, error.code, error.message);
  }
  return error instanceof Error ? libraryProblem(error) : undefined;
}

export const problemBody = ({ status, code, message }: Problem): ProblemBody => ({
  type: 'about:blank',
  title: TITLES[status] ?? 'Error',
  status,
  detail: message,
  code,
});

export function sendProblem(response: Response, problem: Problem): void {
  response
    .status(problem.status)
    .set(problem.headers)
    .type('application/problem+json')
    .send(JSON.stringify(problemBody(problem)));
}

export const internalProblem = (): Problem => new Problem(500, 'internal', 'something went wrong on our side');

/** Answers what nothing else answered. */
export const notFound: RequestHandler = (_request, response) =>
  sendProblem(response, new Problem(404, 'not-found', 'there is nothing at this address'));

/** Refuses other methods on a known path. */
export const methodNotAllowed =
  (allowed: string): RequestHandler =>
  () => {
    throw new Problem(405, 'method-not-allowed', `use ${allowed}`, { Allow: allowed });
  };

type SendProblem = (problem: Problem, response: Response, request: Request, error: unknown) => void;

/**
 * Last in a chain: whatever was thrown, in the shape that `send` gives it. An unforeseen error is logged in full and told as 500
 * without its text.
 */
export const handleErrors =
  (logger: Logger, send: SendProblem): ErrorRequestHandler =>
  (error: unknown, request, response, next) => {
    const problem = toProblem(error);
    if (!problem) logger.error({ err: error, requestId: response.locals['requestId'] }, 'request failed');
    if (response.headersSent) next(error);
    else send(problem ?? internalProblem(), response, request, error);
  };

export const problemHandler = (logger: Logger): ErrorRequestHandler =>
  handleErrors(logger, (problem, response) => sendProblem(response, problem));
