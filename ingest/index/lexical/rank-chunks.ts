import { chooseBest } from './choose-best.ts';
import type { PostingReader } from './posting-reader.ts';
import { BLOCK, type KnownTerm, type QueryTerm, type UnitScorer } from './unit-scorer.ts';

/**
 * A chunk that shares terms with a question. `share`: its score as a share of what the question could reach, and its best sentence's
 * as such a share by the weight that was asked for.
 */
export type RankedChunk = { chunk: number; share: number };

export type Ranking = {
  /** How much a chunk's best sentence counts beside the whole. */
  sentenceWeight: number;
  /** The chunks that may be ranked, ascending; absent, all. */
  only?: readonly number[];
  /** Chunks to be ranked whatever they share. */
  also?: ReadonlySet<number>;
};

/** So many of the best chunks are to be the right ones; an answer looks into 8. */
const BEST = 64;
/** Chunks that are scored by a further term at most, where more could be among the best. */
const CANDIDATES = 2048;
/** Chunks that are told of: more than any page shows. */
const RANKED = 512;
/** So few of all chunks are scored by looking terms up: a look-up takes about as long as ten postings. */
const FEW = 1 / 8;

/**
 * The chunks nearest to a question, unordered. In a large index, terms that stand in more than a tenth of the sentences are scored on
 * candidates only, where they cannot lift any other chunk among the best (MaxScore, Turtle & Flood 1995), and with each such term there
 * are fewer. Where few chunks may be ranked, as those of one document, nothing else is scored.
 */
export function rankChunks(reader: PostingReader, scorer: UnitScorer, terms: readonly QueryTerm[], ranking: Ranking): RankedChunk[] {
  const known = scorer.begin(terms);
  const { chunkCount } = reader.table;
  const { only } = ranking;
  if (only && only.length <= FEW * chunkCount) {
    for (const term of known) scorer.addTo(term, only);
    return bestOf(only, scorer, ranking);
  }
  if (chunkCount <= CANDIDATES) {
    for (const term of known) scorer.add(term);
    return bestOf([...(only ?? Array(chunkCount).keys())], scorer, ranking);
  }
  return bestOf(choose(reader, scorer, known, ranking), scorer, ranking);
}

/** The chunks of a large index that are to be ranked, ascending, their scores complete. */
function choose(reader: PostingReader, scorer: UnitScorer, known: readonly KnownTerm[], ranking: Ranking): number[] {
  const [rare, frequent] = byFrequency(reader, known);
  for (const term of rare) scorer.add(term);
  let added = sumOf(rare);
  let candidates = chooseCandidates(scorer, { added, outstanding: sumOf(frequent) }, ranking);
  while (candidates === undefined) {
    const rarest = frequent.splice(0, 1);
    for (const term of rarest) scorer.add(term);
    added += sumOf(rarest);
    candidates = chooseCandidates(scorer, { added, outstanding: sumOf(frequent) }, ranking);
  }
  for (const [at, term] of frequent.entries()) {
    scorer.addTo(term, candidates);
    added += term.highest.chunk;
    candidates = narrow(candidates, scorer, { added, outstanding: sumOf(frequent.slice(at + 1)) }, ranking);
  }
  return candidates;
}

function bestOf(chunks: readonly number[], scorer: UnitScorer, { sentenceWeight, also }: Ranking): RankedChunk[] {
  const ranked = chunks.map((chunk) => ({ chunk, share: scorer.shareOf(chunk, sentenceWeight) }));
  if (ranked.length <= RANKED) return ranked;
  const least =
    Float64Array.from(ranked, ({ share }) => share)
      .sort()
      .at(-RANKED) ?? 0;
  return ranked.filter(({ chunk, share }) => share >= least || also?.has(chunk));
}

/** What the terms scored so far may have given a chunk at most, and what the others may add to it. */
type Reach = { added: number; outstanding: number };

const sumOf = (terms: readonly KnownTerm[]) => terms.reduce((sum, { highest }) => sum + highest.chunk, 0);

/** The rare terms in the order of the question; the frequent ones, those that can add most first. */
function byFrequency(reader: PostingReader, terms: readonly KnownTerm[]): [rare: KnownTerm[], frequent: KnownTerm[]] {
  const isFrequent = ({ view, number }: KnownTerm) => reader.views[view].isFrequent(number);
  return [terms.filter((term) => !isFrequent(term)), terms.filter(isFrequent).toSorted((a, b) => b.highest.chunk - a.highest.chunk)];
}

/**
 * Best sentences do not matter yet: a chunk that holds a good one is good itself.
 * @returns the chunks that may be among the best once the frequent terms are scored too, and those to be ranked anyway, ascending;
 * `undefined` where too little was scored to tell
 */
function chooseCandidates(scorer: UnitScorer, reach: Reach, { only, also }: Ranking): number[] | undefined {
  const hopeful = only ?? hopefulChunks(scorer, reach);
  if (hopeful === undefined) return undefined;
  const best = chooseBest(scoresOf(hopeful, scorer.chunks.scores), { ...reach, wanted: BEST, most: CANDIDATES });
  return (
    best &&
    withAlso(
      best.map((at) => hopeful[at] ?? 0),
      also,
    )
  );
}

/**
 * The chunks that may come to be among the best, by blocks: as many chunks as are wanted score what the last of the best blocks does, so none
 * does that cannot come up to it.
 */
function hopefulChunks({ blocks, chunks: { scores } }: UnitScorer, { added, outstanding }: Reach): number[] | undefined {
  const best = chooseBest(blocks, { added, outstanding: 0, wanted: BEST, most: blocks.length }) ?? [];
  const reached = best.length < BEST ? 0 : best.reduce((lowest, block) => Math.min(lowest, blocks[block] ?? 0), Number.POSITIVE_INFINITY);
  const least = reached - outstanding;
  if (outstanding > 0 && least <= 0) return undefined;
  const hopeful: number[] = [];
  for (let block = 0; block < blocks.length; block++) {
    if ((blocks[block] ?? 0) < least) continue;
    const end = Math.min(scores.length, (block + 1) * BLOCK);
    for (let chunk = block * BLOCK; chunk < end; chunk++) if ((scores[chunk] ?? 0) >= least) hopeful.push(chunk);
  }
  return hopeful;
}

/** Those of the candidates that may still be among the best. */
function narrow(candidates: number[], { chunks }: UnitScorer, reach: Reach, { also }: Ranking): number[] {
  if (candidates.length <= 2 * BEST || reach.outstanding === 0) return candidates;
  const best = chooseBest(scoresOf(candidates, chunks.scores), { ...reach, wanted: BEST, most: CANDIDATES });
  if (best === undefined) return candidates;
  return withAlso(
    best.map((at) => candidates[at] ?? 0),
    also,
  );
}

function scoresOf(chunks: readonly number[], scores: Float32Array): Float32Array {
  const some = new Float32Array(chunks.length);
  for (let at = 0; at < some.length; at++) some[at] = scores[chunks[at] ?? 0] ?? 0;
  return some;
}

/** Chunks and others, ascending, each once. */
function withAlso(chunks: readonly number[], also: ReadonlySet<number> = new Set()): number[] {
  const others = [...also].toSorted((a, b) => a - b);
  const all: number[] = [];
  let at = 0;
  for (const chunk of chunks) {
    for (let other = others[at]; other !== undefined && other <= chunk; other = others[++at]) if (other < chunk) all.push(other);
    all.push(chunk);
  }
  return [...all, ...others.slice(at)];
}
