import type { Span } from '../../ingest/structure/document.ts';

/** Where clauses end: a text fragment that starts or ends inside a word matches nothing in browsers. */
const CLAUSE_END = /[，。；：、！？,.;:!?]/u;
/** Longer quotes are named by their first and last clause (`text=first,last`). */
const LONGEST_WHOLE_FRAGMENT = 40;

/** `-`, `,` and `&` separate parts of a text directive and must be escaped inside one (WICG scroll-to-text-fragment). */
const encodeFragment = (text: string) =>
  encodeURIComponent(text).replace(/-/g, '%2D').replace(/'/g, '%27').replace(/\(/g, '%28').replace(/\)/g, '%29');

/** The absolute link to a paragraph of the policy page. */
export const paragraphUrl = (publicUrl: string, documentId: string, paragraphId: string): string =>
  `${publicUrl}/documents/${encodeURIComponent(documentId)}#${encodeURIComponent(paragraphId)}`;

/**
 * The absolute link to a quote: the paragraph's anchor, and a text fragment cut at clause punctuation that lets browsers
 * scroll to and mark the words. The anchor is the fallback.
 */
export function citationUrl(
  publicUrl: string,
  documentId: string,
  paragraphId: string,
  paragraphText: string,
  { start, end }: Span,
): string {
  const quote = paragraphText.slice(start, end).replace(/[\s\S]*\t/u, '');
  const clauses = quote.split(CLAUSE_END).filter((clause) => clause.trim() !== '');
  const first = clauses[0]?.trim();
  const last = clauses.at(-1)?.trim();
  const base = paragraphUrl(publicUrl, documentId, paragraphId);
  if (first === undefined || last === undefined) return base;
  if (quote.length <= LONGEST_WHOLE_FRAGMENT && !quote.includes('\n')) return `${base}:~:text=${encodeFragment(quote.trim())}`;
  return first === last ? `${base}:~:text=${encodeFragment(first)}` : `${base}:~:text=${encodeFragment(first)},${encodeFragment(last)}`;
}
