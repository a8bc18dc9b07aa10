import type { OpenIndex } from '../../ingest/index/open-generation.ts';
import type { AbstentionReason } from '../wire.ts';
import type { AskedFor } from './question-phrases.ts';
import type { UnderstoodQuestion } from './understand-question.ts';
import type { CandidateSentence } from './weigh-evidence.ts';

export type Choice = { status: 'chosen'; sentences: CandidateSentence[] } | { status: 'declined'; reason: AbstentionReason };

/** At most this many quotes for a question of one matter. */
const MOST_SENTENCES = 3;
/** A further sentence must come this close to the best one, or name this much of the question that is not named yet. */
const CLOSE_TO_BEST = 0.9;
const NEW_COVERAGE = 0.2;
const WORTH_ADDING = 0.6;

/** Below this share of the question's weight the sentence answers something else. Tuned on the tuning half, per script. */
const LEAST_COVERAGE = { chinese: 0.34, alphabetic: 0.3 };
/** Below this the documents do not even speak of the matter. */
const OFF_TOPIC_COVERAGE = 0.15;
const ESSENTIAL_MATCH = 0.5;

/** What a sentence must contain to answer a question of its kind. */
const ANSWER_PATTERNS: Record<Exclude<AskedFor, 'anything'>, RegExp> = {
  date: /\d{1,4}\s*(?:年|月|日)|[今去明]年|\b\d{4}\b|\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November|December)/u,
  quantity: /\d|[两〇零一二三四五六七八九十百千万亿]+(?:份|个|项|次|条|家|名|届|周年|大|种|股)|百分之/u,
};

/**
 * Decides whether the candidates answer the question and, if so, which few of them: the best sentence, then only sentences
 * that name what it leaves open or that are as good.
 */
export function chooseSentences(index: OpenIndex, question: UnderstoodQuestion, candidates: readonly CandidateSentence[]): Choice {
  const asked =
    question.asksFor === 'anything' ? candidates : candidates.filter((candidate) => hasAnswer(index, candidate, question.asksFor));
  const [best, ...others] = asked;
  const reach = Math.max(0, ...candidates.slice(0, 5).map(({ coverage }) => coverage));
  if (question.units.length === 0 || reach < OFF_TOPIC_COVERAGE) return { status: 'declined', reason: 'off-topic' };
  if (!best) return { status: 'declined', reason: 'no-evidence' };

  const chosen = [best];
  const named = [...best.matches];
  for (const candidate of others) {
    if (chosen.length === MOST_SENTENCES) break;
    const gain = coverageGain(question, named, candidate);
    const worthAdding =
      candidate.score >= CLOSE_TO_BEST * best.score || (gain >= NEW_COVERAGE && candidate.score >= WORTH_ADDING * best.score);
    if (!worthAdding) continue;
    chosen.push(candidate);
    for (const [unit, match] of candidate.matches.entries()) named[unit] = Math.max(named[unit] ?? 0, match);
  }
  if (!isEvidence(index, question, named, best)) return { status: 'declined', reason: 'no-evidence' };
  return { status: 'chosen', sentences: chosen.toSorted((a, b) => a.sentence - b.sentence) };
}

/** Enough of the question is named, and every proper noun, year and number of it. */
function isEvidence(index: OpenIndex, question: UnderstoodQuestion, named: readonly number[], best: CandidateSentence): boolean {
  const total = question.units.reduce((sum, { weight }) => sum + weight, 0);
  const covered = question.units.reduce((sum, { weight }, unit) => sum + weight * (named[unit] ?? 0), 0);
  const least = question.language.startsWith('zh') ? LEAST_COVERAGE.chinese : LEAST_COVERAGE.alphabetic;
  if (covered < least * total) return false;
  const year = index.documents.get(best.passage.documentId)?.date?.slice(0, 4);
  return question.units.every(({ essential, surface }, unit) => !essential || surface === year || (named[unit] ?? 0) >= ESSENTIAL_MATCH);
}

function coverageGain(question: UnderstoodQuestion, named: readonly number[], candidate: CandidateSentence): number {
  const total = question.units.reduce((sum, { weight }) => sum + weight, 0);
  const gain = question.units.reduce(
    (sum, { weight }, unit) => sum + weight * Math.max(0, (candidate.matches[unit] ?? 0) - (named[unit] ?? 0)),
    0,
  );
  return total > 0 ? gain / total : 0;
}

function hasAnswer(index: OpenIndex, { sentence }: CandidateSentence, asked: AskedFor): boolean {
  return asked === 'anything' || ANSWER_PATTERNS[asked].test(sentenceText(index, sentence));
}

/** The words of an indexed sentence. */
export function sentenceText(index: OpenIndex, sentence: number): string {
  const indexed = index.sentences[sentence];
  const chunk = indexed && index.chunks[indexed.chunk];
  return chunk ? (index.paragraph(chunk.documentId, chunk.paragraphId)?.text.slice(indexed.start, indexed.end) ?? '') : '';
}
