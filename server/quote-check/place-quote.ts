import type { Span } from '../../ingest/structure/document.ts';
import type { QuoteArrangement } from '../wire.ts';
import { alignStretch } from './align-stretch.ts';
import type { Candidate, QuoteIndex } from './find-candidates.ts';
import { letterCount, type Piece, PieceFinder } from './find-pieces.ts';
import type { QuoteUnit } from './quote-units.ts';
import { isSameWording, type Told, tellDifferences } from './tell-differences.ts';

/** A stretch of the quote laid beside a paragraph. */
export type Placed = Told & { candidate: Candidate; quote: Span };

/** Where an altered quotation comes from, or what is nearest to it where it comes from nowhere. */
export type Placement =
  | { status: 'placed'; arrangement: QuoteArrangement; places: Placed[] }
  | { status: 'unplaced'; nearest: { candidate: Candidate; similarity: number }[] };

/** A quotation of which less than this share of letters and numbers stands in one place (or in several, in pieces) comes from none. */
const LEAST_SIMILARITY = 0.6;
/** From so many letters on it pays to look first whether laying a quotation beside a paragraph can come to anything. */
const LONG_QUOTE = 200;
/** What must stand there where words differ: by less a quotation cannot be known. 双方同意 is no altered 双方满意. */
const LEAST_HAN_CHARACTERS = 4;
const LEAST_LETTERS = 8;
/** Chains of this share of the heaviest's weight are laid beside the whole quotation. */
const RIVAL_WEIGHT = 0.7;
const NEAREST = 3;
const NEAREST_SIMILARITY = 0.2;

/** Finds the paragraphs that a quotation was made from: one, several that follow each other, or several apart. */
export function placeQuote(units: readonly QuoteUnit[], index: QuoteIndex, documentId: string | undefined): Placement {
  const finder = new PieceFinder(units, index, documentId);
  const rivals = finder.whole();
  const pieces = rivals[0] ? finder.around(rivals[0]) : [];
  const places = pieces.length > 1 ? placePieces(units, pieces) : placeWhole(units, rivals);
  if (places.length === 0) return { status: 'unplaced', nearest: nearestOf(units, rivals) };
  return { status: 'placed', arrangement: pieces.length > 1 ? arrangementOf(places) : 'whole', places };
}

/** The paragraphs that have most of the quotation's letters, best first. */
const nearestOf = (units: readonly QuoteUnit[], pieces: readonly Piece[]) =>
  pieces
    .map(({ candidate, pairs }) => ({ candidate, similarity: pairs.length / Math.max(1, letterCount(units)) }))
    .filter(({ similarity }) => similarity >= NEAREST_SIMILARITY)
    .toSorted((a, b) => b.similarity - a.similarity)
    .slice(0, NEAREST);

function place(units: readonly QuoteUnit[], { candidate, pairs }: Piece, from: number, to: number): Placed {
  const stretch = units.slice(from, to);
  const within = pairs.map(([q, p]): [number, number] => [q - from, p]);
  const quote = { start: stretch[0]?.start ?? 0, end: stretch.at(-1)?.end ?? 0 };
  return { candidate, quote, ...tellDifferences(alignStretch(stretch, candidate.units, within), quote.start) };
}

/** The places of the whole quotation: the best, and others as good. */
function placeWhole(units: readonly QuoteUnit[], rivals: readonly Piece[]): Placed[] {
  const places = rivals
    .filter(({ weight }) => weight >= RIVAL_WEIGHT * (rivals[0]?.weight ?? 0))
    .filter((rival) => mayBeLikeEnough(units, rival))
    .map((rival) => place(units, rival, 0, units.length))
    .filter(isLikeEnough);
  const size = ({ differences }: Placed) =>
    differences.reduce((sum, { quoted, original }) => sum + Math.max(quoted.length, original.length), 0);
  const ranked = places.toSorted((a, b) => b.matchedLetters - a.matchedLetters || size(a) - size(b));
  const [best] = ranked;
  return best ? ranked.filter((other) => other.matchedLetters === best.matchedLetters && size(other) === size(best)) : [];
}

/**
 * Whether a paragraph has letters enough, in whatever order, to be what a long quotation was made from. To lay 2,000 characters that
 * come from nowhere beside twelve paragraphs took 80 ms of CPU. Half of what likeness takes: the same number may be written otherwise.
 */
function mayBeLikeEnough(units: readonly QuoteUnit[], { candidate }: Piece): boolean {
  const wanted = letterCount(units);
  if (wanted < LONG_QUOTE) return true;
  const left = new Map<string, number>();
  for (const { kind, folded } of candidate.units) if (kind === 'text') left.set(folded, (left.get(folded) ?? 0) + 1);
  let shared = 0;
  for (const { kind, folded } of units) {
    const count = kind === 'text' ? (left.get(folded) ?? 0) : 0;
    if (count === 0) continue;
    left.set(folded, count - 1);
    shared++;
  }
  return shared >= (LEAST_SIMILARITY / 2) * wanted;
}

function isLikeEnough({ differences, matchedLetters, letters, candidate, start, end }: Placed): boolean {
  if (letters === 0 || matchedLetters / letters < LEAST_SIMILARITY) return false;
  const isHan = /\p{Script=Han}/u.test(candidate.paragraph.text.slice(start, end));
  return isSameWording(differences) || matchedLetters >= (isHan ? LEAST_HAN_CHARACTERS : LEAST_LETTERS);
}

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

/** Marks that belong to what follows them, e.g. that of an item, （四）. */
const OPENING = /^[\p{Ps}\p{Pi}]$/u;

/** Where what lies between two pieces is shared out: behind its last space or mark that opens nothing. */
function cutBetween(units: readonly QuoteUnit[], from: number, to: number): number {
  for (let index = to; index > from; index--) {
    const unit = units[index - 1];
    if (unit && unit.kind !== 'text' && !OPENING.test(unit.raw)) return index;
  }
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
