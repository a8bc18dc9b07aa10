import type { OpenIndex } from '../../ingest/index/open-generation.ts';
import type { AskedFor } from '../question/question-phrases.ts';
import type { UnderstoodQuestion } from '../question/understand-question.ts';
import type { AbstentionReason } from '../wire.ts';
import type { CandidateSentence } from './weigh-evidence.ts';

export type Choice = { status: 'chosen'; sentences: CandidateSentence[] } | { status: 'declined'; reason: AbstentionReason };

/**
 * How many sentences an answer may have, and how close to the best one a further sentence must come: as good, or naming a good
 * share of the question that is not named yet. Who asks for a list or a summary gets more.
 */
const LIMITS = {
  fact: { most: 3, asGood: 0.88, newShare: 0.22, worthAdding: 0.65 },
  several: { most: 6, asGood: 0.7, newShare: 0.15, worthAdding: 0.5 },
  summary: { most: 6, asGood: 0.55, newShare: 0.1, worthAdding: 0.45 },
};

/**
 * How much of the question the paragraphs must name to be evidence: a good share of its weight, or a smaller share of a lot.
 * Tuned on the tuning half and on questions written for development.
 */
const GOOD_SHARE = 0.35;
const SMALL_SHARE = 0.2;
const LOT = 0.55;
/** A passage that is hardly like the question is evidence only if it names most of it. */
const LEAST_SIMILARITY = 0.1;
const MOST_OF_IT = 0.6;
/** Who asks why takes something for granted: nearly all of it must be named, or the premise may be false. */
const PREMISE_SHARE = 0.8;

/** Below this the documents do not even speak of the matter. */
const OFF_TOPIC_COVERAGE = 0.2;
const ESSENTIAL_MATCH = 0.35;
const FOCUS_MATCH = 0.25;
/** Who asks who takes for granted what they did. */
const PERSON_SHARE = 0.6;
/** A sentence that has a date or a figure, but names much less of the question than another one without, has another one's. */
const OWN_COVERAGE = 0.75;

/** What a sentence must contain to answer a question of its kind. */
const ANSWER_PATTERNS: Record<Exclude<AskedFor, 'reason' | 'anything'>, RegExp> = {
  date: /\d{1,4}\s*(?:年|月|日)|[今去明]年|\b\d{4}\b|\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November|December)/u,
  // Dates, ordinals and “the second session” are numbers, but no quantities.
  quantity:
    /(?<![第\d])\d+(?:[.,]\d+)?\s*(?![\d年月日号届-])|(?<!第)[两一二三四五六七八九十百千万亿]+(?:份|个|项|次|条|家|名|种|大|亿|万|吨|公里|周年)|百分之/u,
  duration: /(?<!\d)\d{1,3}(?:周?年|个月|天)|[一二两三四五六七八九十百]+(?:周?年|个月|天)/u,
  // Somebody's office, name or signature; names of two parts are printed with a middle dot.
  person: /主席|总统|总理|部长|大使|元首|领导人|签字|[\p{Script=Han}]·[\p{Script=Han}]|中方|哈方|双方/u,
};

/**
 * Decides whether the candidates answer the question and, if so, which few of them: the best sentence, then only sentences
 * that name what it leaves open or that are as good.
 */
export function chooseSentences(index: OpenIndex, question: UnderstoodQuestion, candidates: readonly CandidateSentence[]): Choice {
  const { asksFor } = question;
  const asked =
    asksFor !== 'anything' && asksFor !== 'reason'
      ? candidates.filter(({ sentence }) => ANSWER_PATTERNS[asksFor].test(sentenceText(index, sentence)))
      : candidates;
  const [best, ...others] = asked;
  const reach = Math.max(0, ...candidates.slice(0, 5).map(({ coverage }) => coverage));
  if (question.units.length === 0 || reach < OFF_TOPIC_COVERAGE) return { status: 'declined', reason: 'off-topic' };
  const isTyped = asksFor === 'date' || asksFor === 'quantity' || asksFor === 'duration';
  if (!best || (isTyped && best.coverage < OWN_COVERAGE * reach)) return { status: 'declined', reason: 'no-evidence' };

  const chosen = [best];
  const named = [...best.matches];
  const limits = LIMITS[question.breadth];
  for (const candidate of others) {
    if (chosen.length === limits.most) break;
    const gain = coverageGain(question, named, candidate);
    const worthAdding =
      candidate.score >= limits.asGood * best.score || (gain >= limits.newShare && candidate.score >= limits.worthAdding * best.score);
    if (!worthAdding) continue;
    chosen.push(candidate);
    for (const [unit, match] of candidate.matches.entries()) named[unit] = Math.max(named[unit] ?? 0, match);
  }
  if (!isEvidence(question, candidates, chosen)) return { status: 'declined', reason: 'no-evidence' };
  return { status: 'chosen', sentences: chosen.toSorted((a, b) => a.sentence - b.sentence) };
}

/**
 * Enough of the question is named by the chosen paragraphs. Its proper nouns, years and numbers must stand together in the
 * best paragraph: “2015” in one and the matter in another answer nothing. Only who asks for several things may find them apart.
 */
function isEvidence(question: UnderstoodQuestion, candidates: readonly CandidateSentence[], chosen: readonly CandidateSentence[]): boolean {
  const inChunks = (chunks: ReadonlySet<number>) =>
    bestMatches(
      question,
      candidates.filter(({ passage }) => chunks.has(passage.chunk)),
    );
  const named = inChunks(new Set(chosen.map(({ passage }) => passage.chunk)));
  const total = question.units.reduce((sum, { weight }) => sum + weight, 0);
  const covered = question.units.reduce((sum, { weight }, unit) => sum + weight * (named[unit] ?? 0), 0);
  const share = covered / total;
  if (question.asksFor === 'reason' && share < PREMISE_SHARE) return false;
  if (question.asksFor === 'person' && share < PERSON_SHARE) return false;
  if (share < GOOD_SHARE && (share < SMALL_SHARE || covered < LOT)) return false;
  if (share < MOST_OF_IT && Math.max(...chosen.map(({ passage }) => passage.similarity)) < LEAST_SIMILARITY) return false;
  const together = question.breadth !== 'fact' ? named : inChunks(new Set(chosen.slice(0, 1).map(({ passage }) => passage.chunk)));
  return question.units.every(
    ({ essential, isFocus }, unit) =>
      (!essential || (together[unit] ?? 0) >= ESSENTIAL_MATCH) && (!isFocus || (named[unit] ?? 0) >= FOCUS_MATCH),
  );
}

const bestMatches = (question: UnderstoodQuestion, sentences: readonly CandidateSentence[]): number[] =>
  question.units.map((_, unit) => Math.max(0, ...sentences.map(({ matches }) => matches[unit] ?? 0)));

function coverageGain(question: UnderstoodQuestion, named: readonly number[], candidate: CandidateSentence): number {
  const total = question.units.reduce((sum, { weight }) => sum + weight, 0);
  const gain = question.units.reduce(
    (sum, { weight }, unit) => sum + weight * Math.max(0, (candidate.matches[unit] ?? 0) - (named[unit] ?? 0)),
    0,
  );
  return total > 0 ? gain / total : 0;
}

/** The words of an indexed sentence. */
export function sentenceText(index: OpenIndex, sentence: number): string {
  const indexed = index.sentences[sentence];
  const chunk = indexed && index.chunks[indexed.chunk];
  return chunk ? (index.paragraph(chunk.documentId, chunk.paragraphId)?.text.slice(indexed.start, indexed.end) ?? '') : '';
}
