import type { PackedArray } from '../packed-file.ts';
import type { GatheredView } from './gather-terms.ts';
import { LengthNorms } from './okapi.ts';
import { GrowingIntegers } from './postings/growing-integers.ts';
import { PostingGatherer } from './postings/posting-gatherer.ts';
import { TermNumbers } from './term-numbers.ts';
import type { UnitTable } from './unit-table.ts';
import { Vocabulary } from './vocabulary.ts';

const packTerms = (view: string, numbers: TermNumbers) => Vocabulary.pack(`${view}.terms`, numbers.terms(), numbers.size);

/** A view whose chunks have of a term what their sentences have together: the sum, or each term once. */
export class SentenceViewBuilder {
  readonly #numbers = new TermNumbers();
  readonly #sentences = new PostingGatherer();
  readonly #isOnce: boolean;

  constructor(rule: 'sum' | 'once') {
    this.#isOnce = rule === 'once';
  }

  add({ terms, sentences }: GatheredView): void {
    this.#sentences.append(
      sentences,
      terms.map((term) => this.#numbers.of(term)),
    );
  }

  pack(view: string, { chunkOf, chunkCount, sentenceCount }: UnitTable): Record<string, PackedArray> {
    const chunkCounts = new Uint32Array(this.#numbers.size);
    const lastChunk = new Int32Array(this.#numbers.size).fill(-1);
    const sentenceLengths = new Float64Array(sentenceCount);
    const chunkLengths = new Float64Array(chunkCount);
    this.#sentences.forEach((term, sentence, frequency) => {
      const chunk = chunkOf[sentence] ?? 0;
      const isNew = lastChunk[term] !== chunk;
      sentenceLengths[sentence] = (sentenceLengths[sentence] ?? 0) + frequency;
      chunkLengths[chunk] = (chunkLengths[chunk] ?? 0) + (this.#isOnce ? Number(isNew) : frequency);
      if (!isNew) return;
      lastChunk[term] = chunk;
      chunkCounts[term] = (chunkCounts[term] ?? 0) + 1;
    });
    return {
      ...packTerms(view, this.#numbers),
      ...this.#sentences.pack(`${view}.sentences`, this.#numbers.size),
      [`${view}.chunkCounts`]: chunkCounts,
      ...LengthNorms.pack(`${view}.sentenceNorms`, sentenceLengths),
      ...LengthNorms.pack(`${view}.chunkNorms`, chunkLengths),
    };
  }
}

/** A view whose chunks have terms of their own: a keyword belongs to the whole paragraph. Few documents have any. */
export class ListedViewBuilder {
  readonly #numbers = new TermNumbers();
  readonly #sentences = new PostingGatherer();
  readonly #chunks = new PostingGatherer();

  add({ terms, sentences, chunks }: GatheredView): void {
    const numbers = terms.map((term) => this.#numbers.of(term));
    this.#sentences.append(sentences, numbers);
    this.#chunks.append(chunks, numbers);
  }

  pack(view: string): Record<string, PackedArray> {
    return {
      ...packTerms(view, this.#numbers),
      ...this.#sentences.pack(`${view}.sentences`, this.#numbers.size),
      ...this.#chunks.pack(`${view}.chunks`, this.#numbers.size),
      ...LengthNorms.pack(`${view}.sentenceNorms`, lengthsOf(this.#sentences)),
      ...LengthNorms.pack(`${view}.chunkNorms`, lengthsOf(this.#chunks)),
    };
  }
}

function lengthsOf(gatherer: PostingGatherer): Float64Array {
  const lengths = new Float64Array(gatherer.unitCount);
  gatherer.forEach((_, unit, frequency) => {
    lengths[unit] = (lengths[unit] ?? 0) + frequency;
  });
  return lengths;
}

/**
 * The meaning view. A word means five to ten terms, and always the same: stored is where the words stand, and once for all what each
 * means. A term's frequency is that of the words that mean it, by weight.
 */
export class MeaningViewBuilder {
  readonly #numbers = new TermNumbers();
  readonly #sources = new TermNumbers();
  readonly #sentences = new PostingGatherer();
  readonly #termsOf: (source: string) => Iterable<readonly [term: string, weight: number]>;
  /** The terms of source s stand from `#ends[s - 1]` up to `#ends[s]`, not included. */
  readonly #terms = new GrowingIntegers();
  readonly #weights: number[] = [];
  readonly #ends = new GrowingIntegers();

  constructor(termsOf: (source: string) => Iterable<readonly [term: string, weight: number]>) {
    this.#termsOf = termsOf;
  }

  add({ terms: sources, sentences }: GatheredView): void {
    for (const source of sources) if (!this.#sources.has(source)) this.#learn(source);
    this.#sentences.append(
      sentences,
      sources.map((source) => this.#sources.of(source)),
    );
  }

  /** Whether a source stands in some sentence. */
  hasSource(source: string): boolean {
    return this.#sources.has(source);
  }

  pack(view: string, table: UnitTable): Record<string, PackedArray> {
    return {
      ...packTerms(view, this.#numbers),
      ...this.#sentences.pack(`${view}.sentences`, this.#sources.size),
      ...this.#packMixtures(view),
      ...this.#packStatistics(view, table),
    };
  }

  #learn(source: string): void {
    this.#sources.of(source);
    for (const [term, weight] of this.#termsOf(source)) {
      this.#terms.push(this.#numbers.of(term));
      this.#weights.push(weight);
    }
    this.#ends.push(this.#terms.length);
  }

  /** For each term, the sources that mean it, with weights. */
  #packMixtures(view: string): Record<string, PackedArray> {
    const terms = this.#terms.values();
    const starts = new Uint32Array(this.#numbers.size + 1);
    for (const term of terms) starts[term + 1] = (starts[term + 1] ?? 0) + 1;
    for (let term = 0; term < this.#numbers.size; term++) starts[term + 1] = (starts[term + 1] ?? 0) + (starts[term] ?? 0);
    const lists = new Uint32Array(terms.length);
    const weights = new Float32Array(terms.length);
    const next = starts.slice();
    for (const [source, end] of this.#ends.values().entries()) {
      for (let at = this.#firstOf(source); at < end; at++) {
        const term = terms[at] ?? 0;
        const place = next[term] ?? 0;
        lists[place] = source;
        weights[place] = this.#weights[at] ?? 0;
        next[term] = place + 1;
      }
    }
    return { [`${view}.mixtureStarts`]: starts, [`${view}.mixtureLists`]: lists, [`${view}.mixtureWeights`]: weights };
  }

  #packStatistics(view: string, { chunkOf, chunkCount, sentenceCount }: UnitTable): Record<string, PackedArray> {
    const terms = this.#terms.values();
    const ends = this.#ends.values();
    const counts = { sentences: new Uint32Array(this.#numbers.size), chunks: new Uint32Array(this.#numbers.size) };
    const last = { sentence: new Int32Array(this.#numbers.size).fill(-1), chunk: new Int32Array(this.#numbers.size).fill(-1) };
    const sentenceLengths = new Float64Array(sentenceCount);
    const chunkLengths = new Float64Array(chunkCount);
    this.#sentences.forEach((source, sentence, frequency) => {
      const chunk = chunkOf[sentence] ?? 0;
      for (let at = this.#firstOf(source); at < (ends[source] ?? 0); at++) {
        const term = terms[at] ?? 0;
        const length = frequency * (this.#weights[at] ?? 0);
        sentenceLengths[sentence] = (sentenceLengths[sentence] ?? 0) + length;
        chunkLengths[chunk] = (chunkLengths[chunk] ?? 0) + length;
        if (last.sentence[term] !== sentence) counts.sentences[term] = (counts.sentences[term] ?? 0) + 1;
        if (last.chunk[term] !== chunk) counts.chunks[term] = (counts.chunks[term] ?? 0) + 1;
        last.sentence[term] = sentence;
        last.chunk[term] = chunk;
      }
    });
    return {
      [`${view}.sentenceCounts`]: counts.sentences,
      [`${view}.chunkCounts`]: counts.chunks,
      ...LengthNorms.pack(`${view}.sentenceNorms`, sentenceLengths),
      ...LengthNorms.pack(`${view}.chunkNorms`, chunkLengths),
    };
  }

  #firstOf(source: number): number {
    return source === 0 ? 0 : (this.#ends.values()[source - 1] ?? 0);
  }
}
