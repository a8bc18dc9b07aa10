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
  also: Iterable<number>;
};

/** Chunks that are ranked at most: an answer looks into 8, and the best by rare terms are among the best by all. */
const CANDIDATES = 1024;

/**
 * The chunks nearest to a question, unordered. In a large index, terms that stand in more than a tenth of the sentences choose no
 * candidates: they are scored on those that the rarer ones chose. (Retrieval study at 100,000: half the time, the same top ten.)
 */
export function rankChunks(reader: PostingReader, scorer: UnitScorer, terms: readonly QueryTerm[], ranking: Ranking): RankedChunk[] {
  const frequent: KnownTerm[] = [];
  for (const term of scorer.begin(terms)) {
    if (reader.isFrequent(term.view, term.number)) frequent.push(term);
    else scorer.add(term);
  }
  const chooser = new CandidateChooser(reader, scorer, ranking);
  const rarestLast = frequent.toSorted((a, b) => a.highest.chunk - b.highest.chunk);
  let candidates = chooser.choose();
  // Where only frequent terms are asked for, the rarest of them choose.
  for (let term = rarestLast.pop(); term !== undefined; term = rarestLast.pop()) {
    if (candidates.length >= chooser.wanted) {
      scorer.addTo(term, candidates);
    } else {
      scorer.add(term);
      candidates = chooser.choose();
    }
  }
  return candidates.map((chunk) => ({ chunk, share: chooser.shareOf(chunk) }));
}

class CandidateChooser {
  /** How many candidates there are to be, where so many share anything. */
  readonly wanted: number;
  readonly #scorer: UnitScorer;
  readonly #firstSentence: Uint32Array;
  readonly #ranking: Ranking;
  readonly #chunkCount: number;

  constructor(reader: PostingReader, scorer: UnitScorer, ranking: Ranking) {
    this.#scorer = scorer;
    this.#firstSentence = reader.table.firstSentence;
    this.#ranking = ranking;
    this.#chunkCount = ranking.only?.length ?? reader.table.chunkCount;
    this.wanted = Math.min(CANDIDATES, this.#chunkCount);
  }

  /** The chunks that share most by the terms scored so far, and those to be ranked anyway; all, where there are not more. */
  choose(): number[] {
    const { only, also } = this.#ranking;
    if (this.#chunkCount > CANDIDATES) return [...new Set([...this.#best(), ...also])];
    return only ? [...only] : Array.from({ length: this.#chunkCount }, (_, chunk) => chunk);
  }

  shareOf(chunk: number): number {
    const { chunks, sentences } = this.#scorer;
    if (chunks.reachable === 0) return 0;
    let best = 0;
    for (let sentence = this.#firstSentence[chunk] ?? 0; sentence < (this.#firstSentence[chunk + 1] ?? 0); sentence++)
      best = Math.max(best, sentences.scores[sentence] ?? 0);
    return (chunks.scores[chunk] ?? 0) / chunks.reachable + (this.#ranking.sentenceWeight * best) / sentences.reachable;
  }

  /** The chunks with the highest shares, found without sorting: counted by share, then taken from the top. */
  #best(): number[] {
    const touched = new Uint32Array(this.#chunkCount);
    const shares = new Float32Array(this.#chunkCount);
    let count = 0;
    for (let index = 0; index < this.#chunkCount; index++) {
      const chunk = this.#ranking.only ? (this.#ranking.only[index] ?? 0) : index;
      if ((this.#scorer.chunks.scores[chunk] ?? 0) === 0) continue;
      touched[count] = chunk;
      shares[count++] = this.shareOf(chunk);
    }
    const step = STEPS / (1 + this.#ranking.sentenceWeight);
    const least = leastStep(shares.subarray(0, count), step);
    const best: number[] = [];
    const last: number[] = [];
    for (let index = 0; index < count; index++) {
      const at = Math.floor((shares[index] ?? 0) * step);
      if (at > least) best.push(touched[index] ?? 0);
      else if (at === least && last.length < CANDIDATES) last.push(touched[index] ?? 0);
    }
    return [...best, ...last].slice(0, CANDIDATES);
  }
}

/** How finely shares are told apart when candidates are chosen. */
const STEPS = 4096;

/** The step from which on `CANDIDATES` shares are above or at it; 0 where there are fewer. */
function leastStep(shares: Float32Array, step: number): number {
  const counts = new Uint32Array(STEPS + 1);
  for (const share of shares) {
    const at = Math.floor(share * step);
    counts[at] = (counts[at] ?? 0) + 1;
  }
  let sum = 0;
  for (let at = STEPS; at > 0; at--) {
    sum += counts[at] ?? 0;
    if (sum >= CANDIDATES) return at;
  }
  return 0;
}
