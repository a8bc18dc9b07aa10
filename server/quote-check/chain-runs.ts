import type { QuoteUnit } from './quote-units.ts';

/**
 * The letters and numbers of a text, a number and an ellipsis being a letter each; `units[n]` is the unit that letter n belongs to,
 * and its only letter if `isWhole[n]`; `weights[n]` is what letter n weighs.
 */
export type Letters = { letters: string[]; units: number[]; isWhole: boolean[]; weights: number[] };

/** A stretch of letters that quote and paragraph have alike; offsets count letters. */
type Run = { quote: number; paragraph: number; length: number };

/** Runs in the order of both texts, with what they weigh: a Han character 2, another letter 1. */
export type Chain = { runs: Run[]; weight: number };

/** Stands for an ellipsis, so that no run goes on over it. */
const ELLIPSIS = '…';

/** A Han character or a number of several digits says about as much as two letters. */
function weightOf(letter: string): number {
  if (letter === ELLIPSIS) return 0;
  return letter.length > 1 || /\p{Script=Han}/u.test(letter) ? 2 : 1;
}

/** Least weight of letters alike that two texts are laid side by side by: two Han characters, four letters. */
const SEED_WEIGHT = 4;
/** A seed that the quote repeats more often says nothing of where it stands, and would make the search quadratic. */
const MOST_REPEATS = 16;
/** Longest runs kept; choosing among them is quadratic in this, not in the quote. */
const MOST_RUNS = 256;
/** Most that a gap between two runs costs, in weight: runs that are worth no more than five Han characters are left as chance. */
const DEAREST_GAP = 10;

export function lettersOf(units: readonly QuoteUnit[]): Letters {
  const result: Letters = { letters: [], units: [], isWhole: [], weights: [] };
  for (const [index, { kind, folded, isEllipsis }] of units.entries()) {
    if (kind !== 'text' && !isEllipsis) continue;
    const letters = isEllipsis ? [ELLIPSIS] : /^\p{Nd}+$/u.test(folded) ? [folded] : [...folded];
    for (const letter of letters) {
      result.letters.push(letter);
      result.weights.push(weightOf(letter));
      result.units.push(index);
      result.isWhole.push(letters.length === 1 && !isEllipsis);
    }
  }
  return result;
}

/** Lays a quote beside paragraphs: what is alike in which order. Linear in both texts. */
export class QuoteChainer {
  readonly #letters: Letters;
  readonly #seeds = new Map<string, number[]>();
  /** `#weights[n]` is what the first n letters weigh. */
  readonly #weights: number[] = [0];
  readonly #ellipses: readonly number[];
  readonly #seedWeight: number;

  constructor(units: readonly QuoteUnit[]) {
    this.#letters = lettersOf(units);
    this.#ellipses = ellipsesBefore(units, this.#letters);
    let weight = 0;
    for (const letterWeight of this.#letters.weights) {
      weight += letterWeight;
      this.#weights.push(weight);
    }
    this.#seedWeight = Math.min(SEED_WEIGHT, weight);
    for (const [at, seed] of seedsOf(this.#letters, this.#seedWeight)) {
      const places = this.#seeds.get(seed);
      if (places) places.push(at);
      else this.#seeds.set(seed, [at]);
    }
  }

  get weight(): number {
    return this.#weights.at(-1) ?? 0;
  }

  /** The weightiest chain of runs, gaps subtracted; `undefined` where nothing is alike. */
  chain(paragraph: Letters): Chain | undefined {
    const runs = this.#runs(paragraph)
      .toSorted((a, b) => this.#weigh(b.quote, b.length) - this.#weigh(a.quote, a.length))
      .slice(0, MOST_RUNS)
      .toSorted((a, b) => a.quote - b.quote || a.paragraph - b.paragraph);
    return bestChain(
      runs,
      (run) => this.#weigh(run.quote, run.length),
      (before, after) => this.#gapCost(before, after),
    );
  }

  /** Which unit of the quote is which of the paragraph, in order. Letters that are a part of a unit (ﬁ) are left to alignment. */
  pairs({ runs }: Chain, paragraph: Letters): [quote: number, paragraph: number][] {
    return runs.flatMap((run) =>
      Array.from({ length: run.length }, (_, index): [number, number][] => {
        const quoteUnit = this.#letters.isWhole[run.quote + index] ? this.#letters.units[run.quote + index] : undefined;
        const paragraphUnit = paragraph.isWhole[run.paragraph + index] ? paragraph.units[run.paragraph + index] : undefined;
        return quoteUnit === undefined || paragraphUnit === undefined ? [] : [[quoteUnit, paragraphUnit]];
      }).flat(),
    );
  }

  #weigh(start: number, length: number): number {
    return (this.#weights[start + length] ?? 0) - (this.#weights[start] ?? 0);
  }

  #gapCost(before: Run, after: Run): number {
    const quoteGap = after.quote - before.quote - before.length;
    const paragraphGap = after.paragraph - before.paragraph - before.length;
    // An ellipsis says that something is left out: then a gap in the paragraph is no reason to doubt.
    const isAnnounced = (this.#ellipses[after.quote] ?? 0) > (this.#ellipses[after.quote - quoteGap - 1] ?? 0);
    return isAnnounced ? 1 : Math.min(DEAREST_GAP, 1 + Math.max(quoteGap, paragraphGap) / 2);
  }

  /** Maximal stretches of letters alike, each once. */
  #runs(paragraph: Letters): Run[] {
    const runs: Run[] = [];
    const quote = this.#letters.letters;
    const ends = new Map<number, number>();
    for (const [at, seed] of seedsOf(paragraph, this.#seedWeight)) {
      const places = this.#seeds.get(seed);
      if (!places || places.length > MOST_REPEATS) continue;
      for (const place of places) {
        const done = ends.get(at - place) ?? 0;
        if (at < done) continue;
        let start = 0;
        while (place - start > 0 && at - start > done && quote[place - start - 1] === paragraph.letters[at - start - 1]) start++;
        let length = 0;
        while (place + length < quote.length && quote[place + length] === paragraph.letters[at + length]) length++;
        runs.push({ quote: place - start, paragraph: at - start, length: start + length });
        ends.set(at - place, at + length);
      }
    }
    return runs;
  }
}

/** The shortest stretch of at least this weight that begins at each letter. */
function* seedsOf({ letters, weights }: Letters, least: number): Generator<[at: number, seed: string]> {
  for (let at = 0; at < letters.length; at++) {
    let seed = '';
    let weight = 0;
    for (let index = at; weight < least && index < letters.length; index++) {
      seed += letters[index] ?? '';
      weight += weights[index] ?? 0;
    }
    if (weight >= least && weight > 0) yield [at, seed];
  }
}

/** How many ellipses stand before each letter. */
function ellipsesBefore(units: readonly QuoteUnit[], { units: unitOf }: Letters): number[] {
  let count = 0;
  const before = units.map(({ isEllipsis }) => (isEllipsis ? ++count : count));
  return unitOf.map((unit) => before[unit] ?? 0);
}

/** The weightiest sequence of runs in the order of both texts; where two overlap, the later begins where the earlier ends. */
function bestChain(runs: readonly Run[], weigh: (run: Run) => number, gapCost: (before: Run, after: Run) => number): Chain | undefined {
  const links: { run: Run; weight: number; before: number }[] = [];
  for (const run of runs) {
    let best = { run, weight: weigh(run), before: -1 };
    for (const [before, link] of links.entries()) {
      const overlap = Math.max(0, link.run.quote + link.run.length - run.quote, link.run.paragraph + link.run.length - run.paragraph);
      if (overlap >= run.length) continue;
      const rest = { quote: run.quote + overlap, paragraph: run.paragraph + overlap, length: run.length - overlap };
      const weight = link.weight + weigh(rest) - gapCost(link.run, rest);
      if (weight > best.weight) best = { run: rest, weight, before };
    }
    links.push(best);
  }
  let at = links.reduce((best, { weight }, index) => (weight > (links[best]?.weight ?? 0) ? index : best), 0);
  const heaviest = links[at];
  if (!heaviest) return undefined;
  const chain: Run[] = [];
  for (let link: (typeof links)[number] | undefined = heaviest; link; link = links[at]) {
    chain.unshift(link.run);
    at = link.before;
  }
  return { runs: chain, weight: heaviest.weight };
}
