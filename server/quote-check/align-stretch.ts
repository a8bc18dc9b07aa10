import { alignUnits, type Step } from './align-units.ts';
import type { QuoteUnit } from './quote-units.ts';

/** How much longer than the quote's end a paragraph's may be and still be laid beside it. */
const END_STRETCH = 2;
const END_SLACK = 4;

/** A quote may begin or end within a number: what is before or after it in the paragraph is no difference then. */
function cutNumbers(steps: Step[]): Step[] {
  const cut = (step: Step | undefined, side: 'start' | 'end'): Step | undefined => {
    const { quoted, original } = step ?? {};
    if (!quoted || !original || quoted.folded === original.folded || !/^\p{Nd}+$/u.test(original.raw)) return step;
    const length = quoted.folded.length;
    const isCut = side === 'start' ? original.folded.endsWith(quoted.folded) : original.folded.startsWith(quoted.folded);
    if (!isCut || original.raw.length !== original.folded.length) return step;
    const start = side === 'start' ? original.end - length : original.start;
    const raw = original.raw.slice(start - original.start, start - original.start + length);
    return { quoted, original: { ...quoted, raw, start, end: start + length } };
  };
  const first = cut(steps[0], 'start');
  const last = cut(steps.at(-1), 'end');
  if (first) steps.splice(0, 1, first);
  if (last && steps.length > 1) steps.splice(-1, 1, last);
  return steps;
}

/**
 * All steps through a stretch of the quote and the stretch of the paragraph that it stands for, given which units are the same:
 * between two pairs everything is aligned, before the first and after the last as much of the paragraph as fits.
 */
export function alignStretch(
  quote: readonly QuoteUnit[],
  paragraph: readonly QuoteUnit[],
  pairs: readonly (readonly [quote: number, paragraph: number])[],
): Step[] {
  const steps: Step[] = [];
  let quoteAt = 0;
  let paragraphAt: number | undefined;
  for (const [quoteUnit, paragraphUnit] of pairs) {
    const before = quote.slice(quoteAt, quoteUnit);
    const isFirst = paragraphAt === undefined;
    const gapStart = paragraphAt ?? Math.max(0, paragraphUnit - before.length * END_STRETCH - END_SLACK);
    const gap = paragraph.slice(gapStart, paragraphUnit);
    if (before.length > 0 || (gap.length > 0 && !isFirst)) steps.push(...alignUnits(before, gap, { before: isFirst, after: false }));
    steps.push({ quoted: quote[quoteUnit], original: paragraph[paragraphUnit] });
    quoteAt = quoteUnit + 1;
    paragraphAt = paragraphUnit + 1;
  }
  const rest = quote.slice(quoteAt);
  if (rest.length === 0) return cutNumbers(steps);
  const from = paragraphAt ?? 0;
  const after = paragraph.slice(from, from + rest.length * END_STRETCH + END_SLACK);
  return cutNumbers([...steps, ...alignUnits(rest, after, { before: paragraphAt === undefined, after: true })]);
}
