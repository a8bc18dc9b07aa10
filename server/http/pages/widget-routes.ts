import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress } from 'node:zlib';
import express, { type NextFunction, type Request, type Response, Router } from 'express';
import { packageRoot } from '../../../ingest/package-root.ts';

const builtFolder = path.join(packageRoot, 'dist', 'web');
const MINUTES_5 = 'public, max-age=300';
const FOR_EVER = 'public, max-age=31536000, immutable';

/** The built files by path, each compressed once at the highest quality (15 % less than on the fly, for 20 to 60 ms). */
type Compressed = Map<string, Promise<Buffer>>;

async function compress(file: string): Promise<Buffer> {
  return promisify(brotliCompress)(await readFile(file));
}

/** Sends a built file compressed where the client takes Brotli; what is not there, or not taken so, is left to the next handler. */
async function sendCompressed(
  file: string,
  cacheControl: string,
  compressed: Compressed,
  response: Response,
  next: NextFunction,
): Promise<void> {
  if (response.req.acceptsEncodings('br') !== 'br') return next();
  const known = compressed.get(file) ?? compress(file);
  const body = await known.catch(() => undefined);
  if (!body) return next();
  compressed.set(file, known);
  response.vary('Accept-Encoding').set({ 'Content-Encoding': 'br', 'Cache-Control': cacheControl }).type('text/javascript').send(body);
}

/**
 * `GET /widget.js`, and `/widget/<name>.<hash>.js`: what it loads, and itself under a name that changes with its content.
 * Other sites embed them, so any origin may load them, and read them too: a page can only check what it may read (`integrity`).
 */
export function widgetRoutes(): Router {
  const router = Router();
  const compressed: Compressed = new Map();

  router.use(['/widget.js', '/widget'], (_request: Request, response: Response, next) => {
    response.set({ 'Cross-Origin-Resource-Policy': 'cross-origin', 'Access-Control-Allow-Origin': '*' });
    next();
  });
  router.get('/widget.js', (_request: Request, response: Response, next) => {
    return sendCompressed(path.join(builtFolder, 'widget.js'), MINUTES_5, compressed, response, next);
  });
  router.get('/widget.js', (_request: Request, response: Response) => {
    response.set('Cache-Control', MINUTES_5).type('text/javascript').sendFile(path.join(builtFolder, 'widget.js'));
  });
  router.get('/widget/:name', (request: Request, response: Response, next) => {
    const name = String(request.params['name']);
    if (!/^(?:widget|panel)\.[0-9a-f]+\.js$/.test(name)) return next();
    return sendCompressed(path.join(builtFolder, 'widget', name), FOR_EVER, compressed, response, next);
  });
  router.use(
    '/widget',
    express.static(path.join(builtFolder, 'widget'), { immutable: true, maxAge: '365d', index: false, redirect: false }),
  );
  return router;
}
