import { QuoteChainer } from './chain-runs.ts';
import { type Candidate, candidateOf, findCandidates, type QuoteIndex } from './find-candidates.ts';
import type { QuoteUnit } from './quote-units.ts';

/** Pairs of units (of the quote, of the paragraph) that are alike, in order. */
export type Piece = { candidate: Candidate; pairs: [quote: number, paragraph: number][]; weight: number };

/**
 * A further piece is told only for a stretch of six Han characters or more that stands there almost word for word, since phrases
 * recur. Must not be below what a gap costs at most, or a piece could be one that the chain left out.
 */
const LEAST_PIECE_WEIGHT = 12;
const LEAST_PIECE_SIMILARITY = 0.8;
/** Searches of the index for one quotation; a piece that goes on in the next paragraph needs none. */
const MOST_SEARCHES = 16;

export const letterCount = (units: readonly QuoteUnit[]): number => units.filter(({ kind }) => kind === 'text').length;

/** Takes a quotation apart into the longest pieces that stand somewhere. */
export class PieceFinder {
  readonly #units: readonly QuoteUnit[];
  readonly #index: QuoteIndex;
  readonly #documentId: string | undefined;
  #searches = 0;

  constructor(units: readonly QuoteUnit[], index: QuoteIndex, documentId: string | undefined) {
    this.#units = units;
    this.#index = index;
    this.#documentId = documentId;
  }

  /** Where the quotation could come from as a whole, weightiest first. */
  whole(): Piece[] {
    return this.#search(0, this.#units.length, new QuoteChainer(this.#units));
  }

  /** A piece with those of what the quotation has before and after it, in the quotation's order. */
  around(piece: Piece, from = 0, to = this.#units.length): Piece[] {
    const first = piece.pairs[0]?.[0] ?? from;
    const last = piece.pairs.at(-1)?.[0] ?? to;
    return [...this.#rest(from, first, piece.candidate, -1), piece, ...this.#rest(last + 1, to, piece.candidate, 1)];
  }

  /** The pieces of what is left beside a piece: from the paragraph next to it if that has it, else from anywhere. */
  #rest(from: number, to: number, { document, paragraph }: Candidate, direction: 1 | -1): Piece[] {
    if (this.#searches >= MOST_SEARCHES) return [];
    const chainer = new QuoteChainer(this.#units.slice(from, to));
    if (chainer.weight < LEAST_PIECE_WEIGHT) return [];
    const next = document.paragraphs[document.paragraphs.indexOf(paragraph) + direction];
    const neighbours = next ? chainsOf(chainer, from, [candidateOf(document, next)]) : [];
    const piece =
      neighbours.find((neighbour) => this.#isPiece(neighbour)) ?? this.#search(from, to, chainer).find((found) => this.#isPiece(found));
    return piece ? this.around(piece, from, to) : [];
  }

  #search(from: number, to: number, chainer: QuoteChainer): Piece[] {
    this.#searches++;
    return chainsOf(chainer, from, findCandidates(this.#units.slice(from, to), this.#index, this.#documentId));
  }

  #isPiece({ pairs, weight }: Piece): boolean {
    const stretch = this.#units.slice(pairs[0]?.[0] ?? 0, (pairs.at(-1)?.[0] ?? 0) + 1);
    return weight >= LEAST_PIECE_WEIGHT && pairs.length >= LEAST_PIECE_SIMILARITY * letterCount(stretch);
  }
}

/** The stretch of the quotation that begins at `from`, laid beside each candidate; weightiest first. */
const chainsOf = (chainer: QuoteChainer, from: number, candidates: readonly Candidate[]): Piece[] =>
  candidates
    .flatMap((candidate): Piece[] => {
      const chain = chainer.chain(candidate.letters);
      if (!chain) return [];
      const pairs = chainer.pairs(chain, candidate.letters).map(([quote, paragraph]): [number, number] => [quote + from, paragraph]);
      return [{ candidate, pairs, weight: chain.weight }];
    })
    .toSorted((a, b) => b.weight - a.weight);
