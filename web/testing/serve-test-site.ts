import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { AnswerEvent, AskRequest } from '../../server/wire.ts';
import { answerEnergy, answerExtract, decline } from './scripted-answers.ts';
import { renderStatementPage } from './statement-page.ts';

const STRICT_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'";

const ASSETS: Record<string, { type: string; file: URL }> = {
  '/assets/policy-page.css': { type: 'text/css', file: new URL('../../dist/web/pages/policy-page.css', import.meta.url) },
  '/assets/icon.svg': { type: 'image/svg+xml', file: new URL('../pages/icon.svg', import.meta.url) },
};
/** A page that does not print the document: citations there are ordinary links. */
const OTHER_PAGE =
  '<!doctype html><html lang="en"><title>Elsewhere</title><p>Another site.</p><script src="/widget.js" data-document="china-kazakhstan-joint-statement-2019" data-language="en" async></script></html>';

export type TestSite = {
  origin: string;
  /** The bodies of the questions asked so far. */
  requests: AskRequest[];
  close: () => Promise<void>;
};

async function readBody(request: IncomingMessage): Promise<AskRequest> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return JSON.parse(text);
}

async function stream(response: ServerResponse, events: AnswerEvent[], pause: number): Promise<void> {
  response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
  response.write(': connected\n\n');
  for (const { event, data } of events) {
    await delay(pause);
    response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  }
  response.end();
}

function refuse(response: ServerResponse, status: number, code: string): void {
  response.writeHead(status, { 'Content-Type': 'application/problem+json', 'Retry-After': '1' });
  response.end(JSON.stringify({ type: 'about:blank', title: code, status, detail: '', code }));
}

async function answer(response: ServerResponse, origin: string, { question }: AskRequest, attempt: number): Promise<void> {
  if (question.includes('月球')) return stream(response, decline(origin), 10);
  if (question.includes('文字')) return stream(response, answerExtract(origin), 10);
  if (question.includes('慢')) return stream(response, answerEnergy(origin), 2000);
  if (question.includes('断线') && attempt === 1) return stream(response, answerEnergy(origin).slice(0, 3), 10);
  if (question.includes('频繁') && attempt === 1) return refuse(response, 429, 'rate-limited');
  return stream(response, answerEnergy(origin), 10);
}

/** A site with the policy page, the built widget and scripted answers, under a strict content security policy. */
export async function serveTestSite(widget: string): Promise<TestSite> {
  const requests: AskRequest[] = [];
  const server = createServer((request, response) => {
    const origin = `http://${request.headers.host ?? ''}`;
    const path = request.url ?? '/';
    const asset = ASSETS[path];
    response.setHeader('Content-Security-Policy', STRICT_POLICY);
    const send = (type: string, body: string) => response.setHeader('Content-Type', `${type}; charset=utf-8`).end(body);
    if (path === '/api/ask') {
      void readBody(request).then((body) => {
        requests.push(body);
        const attempt = requests.filter(({ question }) => question === body.question).length;
        return answer(response, origin, body, attempt);
      });
    } else if (path === '/widget.js') send('text/javascript', widget);
    else if (asset) send(asset.type, readFileSync(asset.file, 'utf8'));
    else if (path === '/elsewhere') send('text/html', OTHER_PAGE);
    else send('text/html', renderStatementPage(origin));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const close = () =>
    new Promise<void>((closed) => {
      server.closeAllConnections();
      server.close(() => closed());
    });
  return { origin: `http://127.0.0.1:${port ?? ''}`, requests, close };
}
