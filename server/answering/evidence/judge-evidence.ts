import type { OpenIndex } from '../../../ingest/index/open-generation.ts';
import type { QuestionUnit } from '../../question/question-unit.ts';
import type { UnderstoodQuestion } from '../../question/understand-question.ts';
import type { AbstentionReason } from '../../wire.ts';
import { shareOfKindsMissing } from './choose-sentences.ts';
import { type Evidence, logOdds, type QuestionClass } from './evidence.ts';
import { EVIDENCE_WEIGHTS } from './evidence-weights.ts';
import { type NamedTerms, WAYS } from './named-terms.ts';
import type { CandidateSentence } from './weigh-evidence.ts';

export const classOf = ({ asksFor }: UnderstoodQuestion): QuestionClass => (asksFor.length > 0 ? 'specific' : 'open');

const ESSENTIAL_MATCH = 0.35;
const FOCUS_MATCH = 0.25;
const LONG_QUESTION = 12;
/**
 * Below this agreement the documents do not even speak of the matter: three quarters of the tuning half's questions off the topic stay
 * below .08, three quarters of the near misses come above .10.
 */
const OFF_TOPIC_AGREEMENT = 0.1;

/** Measures how well the chosen sentences answer. */
export function measureEvidence(
  index: OpenIndex,
  question: UnderstoodQuestion,
  candidates: readonly CandidateSentence[],
  chosen: readonly CandidateSentence[],
  namedTerms: NamedTerms,
): Evidence {
  const { units } = question;
  const chunks = new Set(chosen.map(({ passage }) => passage.chunk));
  const first = new Set([...chunks].slice(0, 1));
  const named = namedIn(question, candidates, chunks);
  // “2015” in one paragraph and the matter in another answer nothing, unless several things are asked for.
  const standTogether = question.breadth === 'fact' && !namesSeveral(question);
  const together = standTogether ? namedIn(question, candidates, first) : named;
  const share = shareOf(units);
  const ways = namedTerms.waysTo(chunks);
  const waysToFirst = chunks.size > 1 ? namedTerms.waysTo(first) : ways;
  const waysOfIndex = waysOf(index);
  const coverage = share((_, at) => Math.max(0, ...(ways[at] ?? [])));
  const weightOfMissing = (isMissing: (unit: QuestionUnit, at: number) => boolean) =>
    Math.min(
      1,
      units.reduce((sum, unit, at) => sum + (isMissing(unit, at) ? unit.weight : 0), 0),
    );
  return {
    coverage,
    agreement: share((_, at) => (waysToFirst[at] ?? []).filter((way) => way > AGREES).length / waysOfIndex),
    missingEssential: weightOfMissing(({ essential }, at) => essential && (together[at] ?? 0) < ESSENTIAL_MATCH),
    missingFocus: weightOfMissing((unit, at) => unit.isFocus === true && Math.max(0, ...(ways[at] ?? [])) < FOCUS_MATCH),
    missingKind: shareOfKindsMissing(index, question, candidates, chosen),
    missingPremise: question.asksFor.includes('reason') ? 1 - coverage : 0,
    length: Math.min(1, units.length / LONG_QUESTION),
    followsUp: question.followsUp ? 1 : 0,
  };
}

/** Whether the evidence answers the question; otherwise why it does not. */
export function judgeEvidence(question: UnderstoodQuestion, evidence: Evidence): 'answers' | AbstentionReason {
  if (question.units.length > 0 && logOdds(evidence, EVIDENCE_WEIGHTS[classOf(question)]) >= 0) return 'answers';
  return evidence.agreement < OFF_TOPIC_AGREEMENT ? 'off-topic' : 'no-evidence';
}

/** “Syria and Afghanistan”: names that are joined may be dealt with one by one. */
function namesSeveral({ units, asked }: UnderstoodQuestion): boolean {
  const places = units
    .flatMap(({ essential, surface }) => (essential && asked.includes(surface) ? [asked.indexOf(surface)] : []))
    .toSorted((a, b) => a - b);
  const [first, last] = [places[0], places.at(-1)];
  return first !== undefined && last !== undefined && last > first && JOINED.test(asked.slice(first, last));
}

const JOINED = /[和与及、]|\band\b|\bor\b|(?<!\p{L})(?:и|или|мен|пен|бен|және)(?!\p{L})/u;

/** Per unit, how far some sentence of these chunks names it. */
function namedIn({ units }: UnderstoodQuestion, candidates: readonly CandidateSentence[], chunks: ReadonlySet<number>): number[] {
  const sentences = candidates.filter(({ passage }) => chunks.has(passage.chunk));
  return units.map((_, at) => Math.max(0, ...sentences.map(({ matches }) => matches[at] ?? 0)));
}

function shareOf(units: readonly QuestionUnit[]) {
  const total = units.reduce((sum, { weight }) => sum + weight, 0);
  return (value: (unit: QuestionUnit, at: number) => number): number =>
    total > 0 ? units.reduce((sum, unit, at) => sum + unit.weight * value(unit, at), 0) / total : 0;
}

/** A weaker match is no agreement. */
const AGREES = 0.4;

/** How many ways an index has: documents without renderings and keywords must not look poorer for that. */
const waysOf = ({ chunkIndex }: OpenIndex) =>
  WAYS.length - (['rendering', 'keyword'] as const).filter((view) => chunkIndex.isEmpty(view)).length;
