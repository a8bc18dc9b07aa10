import type { UnderstoodQuestion } from '../question/understand-question.ts';
import type { AbstentionReason, AskRequest } from '../wire.ts';
import type { AnswerPlan } from './answer-plan.ts';
import { documentsAsked } from './documents/documents-asked.ts';
import { planAcrossDocuments } from './documents/plan-across-documents.ts';
import { planInDocument } from './plan-in-document.ts';
import type { Retriever } from './retrieve-passages.ts';

/** Decides what to answer with: from the one document that the question is for, or from each of several by itself. */
export async function planAnswer(
  retriever: Retriever,
  question: UnderstoodQuestion,
  request: AskRequest,
  onDegraded: (error: unknown) => void,
): Promise<AnswerPlan> {
  const { index } = retriever;
  if (question.isNoQuestion) return declined('off-topic');
  if (question.asksAboutOtherDocument) return declined('no-evidence');
  const asked = documentsAsked(index, question, request);
  if (asked.documentIds.length === 0) return declined('no-such-document');
  const [only, another] = asked.documentIds;
  const document = another === undefined ? index.documents.get(only ?? '') : undefined;
  return document
    ? planInDocument(retriever, question, request, document, onDegraded)
    : planAcrossDocuments(retriever, question, request, asked, onDegraded);
}

const declined = (reason: AbstentionReason): AnswerPlan => ({ status: 'declined', reason, passages: [], mayBeWritten: false });
