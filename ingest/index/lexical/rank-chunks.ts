import type { PostingReader } from './posting-reader.ts';
import type { KnownTerm, QueryTerm, UnitScorer } from './unit-scorer.ts';

/**
 * A chunk that shares terms with a question. `share`: its score as a share of what the question could reach, and its best sentence's
 * as such a share by the weight that was asked for.
 */
export type RankedChunk = { chunk: number; share: number };

export type Ranking = {
  /** How much a chunk's best sentence counts beside the whole. */
  sentenceWeight: number;
  /** The chunks that may be ranked; absent, all. */
  only?: readonly number[];
  /** Chunks to be ranked whatever they share. */
  also: ReadonlySet<number>;
};

/** So many of the best chunks are to be the right ones; an answer looks into 8. */
const BEST = 64;
/** Chunks that are scored by all terms, where more could be among the best. */
const CANDIDATES = 2048;
/** Chunks that are told of. */
const RANKED = 512;

/**
 * The chunks nearest to a question, unordered. In a large index, terms that stand in more than a tenth of the sentences are scored on
 * candidates only, where they cannot lift any other chunk among the best (MaxScore, Turtle & Flood 1995). On 100,000 paragraphs the
 * top ten were the same for 197 of 197 questions.
 */
export function rankChunks(reader: PostingReader, scorer: UnitScorer, terms: readonly QueryTerm[], ranking: Ranking): RankedChunk[] {
  const [rare, frequent] = byFrequency(reader, scorer.begin(terms));
  for (const term of rare) scorer.add(term);
  let candidates = chooseCandidates(reader, scorer, frequent, ranking);
  while (candidates === undefined) {
    const rarest = frequent.shift();
    if (rarest) scorer.add(rarest);
    candidates = chooseCandidates(reader, scorer, frequent, ranking);
  }
  for (const term of frequent) scorer.addTo(term, candidates);
  const ranked = candidates.map((chunk) => ({ chunk, share: scorer.shareOf(chunk, ranking.sentenceWeight) }));
  if (ranked.length <= RANKED) return ranked;
  const shares = new Float64Array(ranked.length);
  for (let at = 0; at < ranked.length; at++) shares[at] = ranked[at]?.share ?? 0;
  const least = shares.sort().at(-RANKED) ?? 0;
  return ranked.filter(({ chunk, share }) => share >= least || ranking.also.has(chunk));
}

/** The rare terms in the order of the question; the frequent ones, those that can add most first. */
function byFrequency(reader: PostingReader, terms: readonly KnownTerm[]): [rare: KnownTerm[], frequent: KnownTerm[]] {
  const isFrequent = ({ view, number }: KnownTerm) => reader.isFrequent(view, number);
  return [terms.filter((term) => !isFrequent(term)), terms.filter(isFrequent).toSorted((a, b) => b.highest.chunk - a.highest.chunk)];
}

/**
 * The chunks that may be among the best once the frequent terms are scored too, and those to be ranked anyway; `undefined` where too
 * little was scored to tell.
 */
function chooseCandidates(
  { table }: PostingReader,
  { chunks }: UnitScorer,
  frequent: readonly KnownTerm[],
  { only, also }: Ranking,
): number[] | undefined {
  const count = only?.length ?? table.chunkCount;
  if (count <= CANDIDATES) return [...(only ?? Array(count).keys())];
  const scores = only ? Float32Array.from(only, (chunk) => chunks.scores[chunk] ?? 0) : chunks.scores;
  const outstanding = frequent.reduce((sum, { highest }) => sum + highest.chunk, 0);
  const best = chooseBest(scores, outstanding);
  const chunksOf = (places: number[]) => (only ? places.map((at) => only[at] ?? 0) : places);
  return best && [...also, ...chunksOf(best).filter((chunk) => !also.has(chunk))];
}

/**
 * The places of the highest scores, found without sorting: counted by score, then taken from the top. Best sentences do not matter
 * yet: a chunk that holds a good one is good itself.
 * @param outstanding what the terms not yet scored may add to any
 */
function chooseBest(scores: Float32Array, outstanding: number): number[] | undefined {
  const scale = STEPS / highestOf(scores);
  const counts = new Uint32Array(STEPS + 1);
  for (let at = 0; at < scores.length; at++) {
    const step = ((scores[at] ?? 0) * scale) | 0;
    counts[step] = (counts[step] ?? 0) + 1;
  }
  const hopeful = stepReachedBy(BEST, counts) - Math.ceil(outstanding * scale);
  if (outstanding > 0 && hopeful <= 0) return undefined;
  const least = Math.max(hopeful, stepReachedBy(CANDIDATES, counts));
  const best: number[] = [];
  const last: number[] = [];
  for (let at = 0; at < scores.length; at++) {
    const score = scores[at] ?? 0;
    const step = (score * scale) | 0;
    if (step > least) best.push(at);
    else if (step === least && score > 0 && last.length < CANDIDATES) last.push(at);
  }
  return [...best, ...last];
}

/** More than nothing, even where all scores are 0. */
const highestOf = (scores: Float32Array): number => {
  let highest = Number.MIN_VALUE;
  for (let at = 0; at < scores.length; at++) if ((scores[at] ?? 0) > highest) highest = scores[at] ?? 0;
  return highest;
};

/** How finely scores are told apart when candidates are chosen. */
const STEPS = 8192;

/** The highest step that so many scores reach; 0 where fewer do. */
function stepReachedBy(wanted: number, counts: Uint32Array): number {
  let reached = 0;
  for (let step = STEPS; step > 0; step--) {
    reached += counts[step] ?? 0;
    if (reached >= wanted) return step;
  }
  return 0;
}
