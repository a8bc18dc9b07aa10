import { type AnsweringDependencies, answerQuestion } from '../../server/answering/answer-question.ts';
import { searchPassages } from '../../server/answering/search-passages.ts';
import { verifyCitations } from '../../server/answering/verify-citations.ts';
import type { AnswerBody, AskRequest } from '../../server/wire.ts';
import type { EvalCase } from './eval-case.ts';
import { citationPrecision, citationRecall, factCoverage, recallAt, reciprocalRankAt } from './metrics.ts';

/** What one case came to. Scores that a case has no say in are absent. */
export type CaseResult = {
  evalCase: EvalCase;
  answer: AnswerBody;
  cited: string[];
  retrieved: string[];
  scores: Partial<Record<MetricName, number>>;
};

export const METRIC_NAMES = [
  'recall@1',
  'recall@3',
  'recall@5',
  'MRR@10',
  'citation precision',
  'citation recall',
  'fact coverage',
  'answered right',
  'wrongly answered',
  'wrongly declined',
  'verbatim',
] as const;
export type MetricName = (typeof METRIC_NAMES)[number];

/** Kinds that ask for a place or for the whole: retrieval by content has no say in them. */
export const STRUCTURAL_KINDS = new Set(['by-number', 'summary']);

/** Asks every case through the function that the server's routes call. */
export async function runCases(cases: readonly EvalCase[], dependencies: AnsweringDependencies): Promise<CaseResult[]> {
  const results: CaseResult[] = [];
  for (const evalCase of cases) results.push(await runCase(evalCase, dependencies));
  return results;
}

async function runCase(evalCase: EvalCase, dependencies: AnsweringDependencies): Promise<CaseResult> {
  const { question, history } = evalCase;
  const answer = await askForBody({ question, history }, dependencies);
  const passages = await searchPassages({ query: question, k: 10, history }, dependencies);
  const retrieved = passages.map(({ paragraphId }) => paragraphId);
  const cited = [...new Set(answer.citations.map(({ paragraphId }) => paragraphId))];
  return {
    evalCase,
    answer,
    cited,
    retrieved,
    scores: { ...scoreRetrieval(evalCase, retrieved), ...scoreAnswer(evalCase, answer, cited), ...scoreVerbatim(answer, dependencies) },
  };
}

/** The whole answer to a request, as a client without streaming gets it. */
export async function askForBody(request: AskRequest, dependencies: AnsweringDependencies): Promise<AnswerBody> {
  let body: AnswerBody | undefined;
  for await (const event of answerQuestion(request, dependencies)) if (event.event === 'answer-end') body = event.data;
  if (!body) throw new Error('the answer had no answer-end');
  return body;
}

function scoreRetrieval({ kind, expect }: EvalCase, retrieved: readonly string[]): CaseResult['scores'] {
  if (expect.status === 'abstained' || expect.paragraphs.length === 0 || STRUCTURAL_KINDS.has(kind)) return {};
  return {
    'recall@1': recallAt(1, expect.paragraphs, retrieved),
    'recall@3': recallAt(3, expect.paragraphs, retrieved),
    'recall@5': recallAt(5, expect.paragraphs, retrieved),
    'MRR@10': reciprocalRankAt(10, expect.paragraphs, retrieved),
  };
}

function scoreAnswer({ expect }: EvalCase, answer: AnswerBody, cited: readonly string[]): CaseResult['scores'] {
  const isAnswered = answer.status === 'answered';
  if (expect.status === 'abstained') return { 'wrongly answered': isAnswered ? 1 : 0 };
  const { paragraphs, acceptable, facts, minimumParagraphs } = expect;
  const text = [answer.answer, ...answer.citations.map(({ quote }) => quote)].join('\n');
  const recall = isAnswered ? citationRecall(cited, paragraphs, acceptable, minimumParagraphs) : 0;
  const coverage = isAnswered ? factCoverage(text, facts) : 0;
  return {
    'wrongly declined': isAnswered ? 0 : 1,
    ...(isAnswered ? { 'citation precision': citationPrecision(cited, [...paragraphs, ...acceptable]) } : {}),
    'citation recall': recall,
    'fact coverage': coverage,
    'answered right': recall === 1 && coverage === 1 ? 1 : 0,
  };
}

function scoreVerbatim(answer: AnswerBody, { index }: AnsweringDependencies): CaseResult['scores'] {
  if (answer.status === 'abstained') return {};
  const { rejected } = verifyCitations(answer.citations, index.documents);
  return { verbatim: rejected.length === 0 ? 1 : 0 };
}
