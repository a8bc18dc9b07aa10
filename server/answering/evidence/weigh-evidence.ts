import type { OpenIndex } from '../../../ingest/index/open-generation.ts';
import type { UnderstoodQuestion } from '../../question/understand-question.ts';
import type { Passage } from '../retrieve-passages.ts';
import type { NamedTerms } from './named-terms.ts';

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

/** Of passages, best first, those whose sentences are weighed. */
export const passagesToWeigh = (passages: readonly Passage[]): readonly Passage[] => passages.slice(0, PASSAGES);

/**
 * The sentences of some passages, best first.
 * @param top the passages, best first
 * @param named what they name, and maybe others
 */
export function weighSentences(
  index: OpenIndex,
  question: UnderstoodQuestion,
  top: readonly Passage[],
  named: NamedTerms,
): CandidateSentence[] {
  const best = top[0]?.similarity ?? 0;
  const total = question.units.reduce((sum, { weight }) => sum + weight, 0);
  const candidates = top.flatMap((passage) => {
    const { start, end } = index.lexicalIndex.sentencesOf(passage.chunk);
    const rank = best > 0 ? passage.similarity / best : 0;
    return Array.from({ length: end - start }, (_, at): CandidateSentence => {
      const matches = named.matchesOf(passage.chunk, at);
      const covered = question.units.reduce((sum, { weight }, unit) => sum + weight * (matches[unit] ?? 0), 0);
      const coverage = total > 0 ? covered / total : 0;
      return { sentence: start + at, passage, coverage, matches, score: COVERAGE_SHARE * coverage + (1 - COVERAGE_SHARE) * rank };
    });
  });
  return candidates.toSorted((a, b) => b.score - a.score || a.sentence - b.sentence);
}
