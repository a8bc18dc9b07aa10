import type { OpenIndex } from '../../../ingest/index/open-generation.ts';
import type { SourceDocument } from '../../../ingest/structure/document.ts';
import { labelParagraph } from '../../../ingest/structure/label-paragraph.ts';
import { normalizeText } from '../../../ingest/text/normalize-text.ts';
import type { DocumentCatalogue } from '../../question/documents/document-catalogue.ts';
import { kindOf } from '../../question/documents/document-kinds.ts';
import { findNamedDocuments } from '../../question/documents/name-documents.ts';
import type { UnderstoodQuestion } from '../../question/understand-question.ts';
import { IndexMemory, WordMemory } from '../../question/word-memory.ts';
import type { Language } from '../../wire.ts';
import { phrasesIn } from '../answer-phrases.ts';

type Named = Pick<SourceDocument, 'documentId' | 'title' | 'date'>;

const formatters = new Map<Language, Intl.DateTimeFormat>();
const days = new WordMemory<string>();

/** A day (ISO 8601) as people write it: 2019年9月11日, 11 September 2019. To format it takes 2 µs, and every citation names one. */
export const dateInWords = (date: string, language: Language): string =>
  days.recall(`${language} ${date}`, () => formatDate(date, language));

function formatDate(date: string, language: Language): string {
  const known = formatters.get(language);
  const formatter = known ?? new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, { dateStyle: 'long', timeZone: 'UTC' });
  if (!known) formatters.set(language, formatter);
  return formatter.format(new Date(date));
}

const inOneLine = (title: string) => title.replace(/\s+/gu, ' ').trim();

/** A document by its title and date, in an asker's language: 《…联合声明》（2019年9月11日）, “…” (11 September 2019). */
export function nameDocument({ title, date }: Named, language: Language): string {
  const [open, close] = language.startsWith('zh') ? ['《', '》'] : language === 'en' ? ['“', '”'] : ['«', '»'];
  const name = `${open}${inOneLine(title)}${close}`;
  if (date === undefined) return name;
  const day = dateInWords(date, language);
  return language.startsWith('zh') ? `${name}（${day}）` : `${name} (${day})`;
}

/** What a place is called: within its document, or where several are asked behind title and date of it. */
export function labelPlace(index: OpenIndex, documentId: string, paragraphId: string, language: Language, tellsDocuments: boolean): string {
  const document = index.documents.get(documentId);
  const paragraph = index.paragraph(documentId, paragraphId);
  if (!document || !paragraph) return paragraphId;
  const label = labelParagraph(document, paragraph, language);
  if (!tellsDocuments) return label;
  return nameDocumentPlace(document, label, language);
}

/** A place behind title and date of its document: 《…联合声明》（2019年9月11日）第二部分第（六）项. */
export const nameDocumentPlace = (document: Named, label: string, language: Language): string =>
  `${nameDocument(document, language)}${language.startsWith('zh') ? '' : ', '}${label}`;

/** Which of the documents asked by name do not say it, and of which years there is none; empty where there is nothing to tell. */
export function tellMissing(index: OpenIndex, { language, documents }: UnderstoodQuestion, silent: readonly string[]): string {
  const phrases = phrasesIn(language);
  const names = silent.flatMap((documentId) => {
    const document = index.documents.get(documentId);
    return document ? [nameDocument(document, language)] : [];
  });
  const years = documents?.missingYears ?? [];
  return `${years.length > 0 ? phrases.noneOf(years) : ''}${names.length > 0 ? phrases.silent(names) : ''}`;
}

/**
 * A document as a question would name it: by year and kind (2019年的联合声明), by its day where another is of that year, else by title
 * and date. In Russian in the genitive, to stand behind another noun. What does not lead back to the document is not used.
 */
export const nameInQuestion = (document: Named, language: Language, catalogue: DocumentCatalogue): string =>
  namesInQuestions.recall(catalogue, `${language} ${document.documentId} ${document.title}`, () => findName(document, language, catalogue));

const namesInQuestions = new IndexMemory<string>();

function findName(document: Named, language: Language, catalogue: DocumentCatalogue): string {
  const { date, title, documentId } = document;
  const kind = kindOf(normalizeText(title))?.names[language];
  const candidates = date === undefined || kind === undefined ? [] : [date.slice(0, 4), date].map((when) => dated(kind, when, language));
  const leadsBack = (name: string) => {
    const ids = findNamedDocuments(normalizeText(name), catalogue)?.documentIds;
    return ids?.length === 1 && ids[0] === documentId;
  };
  return candidates.find(leadsBack) ?? nameDocument(document, language);
}

const dated = (kind: string, date: string, language: Language): string => {
  const isYear = date.length === 4;
  const when = isYear ? date : dateInWords(date, language);
  switch (language) {
    case 'zh-Hans':
    case 'zh-Hant':
      return `${when}${isYear ? '年' : ''}的${kind}`;
    case 'en':
      return isYear ? `the ${when} ${kind}` : `the ${kind} of ${when}`;
    case 'ru':
      return isYear ? `${kind} ${when} года` : `${kind} от ${when.replace(/ г\.$/u, ' года')}`;
    case 'kk':
      return isYear ? `${when} жылғы ${kind}` : `${when.replace(' ж.', ' жылғы')} ${kind}`;
  }
};
