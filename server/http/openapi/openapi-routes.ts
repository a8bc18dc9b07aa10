import { type Request, type RequestHandler, Router } from 'express';
import { LRUCache } from 'lru-cache';
import { createApiRenderer } from '../../pages/api/render-api.ts';
import { methodNotAllowed } from '../problem.ts';
import { describeApi } from './describe-api.ts';

/** Addresses that one server goes by at a time; a Host header may claim any. */
const MOST_ORIGINS = 8;

/** `GET /openapi.json`: what programs may call. `GET /api/docs`: the same for people. Both name the server as the client does. */
export function openapiRoutes(publicUrlOf: (request: Request) => string): Router {
  const router = Router();
  const description = describeApi();
  const renderApi = createApiRenderer(description);

  router.get(
    '/openapi.json',
    sendRemembered('json', publicUrlOf, (url) => JSON.stringify({ ...description, servers: [{ url }] })),
  );
  router.all('/openapi.json', methodNotAllowed('GET'));
  router.get('/api/docs', sendRemembered('html', publicUrlOf, renderApi));
  router.all('/api/docs', methodNotAllowed('GET'));
  return router;
}

/**
 * Makes a body once for each address of the server. Not for shared caches: behind a proxy that passes X-Forwarded-Host on, a visitor
 * chooses the address that the next one would be told.
 */
function sendRemembered(type: string, publicUrlOf: (request: Request) => string, make: (url: string) => string): RequestHandler {
  const bodies = new LRUCache<string, string>({ max: MOST_ORIGINS });
  return (request, response) => {
    const url = publicUrlOf(request);
    const body = bodies.get(url) ?? make(url);
    bodies.set(url, body);
    response.set('Cache-Control', 'private, max-age=300').type(type).send(body);
  };
}
