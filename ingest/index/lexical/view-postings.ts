import type { View } from '../../text/tokenize-text.ts';
import type { UnpackedFile } from '../packed-file.ts';
import { MixedLists } from './postings/mixed-lists.ts';
import { PostingLists, type Postings, roomFor } from './postings/posting-lists.ts';
import type { Column } from './postings/term-postings.ts';
import { Vocabulary } from './vocabulary.ts';

/** What a chunk has of a term: the sum of its sentences, the term once if any has it, or what is listed for the chunk itself. */
export type ChunkRule = 'sum' | 'once' | 'listed';

export const CHUNK_RULES: Record<View, ChunkRule> = {
  bigram: 'sum',
  unigram: 'sum',
  word: 'sum',
  meaning: 'sum',
  rendering: 'listed',
  keyword: 'listed',
  sound: 'once',
};

/** One view of the index: its terms, where they stand, and what BM25 needs to know of them. */
export class ViewPostings {
  readonly chunkRule: ChunkRule;
  readonly vocabulary: Vocabulary;
  /** In how many sentences, and in how many chunks, each term stands. */
  readonly sentenceCounts: Uint32Array;
  readonly chunkCounts: Uint32Array;
  readonly sentenceNorms: Float32Array;
  readonly chunkNorms: Float32Array;
  readonly #sentences: PostingLists;
  readonly #chunks: PostingLists | undefined;
  readonly #mixed: MixedLists | undefined;

  constructor(view: View, file: UnpackedFile, sentenceCount: number) {
    this.chunkRule = CHUNK_RULES[view];
    this.vocabulary = Vocabulary.unpack(`${view}.terms`, file);
    this.#sentences = PostingLists.unpack(`${view}.sentences`, file);
    this.#chunks = this.chunkRule === 'listed' ? PostingLists.unpack(`${view}.chunks`, file) : undefined;
    this.#mixed = view === 'meaning' ? MixedLists.unpack(view, file, this.#sentences, sentenceCount) : undefined;
    this.sentenceCounts = this.#mixed ? file.integers(`${view}.sentenceCounts`) : this.#sentences.counts;
    this.chunkCounts = this.#chunks?.counts ?? file.integers(`${view}.chunkCounts`);
    this.sentenceNorms = file.floats(`${view}.sentenceNorms`);
    this.chunkNorms = file.floats(`${view}.chunkNorms`);
  }

  inSentences(term: number): Postings {
    return this.#mixed?.mix(term, this.sentenceCounts[term] ?? 0) ?? this.#sentences.decode(term);
  }

  /** Writes the same into an empty column: the frequency in every sentence. */
  fill(column: Column, term: number): void {
    if (this.#mixed) this.#mixed.addTo(column, term);
    else this.#sentences.addTo(column, term);
  }

  /** What is listed for chunks themselves; nothing in views whose chunks follow from their sentences. */
  inChunks(term: number): Postings {
    return this.#chunks?.decode(term) ?? roomFor(0);
  }
}
