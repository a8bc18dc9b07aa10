import { type ShadowUnit, shadowOf } from '../../ingest/text/shadow-text.ts';

/** A character of a quote or a paragraph; an ellipsis, brackets included, is one. */
export type QuoteUnit = ShadowUnit & { isEllipsis?: true };

const ELLIPSIS = /(?:[[(（［〔【]\s?)?(?:[…⋯]{1,4}|[.．]{3,6}|。{3,6}|(?:\. ){2}\.)(?:\s?[\])）］〕】])?/gu;

/** The shadow of a text with each ellipsis (…, ……, ..., 。。。, [...], （……）) as one mark. */
export function quoteUnitsOf(text: string): QuoteUnit[] {
  const ellipses = [...text.matchAll(ELLIPSIS)].map(({ 0: raw, index }) => ({ raw, start: index, end: index + raw.length }));
  if (ellipses.length === 0) return shadowOf(text);
  const units: QuoteUnit[] = [];
  let next = 0;
  for (const unit of shadowOf(text)) {
    while ((ellipses[next]?.end ?? text.length + 1) <= unit.start) next++;
    const ellipsis = ellipses[next];
    if (!ellipsis || unit.end <= ellipsis.start) units.push(unit);
    else if (unit.start <= ellipsis.start && unit.end >= ellipsis.end) units.push({ ...unit, isEllipsis: true });
    // The last of several units stands for all of them, and for a combining mark that follows.
    else if (unit.end >= ellipsis.end) {
      const raw = text.slice(ellipsis.start, unit.end);
      units.push({ raw, start: ellipsis.start, end: unit.end, kind: 'mark', folded: '…', look: '…', isEllipsis: true });
    }
  }
  return units;
}
