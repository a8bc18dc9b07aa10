import type { OpenIndex } from '../../ingest/index/open-generation.ts';
import { labelParagraph } from '../../ingest/structure/label-paragraph.ts';
import { citationUrl } from '../answering/citation-url.ts';
import { documentLanguage } from '../answering/document-language.ts';
import type { FoundDocument } from '../collection/find-documents.ts';
import { catalogueOf } from '../question/documents/document-catalogue.ts';
import type { Language } from '../wire.ts';
import { dateText, describeDocument, documentPath } from './document-view.ts';
import { firstWords } from './first-words.ts';
import { addressIn, displayView, type PageDisplay } from './page-display.ts';

/** Documents on a page of the list. */
export const LISTED = 50;
const LONGEST_SNIPPET = 160;

/** What a visitor asked the list for; `page` counts from 1. */
export type ListAsked = { q: string; year: string | undefined; page: number };

export const LIST_PATH = '/documents';

/** The view model of one page of the list, or of what a search found. */
export function listView(
  index: OpenIndex,
  found: readonly FoundDocument[],
  asked: ListAsked,
  { display, publicUrl, language }: { display: PageDisplay; publicUrl: string; language: Language },
) {
  const catalogue = catalogueOf(index);
  const pages = Math.max(1, Math.ceil(found.length / LISTED));
  const page = Math.min(asked.page, pages);
  const shown = found.slice((page - 1) * LISTED, page * LISTED);
  const isSearch = asked.q !== '';
  const addressOf = (number: number) => addressOfList(display, { ...asked, page: number });
  return {
    ...displayView(display, LIST_PATH, language, { q: asked.q, year: asked.year ?? '' }),
    q: asked.q,
    isSearch,
    isFiltered: isSearch || asked.year !== undefined,
    canBeSearched: catalogue.hasSeveral,
    allUrl: addressIn(display, LIST_PATH),
    mode: display.mode === 'standard' ? undefined : display.mode,
    language: display.language,
    years: catalogue.years.map((year) => ({ year, isChosen: year === asked.year })),
    count: new Intl.NumberFormat(language).format(found.length),
    groups: groupByYear(shown, isSearch).map(({ year, documents }) => ({
      year,
      documents: documents.flatMap((document) => listedView(index, document, display, publicUrl)),
    })),
    isEmpty: found.length === 0,
    previousUrl: page > 1 ? addressOf(page - 1) : undefined,
    nextUrl: page < pages ? addressOf(page + 1) : undefined,
    pageNumber: pages > 1 ? `${page} / ${pages}` : undefined,
  };
}

function addressOfList(display: PageDisplay, { q, year, page }: ListAsked): string {
  const query = { q, year: year ?? '', page: page > 1 ? String(page) : '' };
  return addressIn(display, LIST_PATH, query);
}

/** A list is read by years; what a search found stands as it was found. */
function groupByYear(documents: readonly FoundDocument[], isSearch: boolean): { year: string | undefined; documents: FoundDocument[] }[] {
  const groups: { year: string | undefined; documents: FoundDocument[] }[] = [];
  for (const document of documents) {
    const year = isSearch ? undefined : document.date?.slice(0, 4);
    const last = groups.at(-1);
    if (last && last.year === year) last.documents.push(document);
    else groups.push({ year, documents: [document] });
  }
  return groups;
}

function listedView(index: OpenIndex, { documentId, passage }: FoundDocument, display: PageDisplay, publicUrl: string) {
  const document = index.documents.get(documentId);
  if (!document) return [];
  const { title, date, place, parties, language } = document;
  const dateLanguage = display.language ?? documentLanguage(document);
  const paragraph = passage && index.paragraph(documentId, passage.paragraphId);
  const span = passage && index.chunks.at(passage.chunk);
  return [
    {
      title,
      url: addressIn(display, documentPath(documentId)),
      documentLanguage: language,
      description: paragraph && span ? firstWords(paragraph.text.slice(span.start, span.end), LONGEST_SNIPPET) : describeDocument(document),
      passage: paragraph &&
        span && { label: labelParagraph(document, paragraph, dateLanguage), url: citationUrl(publicUrl, document, paragraph, span) },
      date,
      dateText: dateText(date, dateLanguage),
      dateLanguage,
      place,
      parties: parties.map((name) => ({ name })),
    },
  ];
}
