import { type Request, type RequestHandler, type Response, Router } from 'express';
import type { Logger } from 'pino';
import type { RememberedAnswers } from '../../feedback/remember-answers.ts';
import { messageBody } from '../json-body.ts';
import { methodNotAllowed, Problem } from '../problem.ts';
import type { HttpAnswering } from '../start-answer.ts';

/** One request may hold 100 calls in a batch, for one turn at the rate limit. Batches came with 2025-03-26 and went with 2025-06-18. */
const refuseBatch: RequestHandler = (request, _response, next) => {
  if (Array.isArray(request.body))
    throw new Problem(400, 'batch', 'send one JSON-RPC message a request: batches are no part of the protocol any more');
  next();
};

/** The SDK makes a request of the Host header, and fails where that is no host or has a user's name and password. */
const refuseBadHost: RequestHandler = (request, _response, next) => {
  const url = `http://${request.get('Host') ?? 'localhost'}${request.url}`;
  if (!URL.canParse(url) || new URL(url).username !== '' || new URL(url).password !== '')
    throw new Problem(400, 'bad-host', 'the Host header names no host');
  next();
};

/**
 * `POST /mcp`: the Model Context Protocol over streamable HTTP, of 2026-07-28 and of 2025. Stateless: each request has a server of
 * its own, and what it asked for ends when its client leaves.
 */
export function mcpRoutes(answeringOf: (request: Request) => HttpAnswering, answers: RememberedAnswers, logger: Logger): Router {
  const router = Router();

  router.post('/mcp', messageBody, refuseBatch, refuseBadHost, async (request: Request, response: Response) => {
    // Loaded on first use: the SDK takes longer to load than all else that a start needs.
    const { answerMcp } = await import('./answer-mcp.ts');
    await answerMcp(request, response, { answering: () => answeringOf(request), answers, logger });
  });
  router.all('/mcp', methodNotAllowed('POST'));
  return router;
}
