import type { View } from '../../text/tokenize-text.ts';
import type { UnpackedFile } from '../packed-file.ts';
import { LengthNorms } from './okapi.ts';
import { isFrequent } from './postings/frequent-columns.ts';
import { MixedLists } from './postings/mixed-lists.ts';
import { PostingLists } from './postings/posting-lists.ts';
import type { Room, SourcePostings } from './postings/term-postings.ts';
import type { UnitTable } from './unit-table.ts';
import { Vocabulary } from './vocabulary.ts';

/** What a chunk has of a term: the sum of its sentences, the term once if any has it, or what is listed for the chunk itself. */
export type ChunkRule = 'sum' | 'once' | 'listed';

const CHUNK_RULES: Record<View, ChunkRule> = {
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
  readonly sentenceNorms: LengthNorms;
  readonly chunkNorms: LengthNorms;
  /** Where terms stand, or what they are mixed from. */
  readonly sentences: PostingLists;
  /** In a view of meanings: a term stands where its sources do. */
  readonly mixtures: MixedLists | undefined;
  readonly #sentenceCount: number;
  readonly #chunks: PostingLists | undefined;

  constructor(view: View, file: UnpackedFile, { sentenceCount, chunkCount }: UnitTable) {
    this.chunkRule = CHUNK_RULES[view];
    this.vocabulary = Vocabulary.unpack(`${view}.terms`, file);
    this.#sentenceCount = sentenceCount;
    this.sentences = PostingLists.unpack(`${view}.sentences`, file, sentenceCount);
    this.#chunks = this.chunkRule === 'listed' ? PostingLists.unpack(`${view}.chunks`, file, chunkCount) : undefined;
    this.mixtures = view === 'meaning' ? MixedLists.unpack(view, file) : undefined;
    this.sentenceCounts = this.mixtures ? file.integers(`${view}.sentenceCounts`) : this.sentences.counts;
    this.chunkCounts = this.#chunks?.counts ?? file.integers(`${view}.chunkCounts`);
    this.sentenceNorms = LengthNorms.unpack(`${view}.sentenceNorms`, file);
    this.chunkNorms = LengthNorms.unpack(`${view}.chunkNorms`, file);
  }

  isFrequent(term: number): boolean {
    return isFrequent(this.sentenceCounts[term] ?? 0, this.#sentenceCount);
  }

  /** What is listed for chunks themselves; nothing in views whose chunks follow from their sentences. */
  inChunks(term: number, room: Room): SourcePostings {
    return this.#chunks?.read(term, room) ?? { kind: 'list', ...room(0) };
  }
}
