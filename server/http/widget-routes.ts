import path from 'node:path';
import express, { type Request, type Response, Router } from 'express';
import { packageRoot } from '../../ingest/package-root.ts';

const builtFolder = path.join(packageRoot, 'dist', 'web');
const MINUTES_5 = 300;

/**
 * `GET /widget.js`, and `/widget/<name>.<hash>.js`: what it loads, and itself under a name that changes with its content.
 * Other sites embed them, so any origin may load them, and read them too: a page can only check what it may read (`integrity`).
 */
export function widgetRoutes(): Router {
  const router = Router();

  router.use(['/widget.js', '/widget'], (_request: Request, response: Response, next) => {
    response.set({ 'Cross-Origin-Resource-Policy': 'cross-origin', 'Access-Control-Allow-Origin': '*' });
    next();
  });
  router.get('/widget.js', (_request: Request, response: Response) => {
    response.set('Cache-Control', `public, max-age=${MINUTES_5}`).type('text/javascript').sendFile(path.join(builtFolder, 'widget.js'));
  });
  router.use(
    '/widget',
    express.static(path.join(builtFolder, 'widget'), { immutable: true, maxAge: '365d', index: false, redirect: false }),
  );
  return router;
}
