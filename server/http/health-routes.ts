import { Router } from 'express';
import type { CurrentIndex } from '../current-index.ts';
import { methodNotAllowed } from './problem.ts';

/** `GET /healthz`: the process answers. `GET /readyz`: it has an index and can answer questions, and is not about to stop. */
export function healthRoutes(currentIndex: CurrentIndex, stopping: AbortSignal): Router {
  const router = Router();
  router.get('/healthz', (_request, response) => {
    response.json({ status: 'ok' });
  });
  router.get('/readyz', (_request, response) => {
    if (currentIndex.isReady && !stopping.aborted)
      response.json({ status: 'ready', indexGeneration: currentIndex.get().manifest.generation });
    else response.status(503).set('Retry-After', '5').json({ status: 'not-ready' });
  });
  router.all(['/healthz', '/readyz'], methodNotAllowed('GET'));
  return router;
}
