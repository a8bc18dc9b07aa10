import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, request as requestUpstream } from 'node:http';
import path from 'node:path';
import type { Contestant } from './contestants.ts';

export const STRICT_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'";

/** What Flowise, n8n and deep-chat each read as an answer; `data` is n8n's (empty) earlier conversation. */
const STUB_ANSWER = JSON.stringify({ text: 'A stub answered.', output: 'A stub answered.', data: [] });
const TYPES: Record<string, string> = { '.js': 'text/javascript', '.mjs': 'text/javascript', '.css': 'text/css' };

export type ContestSite = { origin: string; close: () => Promise<void> };

function renderPage({ markup, setup }: Contestant, language: string): string {
  const script = setup === undefined ? '' : '<script type="module" src="setup.js"></script>';
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><title>A page</title></head>
<body><h1>A page</h1><p>The same for all.</p>
${markup}
${script}
</body></html>`;
}

async function sendFile(response: ServerResponse, file: string): Promise<void> {
  const found = await stat(file).catch(() => undefined);
  if (!found?.isFile()) return void response.writeHead(404).end();
  response.setHeader('Content-Type', `${TYPES[path.extname(file)] ?? 'application/octet-stream'}; charset=utf-8`);
  createReadStream(file).pipe(response);
}

/** Youju's own files and answers come from the running product, through the same origin as everybody else's. */
function passOn(request: IncomingMessage, response: ServerResponse, product: string): void {
  const { method, headers, url = '/' } = request;
  const { host: _ours, origin: _site, ...passed } = headers;
  const upstream = requestUpstream(new URL(url, product), { method, headers: passed }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  upstream.on('error', () => response.destroy());
  request.pipe(upstream);
}

/**
 * A site with one plain page a contestant at `/<slug>/` (`?policy=strict` for the strict content security policy, `?language=` for
 * the page's language), the files of its package (`folders` by slug) and a stub that answers.
 */
export async function serveContestants(
  contestants: readonly Contestant[],
  folders: ReadonlyMap<string, string>,
  product: string,
): Promise<ContestSite> {
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const [slug, ...rest] = url.pathname.slice(1).split('/');
    const contestant = contestants.find((one) => one.slug === slug);
    if (!contestant) return passOn(request, response, product);
    const send = (type: string, body: string) => response.setHeader('Content-Type', `${type}; charset=utf-8`).end(body);
    if (url.searchParams.has('policy')) response.setHeader('Content-Security-Policy', STRICT_POLICY);
    const [kind] = rest;
    if (kind === '') return send('text/html', renderPage(contestant, url.searchParams.get('language') ?? 'en'));
    if (kind === 'setup.js') return send('text/javascript', contestant.setup ?? '');
    if (kind === 'stub') return request.resume().on('end', () => send('application/json', STUB_ANSWER));
    return void sendFile(response, path.join(folders.get(contestant.slug) ?? '', ...rest.slice(1)));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const close = () =>
    new Promise<void>((closed) => {
      server.closeAllConnections();
      server.close(() => closed());
    });
  return { origin: `http://127.0.0.1:${port ?? ''}`, close };
}
