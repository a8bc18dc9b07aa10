import path from 'node:path';
import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import type { OpenIndex } from '../../../ingest/index/open-generation.ts';
import { packageRoot } from '../../../ingest/package-root.ts';
import type { SourceDocument } from '../../../ingest/structure/document.ts';
import type { AnsweringDependencies } from '../../answering/answer-question.ts';
import { documentLanguage } from '../../answering/document-language.ts';
import { findDocuments } from '../../collection/find-documents.ts';
import { documentPath } from '../../pages/document-view.ts';
import type { ListAsked } from '../../pages/list-view.ts';
import { addressIn, type PageDisplay } from '../../pages/page-display.ts';
import { pagesFolder } from '../../pages/page-texts.ts';
import type { QuoteCheck } from '../../pages/quote-check-view.ts';
import { createPageRenderer } from '../../pages/render-pages.ts';
import { checkQuote } from '../../quote-check/check-quote.ts';
import { documentsQuerySchema, languageSchema } from '../../wire.ts';
import { findDocument } from '../api/document-routes.ts';
import { methodNotAllowed, Problem } from '../problem.ts';
import { departureOf } from '../start-answer.ts';
import { formBody, readQuoteForm } from './quote-form.ts';

const builtFolder = path.join(packageRoot, 'dist', 'web', 'pages');
const ASSETS = new Map([
  ['policy-page.css', { type: 'text/css; charset=utf-8', folder: builtFolder }],
  ['api-page.css', { type: 'text/css; charset=utf-8', folder: path.join(pagesFolder, 'styles') }],
  ['policy-page.js', { type: 'text/javascript; charset=utf-8', folder: builtFolder }],
  ['icon.svg', { type: 'image/svg+xml', folder: pagesFolder }],
]);

const modeSchema = z.literal('elder-friendly');
/**
 * A page is shown in the usual way where the query asks for none that we know. The visitor's browser is not asked for its language:
 * an address means the same page to whoever it is passed on to, and to caches.
 */
const displayOf = ({ query }: Request): PageDisplay => ({
  mode: modeSchema.safeParse(query['view']).data ?? 'standard',
  language: languageSchema.safeParse(query['language']).data,
});

const MOST_PAGES = 100_000;

/** What a visitor looks for in the list; what cannot be meant is not asked for. */
const listAskedBy = ({ query }: Request): ListAsked => ({
  q: documentsQuerySchema.shape.q.safeParse(query['q']).data?.trim() ?? '',
  year: documentsQuerySchema.shape.year.safeParse(query['year']).data,
  page: z.coerce.number().int().min(1).max(MOST_PAGES).safeParse(query['page']).data ?? 1,
});

/**
 * The policy page of each document with its quote check, the front page (the document itself, or a list where there are several),
 * and the pages' assets. Templates and assets are `web/`'s; templates are read once at start.
 */
export function pageRoutes(
  indexOf: () => OpenIndex,
  publicUrlOf: (request: Request) => string,
  answeringOf: (request: Request) => AnsweringDependencies,
): Router {
  const router = Router();
  const { renderDocument, renderList } = createPageRenderer();

  const documentPage = (request: Request, index: OpenIndex, document: SourceDocument, check?: QuoteCheck) =>
    renderDocument(document, {
      publicUrl: publicUrlOf(request),
      display: displayOf(request),
      hasSiblings: index.documents.size > 1,
      check,
    });

  router.get('/documents/:documentId', (request: Request, response: Response) => {
    const index = indexOf();
    response.type('html').send(documentPage(request, index, findDocument(index, request.params['documentId'])));
  });

  router.post('/documents/:documentId/check', formBody, (request: Request, response: Response) => {
    const index = indexOf();
    const document = findDocument(index, request.params['documentId']);
    const check = checkForm(request, document, { index, publicUrl: publicUrlOf(request) });
    response
      .status('problem' in check ? 422 : 200)
      .set({ 'Cache-Control': 'no-store', 'X-Robots-Tag': 'noindex' })
      .type('html')
      .send(documentPage(request, index, document, check));
  });
  // A reload of the outcome, or its address passed on: there is nothing to show but the document.
  router.get('/documents/:documentId/check', (request: Request, response: Response) => {
    const { documentId } = findDocument(indexOf(), request.params['documentId']);
    response.redirect(303, addressIn(displayOf(request), documentPath(documentId)));
  });
  router.all('/documents/:documentId/check', methodNotAllowed('POST'));

  const listPage = async (request: Request, response: Response) => {
    const dependencies = answeringOf(request);
    const { index, publicUrl } = dependencies;
    const asked = listAskedBy(request);
    const found = await findDocuments(asked, dependencies, departureOf(response));
    response.type('html').send(renderList(index, found, asked, { publicUrl, display: displayOf(request) }));
  };
  router.get('/documents', listPage);

  router.get('/', async (request: Request, response: Response) => {
    const index = indexOf();
    const [first] = index.documents.keys();
    const only = index.documents.size === 1 ? index.documents.get(first ?? '') : undefined;
    if (only) response.type('html').send(documentPage(request, index, only));
    else await listPage(request, response);
  });

  router.get('/assets/:name', (request: Request, response: Response) => {
    const name = String(request.params['name']);
    const asset = ASSETS.get(name);
    if (asset === undefined) throw new Problem(404, 'not-found', 'there is no such asset');
    response.set('Cache-Control', 'public, max-age=300').type(asset.type).sendFile(path.join(asset.folder, name));
  });
  return router;
}

function checkForm(request: Request, document: SourceDocument, dependencies: Parameters<typeof checkQuote>[1]): QuoteCheck {
  const form = readQuoteForm(request.body);
  if ('problem' in form) return form;
  const { documentId } = document;
  const { quote } = form.request;
  const language = displayOf(request).language ?? documentLanguage(document);
  return { quote, result: checkQuote({ quote, documentId, language }, dependencies) };
}
