import { LexicalLevel } from './lexical/lexical-level.ts';
import { PostingReader } from './lexical/posting-reader.ts';
import { type RankedChunk, type Ranking, rankChunks } from './lexical/rank-chunks.ts';
import { type LevelScores, type QueryTerm, UnitScorer } from './lexical/unit-scorer.ts';
import { unpackFile } from './packed-file.ts';

export type { RankedChunk, Ranking } from './lexical/rank-chunks.ts';
export type { QueryTerm } from './lexical/unit-scorer.ts';

/**
 * An inverted index over sentences with several views, scored by BM25 summed over the views. A chunk is a run of sentences, so one
 * pass over a term's postings scores both. It works on the bytes of its file: half a kilobyte a chunk, and nothing is built when it is opened.
 */
export class LexicalIndex {
  /** What it knows of the terms of chunks and of sentences. */
  readonly chunks: LexicalLevel;
  readonly sentences: LexicalLevel;
  readonly #file: Buffer;
  readonly #reader: PostingReader;
  readonly #scorer: UnitScorer;

  private constructor(file: Buffer) {
    this.#file = file;
    this.#reader = new PostingReader(unpackFile(file));
    this.chunks = new LexicalLevel(this.#reader, 'chunks');
    this.sentences = new LexicalLevel(this.#reader, 'sentences');
    this.#scorer = new UnitScorer(this.#reader);
  }

  /** @param file what `toBuffer` gave; its hash was checked */
  static fromBuffer(file: Buffer): LexicalIndex {
    return new LexicalIndex(file);
  }

  toBuffer(): Buffer {
    return this.#file;
  }

  /** The sentences of a chunk, by their numbers: from `start` up to `end`, not included. */
  sentencesOf(chunk: number): { start: number; end: number } {
    const { firstSentence } = this.#reader.table;
    return { start: firstSentence[chunk] ?? 0, end: firstSentence[chunk + 1] ?? 0 };
  }

  /** Scores every chunk and every sentence. The scores are lent: they hold until `use` returns. */
  score<Result>(terms: readonly QueryTerm[], use: (chunks: LevelScores, sentences: LevelScores) => Result): Result {
    for (const term of this.#scorer.begin(terms)) this.#scorer.add(term);
    return use(this.#scorer.chunks, this.#scorer.sentences);
  }

  /** The chunks that share most with a question, some hundred at most, unordered. */
  rank(terms: readonly QueryTerm[], ranking: Ranking): RankedChunk[] {
    return rankChunks(this.#reader, this.#scorer, terms, ranking);
  }
}
