import type { Span } from '../../ingest/structure/document.ts';
import type { TextQuoteSelector } from '../wire.ts';

/** Enough to tell a repeated clause apart, and what Hypothesis takes too. */
const CONTEXT_CODE_POINTS = 32;

/**
 * Offsets as the Web Annotation data model counts them, in code points; ours are UTF-16 code units. Linear in the text before the end.
 * @param text well-formed, and no end of the span splits a surrogate pair
 */
export function codePointSpan(text: string, { start, end }: Span): Span {
  const before = countCodePoints(text, 0, start);
  return { start: before, end: before + countCodePoints(text, start, end) };
}

/** A low surrogate is the second half of a code point: what is not one begins one. */
function countCodePoints(text: string, from: number, to: number): number {
  let count = 0;
  for (let index = from; index < to; index++) {
    const unit = text.charCodeAt(index);
    if (unit < 0xdc00 || unit > 0xdfff) count++;
  }
  return count;
}

/** The words with what stands around them in `text`, whole code points. */
export function quoteSelector(text: string, { start, end }: Span): TextQuoteSelector {
  // A code point has two code units at most: of twice as many units a halved pair is always one too many.
  const before = [...text.slice(Math.max(0, start - 2 * CONTEXT_CODE_POINTS), start)];
  const after = [...text.slice(end, end + 2 * CONTEXT_CODE_POINTS)];
  return {
    type: 'TextQuoteSelector',
    exact: text.slice(start, end),
    prefix: before.slice(-CONTEXT_CODE_POINTS).join(''),
    suffix: after.slice(0, CONTEXT_CODE_POINTS).join(''),
  };
}
