import { type Request, type Response, Router } from 'express';
import type { OpenIndex } from '../../../ingest/index/open-generation.ts';
import { checkQuote } from '../../quote-check/check-quote.ts';
import { quoteCheckRequestSchema } from '../../wire.ts';
import { jsonBody, parseBody } from '../json-body.ts';
import { methodNotAllowed } from '../problem.ts';

/** `POST /api/verify`: whether a quotation stands in the documents. */
export function verifyRoutes(indexOf: () => OpenIndex, publicUrlOf: (request: Request) => string): Router {
  const router = Router();
  router.post('/api/verify', jsonBody, (request: Request, response: Response) => {
    const quoteCheck = parseBody(quoteCheckRequestSchema, request.body);
    response.json(checkQuote(quoteCheck, { index: indexOf(), publicUrl: publicUrlOf(request) }));
  });
  router.all('/api/verify', methodNotAllowed('POST'));
  return router;
}
