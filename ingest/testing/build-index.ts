import { gatherTerms } from '../index/lexical/gather-terms.ts';
import type { LexicalIndex } from '../index/lexical-index.ts';
import { LexicalIndexBuilder, type MeaningOf } from '../index/lexical-index-builder.ts';
import { VectorIndex } from '../index/vector-index.ts';
import type { ChunkTerms, SentenceTerms } from '../text/tokenize-text.ts';

type Frequencies = ReadonlyMap<string, number>;
export type CountedSentence = Record<keyof SentenceTerms, Frequencies>;
/** A chunk's terms, each with how often it stands there. */
export type CountedChunk = { sentences: CountedSentence[]; rendering: Frequencies; keyword: Frequencies };

const repeated = (frequencies: Frequencies) => [...frequencies].flatMap(([term, times]) => new Array<string>(times).fill(term));

/** The same with each term as often as it stands there. */
export const spelledOut = ({ sentences, rendering, keyword }: CountedChunk): ChunkTerms => ({
  sentences: sentences.map((sentence) => ({
    bigram: repeated(sentence.bigram),
    unigram: repeated(sentence.unigram),
    word: repeated(sentence.word),
    meaningSources: repeated(sentence.meaningSources),
    rendering: repeated(sentence.rendering),
    sound: repeated(sentence.sound),
  })),
  rendering: repeated(rendering),
  keyword: repeated(keyword),
});

/** A lexical index of chunks in one batch. */
export function buildLexicalIndex(chunks: Iterable<ChunkTerms>, meaningOf: MeaningOf): LexicalIndex {
  const builder = new LexicalIndexBuilder(meaningOf);
  builder.add(gatherTerms(chunks));
  return builder.build();
}

export function buildVectorIndex(vectors: number[][]): VectorIndex {
  const index = VectorIndex.empty(vectors[0]?.length ?? 0, vectors.length);
  for (const vector of vectors) index.add(vector, 'the test');
  return index;
}
