import type { Paragraph, SourceDocument, Span } from '../../ingest/structure/document.ts';

/** Where clauses end: a text fragment that starts or ends inside a word matches nothing in browsers. 3.5 and 1,000 are no ends. */
const CLAUSE_END = /(?:[，。；：、！？;!?]|[,.:](?=\s|$))[”’」』）》]*\s*/gu;
/** A beginning that takes more clauses than this to be told apart is given up; the search stays linear in the document. */
const MOST_CLAUSES = 12;
/** Longer quotes are named by how they begin and end (`text=first,last`). */
const LONGEST_WHOLE_FRAGMENT = 40;

/** `-`, `,` and `&` separate parts of a text directive and must be escaped inside one (WICG scroll-to-text-fragment). */
const encodeFragment = (text: string) =>
  encodeURIComponent(text).replace(/-/g, '%2D').replace(/'/g, '%27').replace(/\(/g, '%28').replace(/\)/g, '%29');

/** The absolute link to a document's policy page. */
export const documentUrl = (publicUrl: string, documentId: string): string => `${publicUrl}/documents/${encodeURIComponent(documentId)}`;

/** The absolute link to a paragraph of that page. */
export const paragraphUrl = (publicUrl: string, documentId: string, paragraphId: string): string =>
  `${documentUrl(publicUrl, documentId)}#${encodeURIComponent(paragraphId)}`;

/**
 * The absolute link to a quote: the paragraph's anchor, and a text fragment cut at clause punctuation that lets browsers
 * scroll to and mark the words. The anchor is the fallback.
 */
export function citationUrl(
  publicUrl: string,
  { documentId, text }: Pick<SourceDocument, 'documentId' | 'text'>,
  { paragraphId, start }: Pick<Paragraph, 'paragraphId' | 'start'>,
  span: Span,
): string {
  const base = paragraphUrl(publicUrl, documentId, paragraphId);
  const parts = textDirective(text, visibleStretch(text, { start: start + span.start, end: start + span.end }));
  return parts === undefined ? base : `${base}:~:text=${parts.map(encodeFragment).join(',')}`;
}

/** What stands behind the last white space that a page collapses, without the spaces around it. */
function visibleStretch(text: string, { start, end }: Span): Span {
  const quote = text.slice(start, end).trimEnd();
  const collapsed = Math.max(...['\t', '\n', '\r', '  '].map((space) => quote.lastIndexOf(space) + space.length - 1));
  const visible = quote.slice(Math.max(0, collapsed)).trimStart();
  return { start: start + quote.length - visible.length, end: start + quote.length };
}

/**
 * The whole stretch, or how it begins and ends. A browser marks the first place that matches, and texts of this kind begin many
 * paragraphs alike (双方指出，…): each part is as many clauses as it takes to be found here first. `undefined` where nothing is.
 */
function textDirective(text: string, { start, end }: Span): string[] | undefined {
  const isFoundHere = (part: string, at: number, from = 0) => part !== '' && text.indexOf(part, from) === at;
  const whole = text.slice(start, end);
  if (whole.length <= LONGEST_WHOLE_FRAGMENT) return isFoundHere(whole, start) ? [whole] : undefined;

  const cuts = [...whole.matchAll(CLAUSE_END)].map(({ 0: mark, index }) => ({ start: start + index, end: start + index + mark.length }));
  const lastEnd = cuts.at(-1)?.end === end ? (cuts.pop()?.start ?? end) : end;
  const firstEnd = [...cuts.map((cut) => cut.start), lastEnd]
    .slice(0, MOST_CLAUSES)
    .find((candidate) => isFoundHere(text.slice(start, candidate), start));
  if (firstEnd === undefined) return undefined;
  const lastStart = cuts
    .filter((cut) => cut.start >= firstEnd)
    .slice(-MOST_CLAUSES)
    .findLast((cut) => isFoundHere(text.slice(cut.end, lastEnd), cut.end, firstEnd))?.end;
  const first = text.slice(start, firstEnd);
  return lastStart === undefined ? [first] : [first, text.slice(lastStart, lastEnd)];
}
