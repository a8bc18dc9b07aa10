import { Router } from 'express';
import type { CurrentIndex } from '../current-index.ts';
import { methodNotAllowed } from './problem.ts';

/** `GET /healthz`: the process answers. `GET /readyz`: it has an index and can answer questions. */
export function healthRoutes(currentIndex: CurrentIndex): Router {
  const router = Router();
  router.get('/healthz', (_request, response) => {
    response.json({ status: 'ok' });
  });
  router.get('/readyz', (_request, response) => {
    if (currentIndex.isReady) response.json({ status: 'ready', indexGeneration: currentIndex.get().manifest.generation });
    else response.status(503).set('Retry-After', '5').json({ status: 'not-ready' });
  });
  router.all(['/healthz', '/readyz'], methodNotAllowed('GET'));
  return router;
}
