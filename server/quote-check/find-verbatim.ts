import type { Paragraph, SourceDocument, Span } from '../../ingest/structure/document.ts';

/** A stretch of a paragraph: `start` and `end` are offsets in its text; the quote's stretch has the same characters. */
export type VerbatimPart = Span & { document: SourceDocument; paragraph: Paragraph; quote: Span };

/** Gives the documents in whose text some words stand; others may be among them. */
export type DocumentsHolding = (words: string) => Iterable<SourceDocument>;

/**
 * Every place where the documents have these characters, at most `limit`: one part where it stands in one paragraph, more where
 * it runs over paragraphs that follow each other, with what the source has between them. One scan of the texts.
 */
export function findVerbatim(words: string, documentsHolding: DocumentsHolding, limit: number): VerbatimPart[][] {
  const places: VerbatimPart[][] = [];
  for (const document of documentsHolding(words)) {
    for (let at = document.text.indexOf(words); at >= 0; at = document.text.indexOf(words, at + 1)) {
      if (places.length === limit) return places;
      const parts = partsOf(document, { start: at, end: at + words.length });
      if (parts) places.push(parts);
    }
  }
  return places;
}

/**
 * Every place where the lines of a quotation are paragraphs that follow each other: the first the end of one, the last the
 * beginning of one, those between whole. What is between paragraphs is no part of them: a page sets them apart in its own way.
 */
export function findVerbatimLines(words: string, documentsHolding: DocumentsHolding, limit: number): VerbatimPart[][] {
  const lines = linesOf(words);
  const [first, ...following] = lines;
  if (!first || following.length === 0) return [];
  return [...documentsHolding(first.text)]
    .flatMap((document) =>
      document.paragraphs.flatMap((paragraph, index): VerbatimPart[][] => {
        if (!paragraph.text.endsWith(first.text)) return [];
        const beginning: VerbatimPart = {
          document,
          paragraph,
          start: paragraph.text.length - first.text.length,
          end: paragraph.text.length,
          quote: first,
        };
        const rest = following.map((line, offset): VerbatimPart | undefined => {
          const next = document.paragraphs[index + 1 + offset];
          const isLast = offset === following.length - 1;
          const stands = isLast ? next?.text.startsWith(line.text) : next?.text === line.text;
          return next && stands ? { document, paragraph: next, start: 0, end: line.text.length, quote: line } : undefined;
        });
        const found = rest.filter((part) => part !== undefined);
        return found.length === following.length ? [[beginning, ...found]] : [];
      }),
    )
    .slice(0, limit);
}

/** The lines that have something on them, without the spaces around them. */
function linesOf(words: string): (Span & { text: string })[] {
  return [...words.matchAll(/[^\n\r\u2028\u2029]+/gu)].flatMap(({ 0: line, index }) => {
    const text = line.trim();
    const start = index + line.indexOf(text);
    return text === '' ? [] : [{ text, start, end: start + text.length }];
  });
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
