import type { View } from '../../text/tokenize-text.ts';
import { addScore, highestScore, type LengthNorms } from './okapi.ts';
import type { PostingReader } from './posting-reader.ts';
import { frequenciesIn, frequencyIn, type Postings } from './postings/term-postings.ts';

/** A term of a question, in one view; `weight` > 0 scales its contribution. */
export type QueryTerm = { view: View; term: string; weight: number };

/** BM25 of every unit, summed over the terms, and the highest sum any unit could reach (every frequency infinite). */
export type LevelScores = { scores: Float32Array; reachable: number };

/** A term that the index has, and the most that it can add to a chunk and to a sentence. */
export type KnownTerm = { view: View; number: number; highest: { chunk: number; sentence: number } };

const BLOCK_BITS = 6;
/** Chunks a block. */
export const BLOCK: number = 2 ** BLOCK_BITS;

/** Adds up the scores of chunks and sentences in one pass over each term's postings. Its arrays are used anew for every question. */
export class UnitScorer {
  readonly chunks: LevelScores;
  readonly sentences: LevelScores;
  /** At least the highest score in each block of chunks, as far as terms were added to all: most blocks need not be looked at. */
  readonly blocks: Float32Array;
  readonly #reader: PostingReader;
  /** The sentences of some chunks, and how often a term stands in each. */
  #some = { sentences: new Uint32Array(0), frequencies: new Float32Array(0) };

  constructor(reader: PostingReader) {
    this.#reader = reader;
    this.chunks = { scores: new Float32Array(reader.table.chunkCount), reachable: 0 };
    this.blocks = new Float32Array(Math.ceil(reader.table.chunkCount / BLOCK));
    this.sentences = { scores: new Float32Array(reader.table.sentenceCount), reachable: 0 };
  }

  /** Forgets the question before, and tells which terms of this one the index has; the others are out of reach, but were asked for. */
  begin(terms: readonly QueryTerm[]): KnownTerm[] {
    this.chunks.scores.fill(0);
    this.blocks.fill(0);
    this.sentences.scores.fill(0);
    this.chunks.reachable = 0;
    this.sentences.reachable = 0;
    const { chunkCount, sentenceCount } = this.#reader.table;
    const known: KnownTerm[] = [];
    for (const { view, term, weight } of terms) {
      const { vocabulary, chunkCounts, sentenceCounts } = this.#reader.views[view];
      const number = vocabulary.numberOf(term);
      const chunk = highestScore(weight, chunkCount, number === undefined ? 0 : (chunkCounts[number] ?? 0));
      const sentence = highestScore(weight, sentenceCount, number === undefined ? 0 : (sentenceCounts[number] ?? 0));
      this.chunks.reachable += chunk;
      this.sentences.reachable += sentence;
      if (number !== undefined) known.push({ view, number, highest: { chunk, sentence } });
    }
    return known;
  }

  /** Adds a term's scores to all units in which it stands. */
  add(term: KnownTerm): void {
    const { view, number, highest } = term;
    const { chunkRule, chunkNorms, sentenceNorms } = this.#reader.views[view];
    const postings = this.#reader.listInSentences(view, number);
    if (chunkRule === 'listed') {
      addListed(this.sentences.scores, postings, sentenceNorms, highest.sentence);
      addListed(this.chunks.scores, this.#reader.listInChunks(view, number), chunkNorms, highest.chunk, this.blocks);
    } else this.#addGrouped(term, postings);
  }

  /** Adds to sentences, and to their chunks what these have together. */
  #addGrouped({ view, highest }: KnownTerm, { units, frequencies }: Postings): void {
    const { chunkRule, chunkNorms, sentenceNorms } = this.#reader.views[view];
    const { chunkOf } = this.#reader.table;
    const [chunkScores, sentenceScores, blocks] = [this.chunks.scores, this.sentences.scores, this.blocks];
    const most = chunkRule === 'once' ? 1 : Number.POSITIVE_INFINITY;
    for (let index = 0; index < units.length; ) {
      let sentence = units[index] ?? 0;
      const chunk = chunkOf[sentence] ?? 0;
      let sum = 0;
      do {
        const frequency = frequencies[index] ?? 0;
        sum += frequency;
        addScore(sentenceScores, sentence, frequency, sentenceNorms, highest.sentence);
        index++;
        sentence = units[index] ?? 0;
      } while (index < units.length && chunkOf[sentence] === chunk);
      const score = addScore(chunkScores, chunk, Math.min(most, sum), chunkNorms, highest.chunk);
      if (score > (blocks[chunk >>> BLOCK_BITS] ?? 0)) blocks[chunk >>> BLOCK_BITS] = score;
    }
  }

  /** Adds a term's scores to these chunks, in ascending order, and their sentences only. */
  addTo({ view, number, highest }: KnownTerm, chunks: readonly number[]): void {
    const { chunkRule, chunkNorms, sentenceNorms } = this.#reader.views[view];
    const { firstSentence } = this.#reader.table;
    const [chunkScores, sentenceScores] = [this.chunks.scores, this.sentences.scores];
    const frequencies = this.#frequenciesOf(view, number, chunks);
    const listed = chunkRule === 'listed' ? this.#reader.inChunks(view, number) : undefined;
    let at = 0;
    for (const chunk of chunks) {
      let sum = 0;
      const end = firstSentence[chunk + 1] ?? 0;
      for (let sentence = firstSentence[chunk] ?? 0; sentence < end; sentence++) {
        const frequency = frequencies[at++] ?? 0;
        if (frequency === 0) continue;
        sum += frequency;
        addScore(sentenceScores, sentence, frequency, sentenceNorms, highest.sentence);
      }
      if (listed) sum = frequencyIn(listed, chunk);
      if (chunkRule === 'once') sum = Math.min(1, sum);
      if (sum > 0) addScore(chunkScores, chunk, sum, chunkNorms, highest.chunk);
    }
  }

  /** How often a term stands in each sentence of these chunks. */
  #frequenciesOf(view: View, term: number, chunks: readonly number[]): Float32Array {
    const { firstSentence } = this.#reader.table;
    let count = 0;
    for (const chunk of chunks) count += (firstSentence[chunk + 1] ?? 0) - (firstSentence[chunk] ?? 0);
    if (this.#some.sentences.length < count)
      this.#some = { sentences: new Uint32Array(2 * count), frequencies: new Float32Array(2 * count) };
    const { sentences, frequencies } = this.#some;
    let at = 0;
    for (const chunk of chunks)
      for (let sentence = firstSentence[chunk] ?? 0; sentence < (firstSentence[chunk + 1] ?? 0); sentence++) sentences[at++] = sentence;
    frequenciesIn(this.#reader.inSentences(view, term), sentences, frequencies, count);
    return frequencies;
  }

  /** A chunk's score as a share of what is reachable, and by this weight its best sentence's as such a share. */
  shareOf(chunk: number, sentenceWeight: number): number {
    const { firstSentence } = this.#reader.table;
    let best = 0;
    for (let sentence = firstSentence[chunk] ?? 0; sentence < (firstSentence[chunk + 1] ?? 0); sentence++)
      best = Math.max(best, this.sentences.scores[sentence] ?? 0);
    // Nothing is reachable to a question without terms.
    if (best === 0 && this.chunks.reachable === 0) return 0;
    return (this.chunks.scores[chunk] ?? 0) / this.chunks.reachable + (sentenceWeight * best) / this.sentences.reachable;
  }
}

/** @param blocks highest scores by block of units */
function addListed(
  scores: Float32Array,
  { units, frequencies }: Postings,
  norms: LengthNorms,
  highest: number,
  blocks: Float32Array = new Float32Array(0),
): void {
  for (let index = 0; index < units.length; index++) {
    const unit = units[index] ?? 0;
    const score = addScore(scores, unit, frequencies[index] ?? 0, norms, highest);
    if (score > (blocks[unit >>> BLOCK_BITS] ?? Number.POSITIVE_INFINITY)) blocks[unit >>> BLOCK_BITS] = score;
  }
}
