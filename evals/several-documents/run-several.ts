import type { AnsweringDependencies } from '../../server/answering/answer-question.ts';
import { verifyCitations } from '../../server/answering/verify-citations.ts';
import type { AnswerBody } from '../../server/wire.ts';
import { citationRecall, factCoverage } from '../statement/metrics.ts';
import { askForBody } from '../statement/run-cases.ts';
import type { SeveralCase } from './several-case.ts';

/**
 * - `right places`: an answered case cites all it should and states the facts
 * - `right documents`: no citation is of a document that the case does not expect
 * - `told apart`: every citation's document is named in the answer by title, and by its date
 * - `declined right`: a case to be declined is, for the right reason
 * - `verbatim`: every quote is in its document, word for word
 */
export const SEVERAL_METRICS = ['right places', 'right documents', 'told apart', 'declined right', 'verbatim'] as const;
export type SeveralMetric = (typeof SEVERAL_METRICS)[number];

export type SeveralResult = {
  severalCase: SeveralCase;
  answer: AnswerBody;
  cited: string[];
  scores: Partial<Record<SeveralMetric, number>>;
};

/** Asks every case through the function that the server's routes call. */
export async function runSeveral(cases: readonly SeveralCase[], dependencies: AnsweringDependencies): Promise<SeveralResult[]> {
  const results: SeveralResult[] = [];
  for (const severalCase of cases) {
    const { question, history, documentIds } = severalCase;
    const answer = await askForBody({ question, history, documentIds }, dependencies);
    const cited = [...new Set(answer.citations.map(({ documentId, paragraphId }) => `${documentId}#${paragraphId}`))];
    results.push({ severalCase, answer, cited, scores: score(severalCase, answer, cited, dependencies) });
  }
  return results;
}

function score(
  { expect }: SeveralCase,
  answer: AnswerBody,
  cited: readonly string[],
  { index }: AnsweringDependencies,
): SeveralResult['scores'] {
  if (expect.status === 'abstained') {
    const isRight = answer.status === 'abstained' && expect.reasons.includes(answer.reason);
    return { 'declined right': isRight ? 1 : 0 };
  }
  if (answer.status === 'abstained') return { 'right places': 0 };
  const { citations } = answer;
  const recall = citationRecall(cited, expect.cites, []);
  const text = [answer.answer, ...citations.map(({ quote }) => quote)].join('\n');
  const rightDocuments = new Set([...expect.cites, ...expect.acceptable].map((place) => place.split('#', 1)[0]));
  const { rejected } = verifyCitations(citations, index.documents);
  return {
    'right places': recall === 1 && factCoverage(text, expect.facts) === 1 ? 1 : 0,
    'right documents': cited.every((place) => rightDocuments.has(place.split('#', 1)[0])) ? 1 : 0,
    'told apart': citations.every((citation) => isTold(citation, answer)) ? 1 : 0,
    verbatim: rejected.length === 0 ? 1 : 0,
  };
}

/** Whether a citation says which document it is of, and the answer's list of documents when that was made. */
function isTold({ documentId, label }: AnswerBody['citations'][number], { documents }: AnswerBody): boolean {
  const document = documents?.find((other) => other.documentId === documentId);
  return document?.date !== undefined && label.includes(document.title) && label.includes(document.date.slice(0, 4));
}
