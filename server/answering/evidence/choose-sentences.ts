import type { OpenIndex } from '../../../ingest/index/open-generation.ts';
import type { AnswerKind } from '../../question/answer-kinds.ts';
import type { UnderstoodQuestion } from '../../question/understand-question.ts';
import { holdsAnswer } from './find-answer.ts';
import type { CandidateSentence } from './weigh-evidence.ts';

/**
 * How many sentences an answer may have, and how close to the best one a further sentence must come: as good, or naming a good
 * share of the question that is not named yet. Who asks for a list or a summary gets more.
 */
const LIMITS = {
  fact: { most: 3, asGood: 0.88, newShare: 0.22, worthAdding: 0.65 },
  several: { most: 6, asGood: 0.7, newShare: 0.15, worthAdding: 0.5 },
  summary: { most: 6, asGood: 0.55, newShare: 0.1, worthAdding: 0.45 },
};

/** A sentence that has a date or a figure, but names much less of the question than another one without, has another one's. */
const OWN_COVERAGE = 0.75;
/** A facet is named by a sentence with half of its weight, and named better by one with a quarter more. */
const FACET_COVERAGE = 0.5;
const FACET_GAIN = 0.25;
/** Passages less like the question than this share of the best one are not asked for. */
const FACET_RANK = 0.5;
/** Several things are told by the passages that come this close to the best one, a matter is summed up by those that come this close. */
const SEVERAL_RANK = 0.75;
const SUMMARY_RANK = 0.4;
/** Paragraphs of this many sentences are quoted whole to who asks for several things: each sentence tells one of them. */
const SHORT_PARAGRAPH = 3;

/** The few sentences to quote: the best one, then only sentences that name what it leaves open or that are as good. */
export function chooseSentences(
  index: OpenIndex,
  question: UnderstoodQuestion,
  candidates: readonly CandidateSentence[],
): CandidateSentence[] {
  const firstFitting = candidates.findIndex(({ sentence }) => answersAll(index, question, sentence));
  const [best, ...others] = candidates.slice(Math.max(0, firstFitting));
  if (!best) return [];
  // Where none has what is asked for, all may be quoted.
  const fits = ({ sentence }: CandidateSentence) => firstFitting < 0 || answersAll(index, question, sentence);
  const chosen = [best];
  const named = [...best.matches];
  const limits = LIMITS[question.breadth];
  const add = (candidate: CandidateSentence) => {
    chosen.push(candidate);
    for (const [unit, match] of candidate.matches.entries()) named[unit] = Math.max(named[unit] ?? 0, match);
  };
  for (const candidate of others) {
    // Those behind score no higher.
    if (chosen.length === limits.most || candidate.score < limits.worthAdding * best.score) break;
    const gain = coverageGain(question, named, candidate);
    const worthAdding =
      candidate.score >= limits.asGood * best.score || (gain >= limits.newShare && candidate.score >= limits.worthAdding * best.score);
    if (worthAdding && fits(candidate)) add(candidate);
  }
  for (const candidate of sentencesOfFacets(question, candidates, chosen)) if (chosen.length < LIMITS.several.most) add(candidate);
  const rank = question.breadth === 'summary' ? SUMMARY_RANK : SEVERAL_RANK;
  const asksForSeveral = question.breadth !== 'fact' || question.facets.length > 1;
  if (asksForSeveral)
    for (const candidate of bestOfPassages(candidates, chosen, rank)) if (chosen.length < LIMITS.several.most) add(candidate);
  return question.breadth === 'several' ? withNeighbours(candidates, chosen) : chosen;
}

/** For each thing asked side by side that no chosen sentence names well, the sentence that does. */
function sentencesOfFacets(
  { facets, units }: UnderstoodQuestion,
  candidates: readonly CandidateSentence[],
  chosen: readonly CandidateSentence[],
): CandidateSentence[] {
  if (facets.length < 2) return [];
  const top = Math.max(0, ...candidates.map(({ passage }) => passage.similarity));
  const near = candidates.filter(({ passage }) => passage.similarity >= FACET_RANK * top);
  const added: CandidateSentence[] = [];
  for (const facet of facets) {
    const total = facet.reduce((sum, at) => sum + (units[at]?.weight ?? 0), 0);
    const coverage = ({ matches }: CandidateSentence) =>
      facet.reduce((sum, at) => sum + (units[at]?.weight ?? 0) * (matches[at] ?? 0), 0) / total;
    const had = Math.max(0, ...[...chosen, ...added].map(coverage));
    const best = near.reduce<CandidateSentence | undefined>(
      (one, other) => (!one || coverage(other) > coverage(one) ? other : one),
      undefined,
    );
    if (best && coverage(best) >= FACET_COVERAGE && coverage(best) >= had + FACET_GAIN) added.push(best);
  }
  return added;
}

/** The best sentence of each further passage that is nearly as like the question as the best one. */
function bestOfPassages(candidates: readonly CandidateSentence[], chosen: readonly CandidateSentence[], rank: number): CandidateSentence[] {
  const top = Math.max(0, ...candidates.map(({ passage }) => passage.similarity));
  const had = new Set(chosen.map(({ passage }) => passage.chunk));
  const best = new Map<number, CandidateSentence>();
  for (const candidate of candidates) {
    const { chunk, similarity } = candidate.passage;
    if (!had.has(chunk) && !best.has(chunk) && similarity >= rank * top) best.set(chunk, candidate);
  }
  return [...best.values()].toSorted((a, b) => b.passage.similarity - a.passage.similarity);
}

/** The chosen sentences with the others of their paragraphs, where these are short. */
function withNeighbours(candidates: readonly CandidateSentence[], chosen: readonly CandidateSentence[]): CandidateSentence[] {
  const inChunk = (chunk: number) => candidates.filter(({ passage }) => passage.chunk === chunk);
  const whole = [...new Set(chosen.map(({ passage }) => passage.chunk))].map(inChunk).filter(({ length }) => length <= SHORT_PARAGRAPH);
  return [...new Set([...chosen, ...whole.flat()])];
}

/** Whether a sentence has something of every kind that is asked for. */
const answersAll = (index: OpenIndex, { asksFor, asked }: UnderstoodQuestion, sentence: number) =>
  asksFor.every((kind) => holds(index, kind, sentence, asked));

const holds = (index: OpenIndex, kind: AnswerKind, sentence: number, asked: string) =>
  holdsAnswer(index, kind, sentence, () => sentenceText(index, sentence), asked);

/**
 * Share of the kinds asked for that no chosen sentence holds, 0…1; a sentence counts only if it names about as much of the
 * question as the best sentence of all.
 */
export function shareOfKindsMissing(
  index: OpenIndex,
  { asksFor, asked }: UnderstoodQuestion,
  candidates: readonly CandidateSentence[],
  chosen: readonly CandidateSentence[],
): number {
  const reach = Math.max(0, ...candidates.slice(0, 5).map(({ coverage }) => coverage));
  const own = chosen.filter(({ coverage }) => coverage >= OWN_COVERAGE * reach);
  const missing = asksFor.filter((kind) => !own.some(({ sentence }) => holds(index, kind, sentence, asked)));
  return asksFor.length === 0 ? 0 : missing.length / asksFor.length;
}

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
  const indexed = index.sentences.at(sentence);
  if (!indexed) return '';
  const paragraph = index.paragraph(index.chunks.documentIdOf(indexed.chunk), index.chunks.paragraphIdOf(indexed.chunk));
  return paragraph?.text.slice(indexed.start, indexed.end) ?? '';
}
