import type { View } from '../../text/tokenize-text.ts';
import type { PostingReader } from './posting-reader.ts';
import { frequenciesOf, frequencyIn } from './postings/term-postings.ts';

/** What the index knows of the terms of its chunks, or of its sentences. */
export class LexicalLevel {
  readonly unitCount: number;
  readonly #reader: PostingReader;
  readonly #level: 'chunks' | 'sentences';

  constructor(reader: PostingReader, level: 'chunks' | 'sentences') {
    this.#reader = reader;
    this.#level = level;
    this.unitCount = level === 'chunks' ? reader.table.chunkCount : reader.table.sentenceCount;
  }

  /** How often a term stands in each of some units; 0 where it does not. */
  frequencies(view: View, term: string, units: readonly number[]): number[] {
    const { vocabulary, chunkRule } = this.#reader.views[view];
    const number = vocabulary.numberOf(term);
    if (number === undefined) return units.map(() => 0);
    if (this.#level === 'chunks' && chunkRule === 'listed') {
      const listed = this.#reader.inChunks(view, number);
      return units.map((chunk) => frequencyIn(listed, chunk));
    }
    const postings = this.#reader.inSentences(view, number);
    if (this.#level === 'sentences') return frequenciesOf(postings, units);
    const { firstSentence } = this.#reader.table;
    return units.map((chunk) => {
      const start = firstSentence[chunk] ?? 0;
      const sentences = Array.from({ length: (firstSentence[chunk + 1] ?? 0) - start }, (_, at) => start + at);
      const sum = frequenciesOf(postings, sentences).reduce((total, frequency) => total + frequency, 0);
      return chunkRule === 'once' ? Math.min(1, sum) : sum;
    });
  }

  /** In how many units a term stands. */
  unitFrequency(view: View, term: string): number {
    const { vocabulary, chunkCounts, sentenceCounts } = this.#reader.views[view];
    const number = vocabulary.numberOf(term);
    return number === undefined ? 0 : ((this.#level === 'chunks' ? chunkCounts : sentenceCounts)[number] ?? 0);
  }

  /** Whether no unit has a term of a view. */
  isEmpty(view: View): boolean {
    return this.#reader.views[view].vocabulary.size === 0;
  }

  /** The vocabulary of a view. */
  terms(view: View): Iterable<string> {
    return this.#reader.views[view].vocabulary;
  }
}
