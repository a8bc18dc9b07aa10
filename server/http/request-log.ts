import { randomUUID } from 'node:crypto';
import type { RequestHandler } from 'express';
import type { Logger } from 'pino';

/** One line a request, written when it ended; never the question. The id goes back to the client to be quoted in reports. */
export const requestLog =
  (logger: Logger): RequestHandler =>
  (request, response, next) => {
    // A router that the request ends in has rewritten the path by then.
    const { method, path } = request;
    const requestId = randomUUID();
    const started = performance.now();
    response.locals['requestId'] = requestId;
    response.set('X-Request-Id', requestId);
    response.on('close', () => {
      const milliseconds = Math.round(performance.now() - started);
      logger.info(
        {
          requestId,
          method,
          path,
          status: response.statusCode,
          milliseconds,
          finished: response.writableFinished,
        },
        'request',
      );
    });
    next();
  };
