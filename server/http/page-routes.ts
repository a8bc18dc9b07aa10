import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type Request, type Response, Router } from 'express';
import mustache from 'mustache';
import { z } from 'zod';
import type { OpenIndex } from '../../ingest/index/open-generation.ts';
import { packageRoot } from '../../ingest/package-root.ts';
import type { Section, SourceDocument } from '../../ingest/structure/document.ts';
import { labelParagraph, labelSection } from '../../ingest/structure/label-paragraph.ts';
import { type Language, languageSchema } from '../wire.ts';
import { findDocument } from './document-routes.ts';
import { Problem } from './problem.ts';

const pagesFolder = path.join(packageRoot, 'web', 'pages');
const readPage = (name: string) => readFileSync(path.join(pagesFolder, name), 'utf8');
const textsSchema = z.record(languageSchema, z.record(z.string(), z.string()));

const ASSETS = new Map([
  ['policy-page.css', 'text/css; charset=utf-8'],
  ['icon.svg', 'image/svg+xml'],
]);

/**
 * The policy page of each document, the front page (the document itself, or a list where there are several), and the
 * pages' assets. Templates and assets are `web/`'s; they are read once at start.
 */
export function pageRoutes(indexOf: () => OpenIndex, publicUrlOf: (request: Request) => string): Router {
  const router = Router();
  const documentTemplate = readPage('document-page.mustache');
  const listTemplate = readPage('document-list.mustache');
  const texts = textsSchema.parse(JSON.parse(readPage('page-texts.json')));
  mustache.parse(documentTemplate);
  mustache.parse(listTemplate);

  const sendDocument = (request: Request, response: Response, document: SourceDocument) => {
    const language = languageSchema.safeParse(document.language).data ?? 'en';
    const view = documentView(document, language, publicUrlOf(request));
    response.type('html').send(mustache.render(documentTemplate, { ...view, text: texts[language] }));
  };

  router.get('/documents/:documentId', (request: Request, response: Response) => {
    sendDocument(request, response, findDocument(indexOf(), request.params['documentId']));
  });

  router.get('/', (request: Request, response: Response) => {
    const documents = [...indexOf().documents.values()];
    const [only] = documents;
    if (documents.length === 1 && only) return sendDocument(request, response, only);
    const publicUrl = publicUrlOf(request);
    const listed = documents.map(({ documentId, title, date, language }) => ({
      title,
      url: `/documents/${documentId}`,
      dateText: dateText(date, languageSchema.safeParse(language).data ?? 'en'),
    }));
    response.type('html').send(
      mustache.render(listTemplate, {
        lang: 'zh-Hans',
        documents: listed,
        canonicalUrl: `${publicUrl}/`,
        widgetUrl: '/widget.js',
        text: texts['zh-Hans'],
      }),
    );
  });

  router.get('/assets/:name', (request: Request, response: Response) => {
    const name = String(request.params['name']);
    const type = ASSETS.get(name);
    if (type === undefined) throw new Problem(404, 'not-found', 'there is no such asset');
    response.set('Cache-Control', 'public, max-age=300').type(type).sendFile(path.join(pagesFolder, name));
  });
  return router;
}

const dateText = (date: string | undefined, language: Language) =>
  date === undefined ? undefined : new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(date));

function documentView(document: SourceDocument, language: Language, publicUrl: string) {
  const { documentId, title, date, place, parties, sha256, source } = document;
  return {
    lang: document.language,
    documentId,
    title,
    date,
    dateText: dateText(date, language),
    place,
    parties: parties.map((name) => ({ name })),
    // Where a text comes from may be told in words; only a web address becomes a link.
    sourceUrl: source !== undefined && /^https?:\/\//i.test(source) && URL.canParse(source) ? source : undefined,
    sha256,
    canonicalUrl: `${publicUrl}/documents/${documentId}`,
    widgetUrl: '/widget.js',
    sections: document.sections.map((section) => sectionView(document, section, language)),
  };
}

function sectionView(document: SourceDocument, section: Section, language: Language) {
  const { sectionId, heading, kind } = section;
  return {
    sectionId,
    heading: heading ? document.text.slice(heading.start, heading.end) : '',
    headingLabel: labelSection(section, language),
    paragraphs: document.paragraphs
      .filter((paragraph) => paragraph.sectionId === sectionId)
      .map((paragraph) => ({
        paragraphId: paragraph.paragraphId,
        label: labelParagraph(document, paragraph, language),
        text: paragraph.text,
        isItem: paragraph.items.length > 0,
        isSignature: kind === 'signatures',
      })),
  };
}
