import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { AnswerEvent, AskRequest } from '../../server/wire.ts';
import type { WidgetFiles } from './build-widget.ts';
import { answerEnergy, answerExtract, answerHostile, decline } from './scripted-answers.ts';
import { DOCUMENT_ID, renderStatementPage } from './statement-page.ts';

const STRICT_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'";

const built = (name: string) => new URL(`../../dist/web/pages/${name}`, import.meta.url);
const ASSETS: Record<string, { type: string; file: URL }> = {
  '/assets/policy-page.css': { type: 'text/css', file: built('policy-page.css') },
  '/assets/policy-page.js': { type: 'text/javascript', file: built('policy-page.js') },
  '/assets/icon.svg': { type: 'image/svg+xml', file: new URL('../pages/icon.svg', import.meta.url) },
};
/** A page that does not print the document: citations there are ordinary links. */
const OTHER_PAGE = `<!doctype html><html lang="en"><title>Elsewhere</title><p>Another site.</p><script src="/widget.js" data-document="${DOCUMENT_ID}" data-language="en" async></script></html>`;

/** A body that was sent to `/api/feedback`. */
type Feedback = { answerId: string; rating: string; comment?: string };

export type TestSite = {
  origin: string;
  /** The bodies of the questions asked so far. */
  requests: AskRequest[];
  feedback: Feedback[];
  /** The paths asked for so far, pages and code included. */
  paths: string[];
  /** Pages of a test's own, by path. They come under the strict policy unless they bring another. */
  pages: Map<string, { html: string; policy?: string; type?: string }>;
  close: () => Promise<void>;
};

async function readJson<Body>(request: IncomingMessage): Promise<Body> {
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
  response.writeHead(status, { 'Content-Type': 'application/problem+json', 'Retry-After': '2' });
  response.end(JSON.stringify({ type: 'about:blank', title: code, status, detail: '', code }));
}

async function answer(response: ServerResponse, origin: string, { question }: AskRequest, attempt: number): Promise<void> {
  if (question.includes('月球')) return stream(response, decline(origin), 10);
  if (question.includes('文字')) return stream(response, answerExtract(origin), 10);
  if (question.includes('慢')) return stream(response, answerEnergy(origin), 2000);
  if (question.includes('断线') && attempt === 1) return stream(response, answerEnergy(origin).slice(0, 3), 10);
  if (question.includes('频繁') && attempt === 1) return refuse(response, 429, 'rate-limited');
  if (question.includes('攻击')) return stream(response, answerHostile(origin), 10);
  return stream(response, answerEnergy(origin), 10);
}

const QUESTIONS: Record<string, string[]> = {
  'zh-Hans': ['双方在能源领域有哪些合作？'],
  en: ['How will the two sides cooperate on energy?'],
};

/** A site with the policy page, the built widget and scripted answers, under a strict content security policy. */
export async function serveTestSite(widget: WidgetFiles): Promise<TestSite> {
  const site: Omit<TestSite, 'origin' | 'close'> = { requests: [], feedback: [], paths: [], pages: new Map() };
  const server = createServer((request, response) => void respond(request, response, site, widget));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const close = () =>
    new Promise<void>((closed) => {
      server.closeAllConnections();
      server.close(() => closed());
    });
  return { ...site, origin: `http://127.0.0.1:${port ?? ''}`, close };
}

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  site: Omit<TestSite, 'origin' | 'close'>,
  widget: WidgetFiles,
): Promise<void> {
  const origin = `http://${request.headers.host ?? ''}`;
  const { pathname: path, searchParams } = new URL(request.url ?? '/', origin);
  site.paths.push(path);
  const own = site.pages.get(path);
  const policy = own ? (own.policy ?? STRICT_POLICY) : STRICT_POLICY;
  if (policy !== '') response.setHeader('Content-Security-Policy', policy);
  const send = (type: string, body: string) => response.setHeader('Content-Type', `${type}; charset=utf-8`).end(body);
  const code = widget.get(path.slice(1));
  const asset = ASSETS[path];
  // A sandboxed frame has an origin of its own.
  if (path.startsWith('/api/')) response.setHeader('Access-Control-Allow-Origin', '*');
  if (request.method === 'OPTIONS') response.setHeader('Access-Control-Allow-Headers', 'Content-Type').writeHead(204).end();
  else if (path === '/api/ask') {
    const body = await readJson<AskRequest>(request);
    site.requests.push(body);
    const attempt = site.requests.filter(({ question }) => question === body.question).length;
    await answer(response, origin, body, attempt);
  } else if (path === '/api/feedback') {
    site.feedback.push(await readJson<Feedback>(request));
    response.writeHead(204).end();
  } else if (path === `/api/documents/${DOCUMENT_ID}/questions`) {
    send('application/json', JSON.stringify({ questions: QUESTIONS[searchParams.get('language') ?? ''] ?? [] }));
  } else if (code !== undefined) {
    response.setHeader('Access-Control-Allow-Origin', '*');
    send('text/javascript', code);
  } else if (own) send(own.type ?? 'text/html', own.html);
  else if (asset) send(asset.type, readFileSync(asset.file, 'utf8'));
  else if (path === '/elsewhere') send('text/html', OTHER_PAGE);
  else send('text/html', renderStatementPage(origin));
}
