import { type Request, type RequestHandler, Router } from 'express';
import { LRUCache } from 'lru-cache';
import { methodNotAllowed } from '../problem.ts';

/** Addresses that one server goes by at a time; a Host header may claim any. */
const MOST_ORIGINS = 8;

/** `GET /openapi.json`: what programs may call. `GET /api/docs`: the same for people. Both name the server as the client does. */
export function openapiRoutes(publicUrlOf: (request: Request) => string): Router {
  const router = Router();
  let loaded: ReturnType<typeof loadDescription> | undefined;
  const description = () => {
    loaded ??= loadDescription();
    return loaded;
  };

  router.get(
    '/openapi.json',
    sendRemembered('json', publicUrlOf, async (url) => (await description()).json(url)),
  );
  router.all('/openapi.json', methodNotAllowed('GET'));
  router.get(
    '/api/docs',
    sendRemembered('html', publicUrlOf, async (url) => (await description()).page(url)),
  );
  router.all('/api/docs', methodNotAllowed('GET'));
  return router;
}

/** The description is made when it is first asked for: it would take a quarter of a start. */
async function loadDescription() {
  const [{ describeApi }, { createApiRenderer }] = await Promise.all([
    import('./describe-api.ts'),
    import('../../pages/api/render-api.ts'),
  ]);
  const description = describeApi();
  return { json: (url: string) => JSON.stringify({ ...description, servers: [{ url }] }), page: createApiRenderer(description) };
}

/**
 * Makes a body once for each address of the server. Not for shared caches: behind a proxy that passes X-Forwarded-Host on, a visitor
 * chooses the address that the next one would be told.
 */
function sendRemembered(type: string, publicUrlOf: (request: Request) => string, make: (url: string) => Promise<string>): RequestHandler {
  const bodies = new LRUCache<string, string>({ max: MOST_ORIGINS });
  return async (request, response) => {
    const url = publicUrlOf(request);
    const body = bodies.get(url) ?? (await make(url));
    bodies.set(url, body);
    response.set('Cache-Control', 'private, max-age=300').type(type).send(body);
  };
}
