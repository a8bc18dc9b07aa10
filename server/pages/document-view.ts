import type { Paragraph, Section, SourceDocument, Span } from '../../ingest/structure/document.ts';
import { labelParagraph, labelSection } from '../../ingest/structure/label-paragraph.ts';
import { documentLanguage } from '../answering/document-language.ts';
import type { Language } from '../wire.ts';
import { firstWords } from './first-words.ts';
import { displayView, type PageDisplay } from './page-display.ts';

/** Stretches of paragraphs to mark in the text, by paragraph id. */
export type Marks = ReadonlyMap<string, readonly Span[]>;

export const documentPath = (documentId: string): string => `/documents/${documentId}`;

/** Open Graph wants a territory with every language. */
const OPEN_GRAPH_LOCALES: Record<Language, string> = { 'zh-Hans': 'zh_CN', 'zh-Hant': 'zh_HK', en: 'en_GB', ru: 'ru_RU', kk: 'kk_KZ' };

export const dateText = (date: string | undefined, language: Language): string | undefined =>
  date === undefined ? undefined : new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(date));

/** Search engines show about 160 Latin letters of a description, of Chinese about half as many characters. */
export function describeDocument({ language, paragraphs }: SourceDocument): string {
  const isChinese = language.startsWith('zh');
  const opening = paragraphs.slice(0, 4).map(({ text }) => text);
  return firstWords(opening.join(isChinese ? '' : ' '), isChinese ? 90 : 160);
}

/** The view model of a document's page, without the result of a quote check. */
export function documentView(document: SourceDocument, publicUrl: string, display: PageDisplay, marks: Marks) {
  const { documentId, title, date, place, parties, sha256, source, file } = document;
  const language = display.language ?? documentLanguage(document);
  const sections = document.sections.map((section) => sectionView(document, section, language, marks));
  const named = sections.filter(({ isNamed }) => isNamed);
  return {
    ...displayView(display, documentPath(documentId), language),
    documentLanguage: document.language,
    // Title and description are the document's words.
    locale: OPEN_GRAPH_LOCALES[documentLanguage(document)],
    documentId,
    title,
    description: describeDocument(document),
    date,
    dateText: dateText(date, language),
    place,
    parties: parties.map((name) => ({ name })),
    // Where a text comes from may be told in words; only a web address becomes a link.
    sourceUrl: source !== undefined && /^https?:\/\//i.test(source) && URL.canParse(source) ? source : undefined,
    sha256,
    // A file other than plain text: the text that was read out of it has a hash of its own.
    readText: file && { textSha256: file.textSha256, textUrl: `${documentPath(documentId)}/source.txt` },
    canonicalUrl: `${publicUrl}${documentPath(documentId)}`,
    sections,
    contents: named.length > 1 ? { sections: named } : undefined,
  };
}

function sectionView(document: SourceDocument, section: Section, language: Language, marks: Marks) {
  const { sectionId, kind } = section;
  const heading = section.heading ? document.text.slice(section.heading.start, section.heading.end) : '';
  const headingLabel = labelSection(section, language);
  return {
    sectionId,
    heading,
    headingLabel,
    isNamed: heading !== '' || headingLabel !== '',
    paragraphs: document.paragraphs
      .filter((paragraph) => paragraph.sectionId === sectionId)
      .map((paragraph) => ({
        paragraphId: paragraph.paragraphId,
        label: labelParagraph(document, paragraph, language),
        // Items print their number themselves.
        number: kind === 'signatures' ? undefined : paragraph.position,
        stretches: markedStretches(paragraph, marks.get(paragraph.paragraphId) ?? []),
        isSignature: kind === 'signatures',
        note: document.notes?.[paragraph.paragraphId]?.[language],
        hasTwoColumns: kind === 'signatures' && paragraph.text.split('\n').every((line) => line.split('\t').length === 2),
      })),
  };
}

/** The paragraph's text cut at the edges of the marked spans: together exactly the text again. Overlapping spans become one mark. */
export function markedStretches({ text }: Pick<Paragraph, 'text'>, spans: readonly Span[]): ({ plain: string } | { marked: string })[] {
  const stretches: ({ plain: string } | { marked: string })[] = [];
  let position = 0;
  for (const { start, end } of [...spans].sort((one, other) => one.start - other.start)) {
    const from = Math.max(start, position);
    if (from >= end) continue;
    if (from > position) stretches.push({ plain: text.slice(position, from) });
    stretches.push({ marked: text.slice(from, end) });
    position = end;
  }
  if (position < text.length || stretches.length === 0) stretches.push({ plain: text.slice(position) });
  return stretches;
}
