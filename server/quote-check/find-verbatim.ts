import type { Paragraph, SourceDocument, Span } from '../../ingest/structure/document.ts';

/** A stretch of a paragraph: `start` and `end` are offsets in its text; the quote's stretch has the same characters. */
export type VerbatimPart = Span & { document: SourceDocument; paragraph: Paragraph; quote: Span };

/**
 * Every place where the documents have these characters, at most `limit`: one part where it stands in one paragraph, more where
 * it runs over paragraphs that follow each other, with what the source has between them. One scan of the texts.
 */
export function findVerbatim(words: string, documents: readonly SourceDocument[], limit: number): VerbatimPart[][] {
  const places: VerbatimPart[][] = [];
  for (const document of documents) {
    for (let at = document.text.indexOf(words); at >= 0; at = document.text.indexOf(words, at + 1)) {
      if (places.length === limit) return places;
      const parts = partsOf(document, { start: at, end: at + words.length });
      if (parts) places.push(parts);
    }
  }
  return places;
}

/** The paragraphs that a stretch of the source runs over; `undefined` where it holds words that belong to none. */
function partsOf(document: SourceDocument, { start, end }: Span): VerbatimPart[] | undefined {
  const { paragraphs, segments, text } = document;
  const parts: VerbatimPart[] = [];
  for (let index = firstEndingAfter(paragraphs, start); index < paragraphs.length; index++) {
    const paragraph = paragraphs[index];
    if (!paragraph || paragraph.start >= end) break;
    const from = Math.max(start, paragraph.start);
    const to = Math.min(end, paragraph.end);
    const quote = { start: from - start, end: to - start };
    parts.push({ document, paragraph, start: from - paragraph.start, end: to - paragraph.start, quote });
  }
  const first = parts[0];
  const last = parts.at(-1);
  // Only headings and spaces may stand between; a quote that begins or ends outside any paragraph has no place to link to.
  if (!first || !last || first.quote.start > 0 || last.quote.end < end - start) return undefined;
  if (parts.length === 1) return parts;
  for (let index = firstEndingAfter(segments, start); index < segments.length; index++) {
    const segment = segments[index];
    if (!segment || segment.start >= end) break;
    const isCitable = segment.kind === 'paragraph' || segment.kind === 'heading';
    if (!isCitable && text.slice(segment.start, segment.end).trim() !== '') return undefined;
  }
  return parts;
}

/** Where in a list of spans in order stands the first that ends after `offset`. */
function firstEndingAfter(spans: readonly Span[], offset: number): number {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((spans[middle]?.end ?? 0) > offset) high = middle;
    else low = middle + 1;
  }
  return low;
}
