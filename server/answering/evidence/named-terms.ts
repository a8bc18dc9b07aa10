import type { QueryTerm } from '../../../ingest/index/lexical-index.ts';
import type { OpenIndex } from '../../../ingest/index/open-generation.ts';
import { type QuestionUnit, sourceOf, type TermSource } from '../../question/question-unit.ts';
import type { Passage } from '../retrieve-passages.ts';

/** A word met only by its characters pairwise is weaker evidence than the word itself. */
const BIGRAM_EVIDENCE = 0.8;

/** The ways that lead from a word to a document, apart from characters in common. */
export const WAYS: readonly TermSource[] = ['word', 'concept', 'gloss', 'rendering', 'keyword'];
/** A keyword tells what a paragraph is about, not that it names the thing that is wanted: “which rocket?” under space. */
const NAMING_WAYS: readonly TermSource[] = ['word', 'concept', 'gloss', 'rendering', 'sound'];

/**
 * What passages name of a question. Each term is looked up once, for the sentences of all documents that are weighed, and not for each
 * document and for its paragraphs anew.
 */
export class NamedTerms {
  readonly #index: OpenIndex;
  readonly #units: readonly QuestionUnit[];
  /** Per unit and term, how often it stands in each of the sentences. */
  readonly #frequencies: readonly (readonly (readonly number[])[])[];
  /** Where the sentences of each chunk begin, and end, among those that were looked into. */
  readonly #places = new Map<number, { start: number; end: number }>();

  /** @param passages all that will be asked for, each chunk once */
  constructor(index: OpenIndex, units: readonly QuestionUnit[], passages: readonly Passage[]) {
    this.#index = index;
    this.#units = units;
    const sentences: number[] = [];
    for (const { chunk } of passages) {
      const { start, end } = index.lexicalIndex.sentencesOf(chunk);
      this.#places.set(chunk, { start: sentences.length, end: sentences.length + end - start });
      for (let sentence = start; sentence < end; sentence++) sentences.push(sentence);
    }
    this.#frequencies = units.map(({ terms }) => terms.map(({ view, term }) => index.sentenceIndex.frequencies(view, term, sentences)));
  }

  /** How far the nth sentence of a chunk names each unit of the question, 0…1. */
  matchesOf(chunk: number, sentence: number): number[] {
    const place = (this.#places.get(chunk)?.start ?? 0) + sentence;
    return this.#units.map(({ terms }, unit) => {
      const found = this.#frequencies[unit] ?? [];
      let whole = 0;
      let bigrams = 0;
      for (let number = 0; number < found.length; number++) {
        const frequency = found[number]?.[place] ?? 0;
        const term = terms[number];
        if (frequency === 0 || !term) continue;
        if (term.view === 'bigram') bigrams += term.weight;
        else whole = Math.max(whole, Math.min(1, frequency) * Math.min(1, term.weight));
      }
      return Math.max(whole, Math.min(1, bigrams) * BIGRAM_EVIDENCE);
    });
  }

  /** Per unit of the question, how far each way leads from it to one of these chunks, 0…1. */
  waysTo(chunks: ReadonlySet<number>): number[][] {
    return this.#units.map(({ terms, isFocus }, unit) => {
      const ways = isFocus ? NAMING_WAYS : WAYS;
      const lengths = ways.map(() => 0);
      for (let number = 0; number < terms.length; number++) {
        const term = terms[number];
        if (!term || term.view === 'bigram') continue;
        const way = ways.indexOf(sourceOf(term));
        const length = Math.min(1, term.weight);
        if (way < 0 || length <= (lengths[way] ?? 0)) continue;
        if (this.#standsIn(term, this.#frequencies[unit]?.[number] ?? [], chunks)) lengths[way] = length;
      }
      return lengths;
    });
  }

  /** Renderings and keywords are listed for chunks themselves; else a chunk has what one of its sentences has. */
  #standsIn({ view, term }: QueryTerm, frequencies: readonly number[], chunks: ReadonlySet<number>): boolean {
    if (view === 'rendering' || view === 'keyword')
      return this.#index.chunkIndex.frequencies(view, term, [...chunks]).some((frequency) => frequency > 0);
    for (const chunk of chunks) {
      const { start, end } = this.#places.get(chunk) ?? { start: 0, end: 0 };
      for (let place = start; place < end; place++) if ((frequencies[place] ?? 0) > 0) return true;
    }
    return false;
  }
}
