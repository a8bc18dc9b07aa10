import { type ShadowUnit, shadowOf } from '../../ingest/text/shadow-text.ts';

/** A unit that a quotation is compared by: a character, a whole number in digits, or an ellipsis with its brackets. */
export type QuoteUnit = ShadowUnit & { isEllipsis?: true };

const ELLIPSIS = /(?:[[(（［〔【]\s?)?(?:[…⋯]{1,4}|[.．]{3,6}|。{3,6}|(?:\. ){2}\.)(?:\s?[\])）］〕】])?/gu;
const DIGITS = /^\p{Nd}+$/u;

/** The shadow of a text with each number (2019) and each ellipsis (…, ……, ..., 。。。, [...], （……）) as one unit. */
export function quoteUnitsOf(text: string): QuoteUnit[] {
  const ellipses = [...text.matchAll(ELLIPSIS)].map(({ 0: raw, index }) => ({ start: index, end: index + raw.length }));
  const units: QuoteUnit[] = [];
  let next = 0;
  for (const unit of shadowOf(text)) {
    while ((ellipses[next]?.end ?? text.length + 1) <= unit.start) next++;
    const isEllipsis = unit.end > (ellipses[next]?.start ?? text.length);
    const last = units.at(-1);
    if (last && isEllipsis && last.isEllipsis && unit.start > (ellipses[next]?.start ?? 0))
      units.splice(-1, 1, { ...joined(last, unit), isEllipsis });
    else if (isEllipsis) units.push({ ...unit, kind: 'mark', isEllipsis });
    else if (last && DIGITS.test(unit.raw) && DIGITS.test(last.raw)) units.splice(-1, 1, joined(last, unit));
    else units.push(unit);
  }
  return units;
}

const joined = (before: QuoteUnit, after: QuoteUnit): QuoteUnit => ({
  start: before.start,
  end: after.end,
  kind: before.kind,
  raw: before.raw + after.raw,
  normalized: before.normalized + after.normalized,
  folded: before.folded + after.folded,
  look: before.look + after.look,
});
