import { randomUUID } from 'node:crypto';
import type { Request, RequestHandler } from 'express';
import type { Logger } from 'pino';

/** What our addresses are made of. A question in one has spaces or other letters, which come percent-encoded, or is longer. */
const PLAIN_SEGMENT = /^[A-Za-z0-9._-]{0,80}$/;
const PLAIN_PATH = /^(?:\/[A-Za-z0-9._-]{0,80}){1,7}$/;

/** A path without what a client may have written into it; there is never a query. */
const plainPath = (path: string) => (PLAIN_PATH.test(path) ? path : withoutWords(path));

const withoutWords = (path: string) =>
  path
    .split('/', 8)
    .map((segment) => (PLAIN_SEGMENT.test(segment) ? segment : '…'))
    .join('/');

/** One line a request, written when it ended; never the question. The id goes back to the client to be quoted in reports. */
export const requestLog =
  (logger: Logger): RequestHandler =>
  (request, response, next) => {
    // A router that the request ends in has rewritten the path by then.
    const { method, path } = request;
    const requestId = randomUUID();
    const started = performance.now();
    response.locals['requestId'] = requestId;
    response.setHeader('X-Request-Id', requestId);
    response.on('close', () => {
      const milliseconds = Math.round(performance.now() - started);
      logger.info(
        {
          requestId,
          method,
          path: plainPath(path),
          status: response.statusCode,
          milliseconds,
          finished: response.writableFinished,
        },
        'request',
      );
    });
    next();
  };

/** The id that the log line of a request has. */
export const requestIdOf = ({ res }: Request): string => String(res?.locals['requestId']);
