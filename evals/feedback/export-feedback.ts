import type { FeedbackRecord, RatedAnswer } from '../../server/feedback/feedback-record.ts';
import { detectLanguage } from '../../server/question/detect-language.ts';
import type { AskRequest, Language, Turn } from '../../server/wire.ts';
import type { WrittenEvalCase } from '../statement/eval-case.ts';
import type { EvalSet } from './read-eval-set.ts';

type Rating = FeedbackRecord & { answer: RatedAnswer };

/**
 * A question that somebody has to judge before it can become a case. It has no `expect`, so the eval set refuses it as it stands:
 * - `rated-down`: the answer was not right; what is right, the rating does not say;
 * - `ratings-contradict`: one visitor's right is another's wrong;
 * - `answers-differ`: all were content, but with answers that decline or cite differently;
 * - `not-in-the-evals`: about a document or a paragraph that the repository's documents do not have.
 */
export type ToReview = {
  why: 'rated-down' | 'ratings-contradict' | 'answers-differ' | 'not-in-the-evals';
  language: Language;
  question: string;
  history?: Turn[];
  ratings: FeedbackRecord[];
};

export type FeedbackExport = {
  /** By language: what a list holds goes into `evals/cases/<language>.json` as it is. */
  cases: Partial<Record<Language, WrittenEvalCase[]>>;
  toReview: ToReview[];
  /** Questions left out because the eval set asks them: one of the reporting half must neither be looked at nor become a tuning one. */
  alreadyAsked: number;
  /** Ratings left out because the server no longer remembered the answer: nobody can tell what was asked. */
  withoutAnswer: number;
};

/** Makes eval cases of what visitors approved of unanimously, one a question, and sets the rest aside for an editor. */
export function exportFeedback(records: readonly FeedbackRecord[], evalSet: EvalSet): FeedbackExport {
  const questions = ratingsByQuestion(records);
  const asked = new Set(evalSet.cases.map(questionKey));
  const exported: FeedbackExport = {
    cases: {},
    toReview: [],
    alreadyAsked: [...questions.keys()].filter((key) => asked.has(key)).length,
    withoutAnswer: records.filter(({ answer }) => !answer).length,
  };
  for (const [key, { first, ratings }] of questions) {
    if (asked.has(key)) continue;
    const { question, history = [] } = first.answer.asked;
    // What the question is written in, which is what the eval set sorts by; not what the visitor wanted to read.
    const language = detectLanguage(question) ?? first.answer.language;
    const turns = history.length > 0 ? { history } : {};
    const why = reasonToReview(ratings, evalSet.paragraphs);
    if (why) {
      exported.toReview.push({ why, language, question, ...turns, ratings });
    } else {
      const cases = exported.cases[language] ?? [];
      cases.push(toCase(first, turns));
      exported.cases[language] = cases;
    }
  }
  return exported;
}

function ratingsByQuestion(records: readonly FeedbackRecord[]): Map<string, { first: Rating; ratings: Rating[] }> {
  const questions = new Map<string, { first: Rating; ratings: Rating[] }>();
  for (const { answer, ...record } of records) {
    if (!answer) continue;
    const rating = { ...record, answer };
    const key = questionKey(answer.asked);
    const question = questions.get(key);
    if (question) question.ratings.push(rating);
    else questions.set(key, { first: rating, ratings: [rating] });
  }
  return questions;
}

/** The evals ask with the turns before, of all documents and without a language: what differs in these two only is the same question. */
const questionKey = ({ question, history = [] }: Pick<AskRequest, 'question' | 'history'>): string =>
  JSON.stringify([question.trim(), history.map(({ role, content }) => [role, content])]);

function reasonToReview(ratings: readonly Rating[], paragraphs: EvalSet['paragraphs']): ToReview['why'] | undefined {
  const verdicts = new Set(ratings.map(({ rating }) => rating));
  if (verdicts.size > 1) return 'ratings-contradict';
  if (verdicts.has('down')) return 'rated-down';
  if (new Set(ratings.map(({ answer }) => substanceOf(answer))).size > 1) return 'answers-differ';
  return ratings.every(({ answer }) => isInEvals(answer, paragraphs)) ? undefined : 'not-in-the-evals';
}

/** Two answers of the same substance expect the same of the product. */
const substanceOf = (answer: RatedAnswer): string =>
  answer.status === 'abstained'
    ? answer.status
    : JSON.stringify(answer.cited.map(({ documentId, paragraphId }) => `${documentId}#${paragraphId}`).toSorted());

const isInEvals = (answer: RatedAnswer, paragraphs: EvalSet['paragraphs']): boolean =>
  answer.status === 'abstained'
    ? answer.asked.documentId === undefined || paragraphs.has(answer.asked.documentId)
    : answer.cited.every(({ documentId, paragraphId }) => paragraphs.get(documentId)?.has(paragraphId));

/** The id is that of the answer rated first: it stays when more visitors rate the question. */
const toCase = ({ answerId, answer }: Rating, turns: { history?: Turn[] }): WrittenEvalCase => ({
  id: `feedback-${answerId}`,
  kind: 'feedback',
  half: 'tuning',
  question: answer.asked.question,
  ...turns,
  expect:
    answer.status === 'abstained'
      ? { status: answer.status }
      : { status: answer.status, paragraphs: [...new Set(answer.cited.map(({ paragraphId }) => paragraphId))] },
});
