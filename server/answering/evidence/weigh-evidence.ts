import type { OpenIndex } from '../../../ingest/index/open-generation.ts';
import type { QuestionUnit } from '../../question/question-unit.ts';
import type { UnderstoodQuestion } from '../../question/understand-question.ts';
import type { Passage } from '../retrieve-passages.ts';

/** A sentence of a passage with what it has of the question, both in 0…1. */
export type CandidateSentence = {
  sentence: number;
  passage: Passage;
  /** Share of the question's weight that the sentence names. */
  coverage: number;
  /** Per unit of the question, how far the sentence names it. */
  matches: number[];
  score: number;
};

/** Passages looked into for sentences. */
const PASSAGES = 8;
/** How a sentence's own coverage and its paragraph's rank make its score. */
const COVERAGE_SHARE = 0.6;
/** A word met only by its characters pairwise is weaker evidence than the word itself. */
const BIGRAM_EVIDENCE = 0.8;

/** How far each of some sentences names a unit of the question, 0…1. */
function matchUnit(index: OpenIndex, { terms }: QuestionUnit, sentences: readonly number[]): number[] {
  const found = terms.map(({ view, term }) => index.sentenceIndex.frequencies(view, term, sentences));
  return sentences.map((_, at) => {
    let whole = 0;
    let bigrams = 0;
    for (const [number, { view, weight }] of terms.entries()) {
      const frequency = found[number]?.[at] ?? 0;
      if (frequency === 0) continue;
      if (view === 'bigram') bigrams += weight;
      else whole = Math.max(whole, Math.min(1, frequency) * Math.min(1, weight));
    }
    return Math.max(whole, Math.min(1, bigrams) * BIGRAM_EVIDENCE);
  });
}

/** The sentences of the best passages, best first. */
export function weighSentences(index: OpenIndex, question: UnderstoodQuestion, passages: readonly Passage[]): CandidateSentence[] {
  const top = passages.slice(0, PASSAGES);
  const best = top[0]?.similarity ?? 0;
  const total = question.units.reduce((sum, { weight }) => sum + weight, 0);
  const sentences = top.flatMap((passage) => {
    const { start, end } = index.lexicalIndex.sentencesOf(passage.chunk);
    return Array.from({ length: end - start }, (_, at) => ({ sentence: start + at, passage }));
  });
  const numbers = sentences.map(({ sentence }) => sentence);
  const matchesOfUnits = question.units.map((unit) => matchUnit(index, unit, numbers));
  const candidates = sentences.map(({ sentence, passage }, at): CandidateSentence => {
    const matches = matchesOfUnits.map((ofUnit) => ofUnit[at] ?? 0);
    const covered = question.units.reduce((sum, { weight }, unit) => sum + weight * (matches[unit] ?? 0), 0);
    const coverage = total > 0 ? covered / total : 0;
    const rank = best > 0 ? passage.similarity / best : 0;
    return { sentence, passage, coverage, matches, score: COVERAGE_SHARE * coverage + (1 - COVERAGE_SHARE) * rank };
  });
  return candidates.toSorted((a, b) => b.score - a.score || a.sentence - b.sentence);
}
