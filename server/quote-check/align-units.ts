import type { QuoteUnit } from './quote-units.ts';

/** One step through both texts: a unit of each, or of one alone. `isOmitted`: left out where the quote has an ellipsis. */
export type Step = { quoted?: QuoteUnit; original?: QuoteUnit; isOmitted?: true };

/** Whether the paragraph may go on before or after what is aligned. */
export type OpenEnds = { before: boolean; after: boolean };

/** Pairs of units beyond which two stretches are told as replaced as a whole: bounds the work a gap can cost. */
const MOST_CELLS = 16_384;

const INSERT = { text: 6, mark: 4, space: 2 };
/** A mark at the end of a quote stands for the one the paragraph has there (. for 。), rather than beside it. */
const REPLACE = { text: 7, mark: 3, space: 2 };
/** At an open end a replaced character could be an added one as well; one or two are taken for replaced. */
const REPLACE_AT_END = 5;
const SHORT_END = 2;
/** Put before a quote, these deny it; they are rather added than written for the character before. */
const NEGATION = /^[不未无非没勿莫毋]$/u;
const NEVER = Number.POSITIVE_INFINITY;

export const isAlike = (one: QuoteUnit, other: QuoteUnit): boolean =>
  one.kind === other.kind &&
  (one.raw === other.raw || (one.folded === other.folded && one.kind !== 'space') || (one.look === other.look && one.kind === 'text'));

/** The cheapest steps from a stretch of the quote to a stretch of the paragraph (edit distance by kinds of character). */
export function alignUnits(quote: readonly QuoteUnit[], paragraph: readonly QuoteUnit[], open: OpenEnds): Step[] {
  let start = 0;
  let quoteEnd = quote.length;
  let paragraphEnd = paragraph.length;
  if (!open.before) while (start < Math.min(quoteEnd, paragraphEnd) && quote[start]?.raw === paragraph[start]?.raw) start++;
  if (!open.after)
    while (Math.min(quoteEnd, paragraphEnd) > start && quote[quoteEnd - 1]?.raw === paragraph[paragraphEnd - 1]?.raw) {
      quoteEnd--;
      paragraphEnd--;
    }
  const same = (from: number, to: number, shift: number) =>
    quote.slice(from, to).map((quoted, index): Step => ({ quoted, original: paragraph[from + index + shift] }));
  return [
    ...same(0, start, 0),
    ...alignMiddle(quote.slice(start, quoteEnd), paragraph.slice(start, paragraphEnd), open),
    ...same(quoteEnd, quote.length, paragraphEnd - quoteEnd),
  ];
}

function alignMiddle(quote: readonly QuoteUnit[], paragraph: readonly QuoteUnit[], open: OpenEnds): Step[] {
  if (quote.length * paragraph.length <= MOST_CELLS) return new Alignment(quote, paragraph, open).steps();
  const added = quote.map((quoted): Step => ({ quoted }));
  if (open.before || open.after) return added;
  const isOmission = quote.some(({ isEllipsis }) => isEllipsis) && quote.every(({ kind }) => kind !== 'text');
  return [...added, ...paragraph.map((original): Step => (isOmission ? { original, isOmitted: true } : { original }))];
}

/** A table of costs: `#costs[q * width + p]` is the least cost of the first q units of the quote and p of the paragraph. */
class Alignment {
  readonly #quote: readonly QuoteUnit[];
  readonly #paragraph: readonly QuoteUnit[];
  readonly #open: OpenEnds;
  readonly #width: number;
  readonly #costs: Float64Array;
  readonly #isShortEnd: boolean;

  constructor(quote: readonly QuoteUnit[], paragraph: readonly QuoteUnit[], open: OpenEnds) {
    this.#quote = quote;
    this.#paragraph = paragraph;
    this.#open = open;
    this.#width = paragraph.length + 1;
    this.#isShortEnd = (open.before || open.after) && quote.filter(({ kind }) => kind === 'text').length <= SHORT_END;
    this.#costs = new Float64Array((quote.length + 1) * this.#width);
    for (let q = 0; q <= quote.length; q++)
      for (let p = 0; p <= paragraph.length; p++) this.#costs[q * this.#width + p] = this.#cheapest(q, p);
  }

  steps(): Step[] {
    const steps: Step[] = [];
    let q = this.#quote.length;
    let p = this.#open.after ? this.#cheapestEnd() : this.#paragraph.length;
    while (q > 0 || (p > 0 && !this.#open.before)) {
      const cost = this.#at(q, p);
      const quoted = this.#quote[q - 1];
      const original = this.#paragraph[p - 1];
      if (cost === this.#at(q - 1, p - 1) + this.#replacing(q, p)) {
        steps.push({ quoted, original });
        q--;
        p--;
      } else if (cost === this.#at(q - 1, p) + this.#adding(q)) {
        steps.push({ quoted });
        q--;
      } else {
        steps.push(this.#quote[q - 1]?.isEllipsis ? { original, isOmitted: true } : { original });
        p--;
      }
    }
    return steps.reverse();
  }

  #at(q: number, p: number): number {
    return q < 0 || p < 0 ? NEVER : (this.#costs[q * this.#width + p] ?? NEVER);
  }

  #cheapest(q: number, p: number): number {
    if (q === 0 && (p === 0 || this.#open.before)) return 0;
    return Math.min(
      this.#at(q - 1, p - 1) + this.#replacing(q, p),
      this.#at(q - 1, p) + this.#adding(q),
      this.#at(q, p - 1) + this.#leavingOut(q, p),
    );
  }

  #adding(q: number): number {
    return INSERT[this.#quote[q - 1]?.kind ?? 'text'];
  }

  /** What the paragraph has and the quote does not; free behind an ellipsis. */
  #leavingOut(q: number, p: number): number {
    return this.#quote[q - 1]?.isEllipsis ? 0 : INSERT[this.#paragraph[p - 1]?.kind ?? 'text'];
  }

  #replacing(q: number, p: number): number {
    const quoted = this.#quote[q - 1];
    const original = this.#paragraph[p - 1];
    if (!quoted || !original || quoted.kind !== original.kind) return NEVER;
    if (quoted.raw === original.raw) return 0;
    if (isAlike(quoted, original)) return 1;
    if (quoted.kind === 'text' && this.#isShortEnd && !NEGATION.test(quoted.raw)) return REPLACE_AT_END;
    // An ellipsis at the end of a quote is rather added than written for a full stop.
    return quoted.isEllipsis ? INSERT.mark + 1 : REPLACE[quoted.kind];
  }

  #cheapestEnd(): number {
    let best = 0;
    for (let p = 1; p < this.#width; p++) if (this.#at(this.#quote.length, p) < this.#at(this.#quote.length, best)) best = p;
    return best;
  }
}
