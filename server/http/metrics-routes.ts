import { METHODS } from 'node:http';
import { type RequestHandler, Router } from 'express';
import type { ServerMetrics } from '../metrics/server-metrics.ts';
import { methodNotAllowed } from './problem.ts';

/** Times every request, under the pattern of its route: addresses are for clients to choose, patterns are ours. */
export const measureRequests =
  (metrics: ServerMetrics): RequestHandler =>
  (request, response, next) => {
    const started = performance.now();
    response.on('close', () => {
      const pattern: unknown = request.route?.path;
      const route = typeof pattern === 'string' ? pattern : 'none';
      const method = METHODS.includes(request.method) ? request.method : 'other';
      metrics.observeRequest(method, route, response.statusCode, (performance.now() - started) / 1000);
    });
    next();
  };

/** `GET /metrics`, for Prometheus. */
export function metricsRoutes(metrics: ServerMetrics): Router {
  const router = Router();
  router.get('/metrics', async (_request, response) => {
    response.type(metrics.registry.contentType).send(await metrics.exposition());
  });
  router.all('/metrics', methodNotAllowed('GET'));
  return router;
}
