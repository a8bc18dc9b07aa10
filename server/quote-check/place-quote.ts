import type { Span } from '../../ingest/structure/document.ts';
import type { QuoteArrangement } from '../wire.ts';
import { alignStretch } from './align-stretch.ts';
import { type Chain, QuoteChainer } from './chain-runs.ts';
import { type Candidate, findCandidates, type QuoteIndex } from './find-candidates.ts';
import type { QuoteUnit } from './quote-units.ts';
import { type Told, tellDifferences } from './tell-differences.ts';

/** A stretch of the quote laid beside a paragraph. */
export type Placed = Told & { candidate: Candidate; quote: Span };

/** Where an altered quotation comes from, or what is nearest to it where it comes from nowhere. */
export type Placement =
  | { status: 'placed'; arrangement: QuoteArrangement; places: Placed[] }
  | { status: 'unplaced'; nearest: { candidate: Candidate; similarity: number }[] };

/** Pairs of units (of the quote, of the paragraph) that a chain found alike. */
type Piece = { candidate: Candidate; pairs: [quote: number, paragraph: number][] };

/** Less of the quotation's letters than this in one place is no quotation of it. */
const LEAST_SIMILARITY = 0.6;
/** Letters that must stand there where words differ: of shorter quotations little is left to know them by. */
const LEAST_LETTERS = 3;
const LEAST_ALPHABETIC_LETTERS = 6;
/** A further place is told only for a stretch of some length that stands there almost word for word, since phrases recur. */
const LEAST_PIECE_WEIGHT = 16;
const LEAST_PIECE_SIMILARITY = 0.8;
/** Searches for one quotation: 2,000 characters may run over some twenty paragraphs. */
const MOST_SEARCHES = 48;
/** Places that are laid beside the whole quotation. */
const RIVAL_WEIGHT = 0.7;
const NEAREST = 3;
const NEAREST_SIMILARITY = 0.2;

/** Finds the paragraphs that a quotation was made from: one, several that follow each other, or several apart. */
export function placeQuote(units: readonly QuoteUnit[], index: QuoteIndex, documentId: string | undefined): Placement {
  const search = new PieceSearch(units, index, documentId);
  const pieces = search.pieces(0, units.length);
  const places = pieces.length > 1 ? placePieces(units, pieces) : placeWhole(units, search.rivals);
  if (places.length === 0) return { status: 'unplaced', nearest: search.nearest };
  return { status: 'placed', arrangement: pieces.length > 1 ? arrangementOf(places) : 'whole', places };
}

/** Takes a quotation apart into the longest pieces that stand somewhere. */
class PieceSearch {
  readonly #units: readonly QuoteUnit[];
  readonly #index: QuoteIndex;
  readonly #documentId: string | undefined;
  #searches = 0;
  /** What else the whole quotation could come from, weightiest first. */
  rivals: Piece[] = [];
  nearest: { candidate: Candidate; similarity: number }[] = [];

  constructor(units: readonly QuoteUnit[], index: QuoteIndex, documentId: string | undefined) {
    this.#units = units;
    this.#index = index;
    this.#documentId = documentId;
  }

  /** The pieces of a stretch of the quotation, in its order: the weightiest, and those of what is left before and after it. */
  pieces(from: number, to: number): Piece[] {
    if (this.#searches === MOST_SEARCHES) return [];
    const isWhole = this.#searches++ === 0;
    const units = this.#units.slice(from, to);
    const chainer = new QuoteChainer(units);
    if (!isWhole && chainer.weight < LEAST_PIECE_WEIGHT) return [];
    const found = findCandidates(units, this.#index, this.#documentId)
      .flatMap((candidate) => {
        const chain = chainer.chain(candidate.letters);
        const pairs = chain ? chainer.pairs(chain, candidate.letters) : [];
        return chain ? [{ candidate, chain, piece: { candidate, pairs: pairs.map(([q, p]): [number, number] => [q + from, p]) } }] : [];
      })
      .toSorted((a, b) => b.chain.weight - a.chain.weight);
    const [best] = found;
    if (isWhole) this.#remember(found, chainer);
    if (!best || (!isWhole && !isPiece(units, best))) return [];
    const first = best.piece.pairs[0]?.[0] ?? from;
    const last = best.piece.pairs.at(-1)?.[0] ?? from;
    return [...this.pieces(from, first), best.piece, ...this.pieces(last + 1, to)];

    function isPiece(stretch: readonly QuoteUnit[], { chain, piece }: { chain: Chain; piece: Piece }): boolean {
      const start = (piece.pairs[0]?.[0] ?? from) - from;
      const end = (piece.pairs.at(-1)?.[0] ?? from) - from + 1;
      return chain.weight >= LEAST_PIECE_WEIGHT && piece.pairs.length >= LEAST_PIECE_SIMILARITY * letterCount(stretch.slice(start, end));
    }
  }

  #remember(found: { candidate: Candidate; chain: Chain; piece: Piece }[], chainer: QuoteChainer): void {
    const heaviest = found[0]?.chain.weight ?? 0;
    this.rivals = found.filter(({ chain }) => chain.weight >= RIVAL_WEIGHT * heaviest).map(({ piece }) => piece);
    this.nearest = found
      .map(({ candidate, piece }) => ({ candidate, similarity: piece.pairs.length / Math.max(1, chainer.letterCount) }))
      .filter(({ similarity }) => similarity >= NEAREST_SIMILARITY)
      .toSorted((a, b) => b.similarity - a.similarity)
      .slice(0, NEAREST);
  }
}

const letterCount = (units: readonly QuoteUnit[]) => units.filter(({ kind }) => kind === 'text').length;

function place(units: readonly QuoteUnit[], { candidate, pairs }: Piece, from: number, to: number): Placed {
  const stretch = units.slice(from, to);
  const within = pairs.map(([q, p]): [number, number] => [q - from, p]);
  const quote = { start: stretch[0]?.start ?? 0, end: stretch.at(-1)?.end ?? 0 };
  return { candidate, quote, ...tellDifferences(alignStretch(stretch, candidate.units, within), quote.start) };
}

/** The places of the whole quotation: the best, and others as good. */
function placeWhole(units: readonly QuoteUnit[], rivals: readonly Piece[]): Placed[] {
  const places = rivals.map((rival) => place(units, rival, 0, units.length)).filter(isLikeEnough);
  const size = ({ differences }: Placed) =>
    differences.reduce((sum, { quoted, original }) => sum + Math.max(quoted.length, original.length), 0);
  const ranked = places.toSorted((a, b) => b.matchedLetters - a.matchedLetters || size(a) - size(b));
  const [best] = ranked;
  return best ? ranked.filter((other) => other.matchedLetters === best.matchedLetters && size(other) === size(best)) : [];
}

function isLikeEnough({ differences, matchedLetters, letters, candidate, start, end }: Placed): boolean {
  if (letters === 0 || matchedLetters / letters < LEAST_SIMILARITY) return false;
  const isHan = /\p{Script=Han}/u.test(candidate.paragraph.text.slice(start, end));
  return isSameWording(differences) || matchedLetters >= (isHan ? LEAST_LETTERS : LEAST_ALPHABETIC_LETTERS);
}

/** Whether all differences are of looks and spacing only. */
export const isSameWording = (differences: Placed['differences']): boolean =>
  differences.every(({ kind }) => kind !== 'negation' && kind !== 'number' && kind !== 'word' && kind !== 'omission');

/** The places of the pieces, which share out the whole quotation; none where most of it stands nowhere. */
function placePieces(units: readonly QuoteUnit[], pieces: readonly Piece[]): Placed[] {
  let from = 0;
  const places = pieces.map((piece, index) => {
    const next = pieces[index + 1]?.pairs[0]?.[0];
    const to = next === undefined ? units.length : cutBetween(units, (piece.pairs.at(-1)?.[0] ?? from) + 1, next);
    const placed = place(units, piece, from, to);
    from = to;
    return placed;
  });
  const matched = places.reduce((sum, { matchedLetters }) => sum + matchedLetters, 0);
  return matched >= LEAST_SIMILARITY * letterCount(units) ? places : [];
}

/** Where what lies between two pieces is shared out: behind its last mark or space. */
function cutBetween(units: readonly QuoteUnit[], from: number, to: number): number {
  for (let index = to; index > from; index--) if (units[index - 1]?.kind !== 'text') return index;
  return to;
}

/** Whether the places are whole ends and beginnings of paragraphs that follow each other. */
function arrangementOf(places: readonly Placed[]): QuoteArrangement {
  const isConsecutive = places.every((place, index) => {
    const next = places[index + 1];
    if (!next) return true;
    const { document, paragraph, units } = place.candidate;
    const follows = document.paragraphs[document.paragraphs.indexOf(paragraph) + 1] === next.candidate.paragraph;
    const isBare = (rest: readonly QuoteUnit[]) => letterCount(rest) === 0;
    return (
      follows &&
      isBare(units.filter(({ start }) => start >= place.end)) &&
      isBare(next.candidate.units.filter(({ end }) => end <= next.start))
    );
  });
  return isConsecutive ? 'consecutive' : 'stitched';
}
