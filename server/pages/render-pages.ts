import mustache from 'mustache';
import type { OpenIndex } from '../../ingest/index/open-generation.ts';
import type { SourceDocument } from '../../ingest/structure/document.ts';
import { documentLanguage } from '../answering/document-language.ts';
import type { FoundDocument } from '../collection/find-documents.ts';
import type { Language } from '../wire.ts';
import { documentPath, documentView } from './document-view.ts';
import { LIST_PATH, LISTED, type ListAsked, listView } from './list-view.ts';
import { addressIn, type PageDisplay } from './page-display.ts';
import { readPageFile, readPageTexts } from './page-texts.ts';
import { marksOf, type QuoteCheck, quoteCheckView } from './quote-check-view.ts';

const PARTIALS = ['page-head', 'language-switch', 'quote-check'];

export type PageRenderer = {
  /** The page of a document, with the outcome of a quote check if one was made. */
  renderDocument: (
    document: SourceDocument,
    options: { publicUrl: string; display: PageDisplay; hasSiblings: boolean; check?: QuoteCheck },
  ) => string;
  renderList: (
    index: OpenIndex,
    found: readonly FoundDocument[],
    asked: ListAsked,
    options: { publicUrl: string; display: PageDisplay },
  ) => string;
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
        listUrl: hasSiblings ? addressIn(display, LIST_PATH) : undefined,
        checkUrl: addressIn(display, `${documentPath(document.documentId)}/check`),
        check: check && { quote: check.quote, ...quoteCheckView(check, words) },
        scriptUrl: '/assets/policy-page.js',
        widgetUrl: '/widget.js',
        text: words.page,
      };
      return mustache.render(documentTemplate, view, partials);
    },

    renderList(index, found, asked, { publicUrl, display }) {
      const language = display.language ?? commonLanguage(index, found);
      const words = texts[language].page;
      const view = {
        ...listView(index, found, asked, { display, publicUrl, language }),
        title: words['documents'],
        description: words['documentsSummary'],
        canonicalUrl: `${publicUrl}${LIST_PATH}`,
        widgetUrl: '/widget.js',
        text: words,
      };
      return mustache.render(listTemplate, view, partials);
    },
  };
}

/** The list speaks the language of the documents on its page where all have the same. */
function commonLanguage({ documents }: OpenIndex, found: readonly FoundDocument[]): Language {
  const shown = found.slice(0, LISTED).flatMap(({ documentId }) => documents.get(documentId) ?? []);
  const [language, ...others] = new Set(shown.map(documentLanguage));
  return language !== undefined && others.length === 0 ? language : 'zh-Hans';
}
