import type { Span } from '../../ingest/structure/document.ts';

/** Quotation marks, opening to closing. */
const CLOSED_BY = new Map([
  ['“', '”'],
  ['‘', '’'],
  ['「', '」'],
  ['『', '』'],
  ['«', '»'],
  ['„', '“'],
  ['‹', '›'],
  ['"', '"'],
  ['＂', '＂'],
  ["'", "'"],
]);

/** The text without its outer white space. */
export function trimSpace(text: string, { start, end }: Span = { start: 0, end: text.length }): Span {
  const whole = text.slice(start, end);
  const trimmedStart = start + whole.length - whole.trimStart().length;
  return { start: trimmedStart, end: Math.max(trimmedStart, start + whole.trimEnd().length) };
}

/**
 * What stands within the one pair of quotation marks around the whole of `span`, or `undefined` where there is none:
 * “上海精神”和“一带一路” begins and ends with marks that are no pair.
 */
export function withinQuotationMarks(text: string, { start, end }: Span): Span | undefined {
  const open = text.charAt(start);
  const close = CLOSED_BY.get(open);
  if (close === undefined || end - start < 3 || text.charAt(end - 1) !== close) return undefined;
  let depth = 0;
  for (let index = start; index < end - 1; index++) {
    const character = text.charAt(index);
    if (character === open && (open !== close || index === start)) depth++;
    else if (character === close) depth--;
    if (depth === 0) return undefined;
  }
  const within = trimSpace(text, { start: start + 1, end: end - 1 });
  return within.end > within.start ? within : undefined;
}
