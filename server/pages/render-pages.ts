import mustache from 'mustache';
import type { SourceDocument } from '../../ingest/structure/document.ts';
import { documentLanguage } from '../answering/document-language.ts';
import type { Language } from '../wire.ts';
import { dateText, describeDocument, documentPath, documentView } from './document-view.ts';
import { addressIn, displayView, type PageDisplay } from './page-display.ts';
import { readPageFile, readPageTexts } from './page-texts.ts';
import { marksOf, type QuoteCheck, quoteCheckView } from './quote-check-view.ts';

const PARTIALS = ['page-head', 'language-switch', 'quote-check'];

export type PageRenderer = {
  /** The page of a document, with the outcome of a quote check if one was made. */
  renderDocument: (
    document: SourceDocument,
    options: { publicUrl: string; display: PageDisplay; hasSiblings: boolean; check?: QuoteCheck },
  ) => string;
  renderList: (documents: SourceDocument[], options: { publicUrl: string; display: PageDisplay }) => string;
};

/** Reads the templates and words once; a page is then filled in without touching a file. */
export function createPageRenderer(): PageRenderer {
  const documentTemplate = readPageFile('document-page.mustache');
  const listTemplate = readPageFile('document-list.mustache');
  const partials = Object.fromEntries(PARTIALS.map((name) => [name, readPageFile(`${name}.mustache`)]));
  const texts = readPageTexts();

  return {
    renderDocument(document, { publicUrl, display, hasSiblings, check }) {
      const words = texts[display.language ?? documentLanguage(document)];
      const view = {
        ...documentView(document, publicUrl, display, marksOf(check)),
        listUrl: hasSiblings ? addressIn(display, '/') : undefined,
        checkUrl: addressIn(display, `${documentPath(document.documentId)}/check`),
        check: check && { quote: check.quote, ...quoteCheckView(check, words) },
        scriptUrl: '/assets/policy-page.js',
        widgetUrl: '/widget.js',
        text: words.page,
      };
      return mustache.render(documentTemplate, view, partials);
    },

    renderList(documents, { publicUrl, display }) {
      const language = display.language ?? commonLanguage(documents);
      const words = texts[language].page;
      const view = {
        ...displayView(display, '/', language),
        title: words['documents'],
        description: words['documentsSummary'],
        documents: documents.map((document) => listedView(document, display)),
        canonicalUrl: `${publicUrl}/`,
        widgetUrl: '/widget.js',
        text: words,
      };
      return mustache.render(listTemplate, view, partials);
    },
  };
}

/** The list speaks the language of the documents where all have the same. */
function commonLanguage(documents: SourceDocument[]): Language {
  const [language, ...others] = new Set(documents.map(documentLanguage));
  return language !== undefined && others.length === 0 ? language : 'zh-Hans';
}

function listedView(document: SourceDocument, display: PageDisplay) {
  const { documentId, title, date, place, parties, language } = document;
  const dateLanguage = display.language ?? documentLanguage(document);
  return {
    title,
    url: addressIn(display, documentPath(documentId)),
    documentLanguage: language,
    description: describeDocument(document),
    date,
    dateText: dateText(date, dateLanguage),
    dateLanguage,
    place,
    parties: parties.map((name) => ({ name })),
  };
}
