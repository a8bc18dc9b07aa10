import { Router } from 'express';
import type { CurrentIndex } from '../current-index.ts';
import { methodNotAllowed } from './problem.ts';

/**
 * `GET /healthz`: the process answers. `GET /readyz`: it has an index, its store can be reached, and it is not about to stop; then there is an answer to
 * every question, whatever became of models and endpoints. A publication that was refused takes nobody's answer away, so it is told and the server stays ready:
 * to take it out of service would bring down all servers of one data folder at once.
 */
export function healthRoutes(currentIndex: CurrentIndex, stopping: AbortSignal): Router {
  const router = Router();
  router.get('/healthz', (_request, response) => {
    response.json({ status: 'ok' });
  });
  router.get('/readyz', (_request, response) => {
    const { refused } = currentIndex;
    if (currentIndex.isReady && currentIndex.isReachable && !stopping.aborted)
      response.json({ status: 'ready', indexGeneration: currentIndex.get().manifest.generation, refused });
    else response.status(503).set('Retry-After', '5').json({ status: 'not-ready', refused });
  });
  router.all(['/healthz', '/readyz'], methodNotAllowed('GET'));
  return router;
}
