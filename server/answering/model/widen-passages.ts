import type { UnderstoodQuestion } from '../../question/understand-question.ts';
import { understandQuestion } from '../../question/understand-question.ts';
import type { AskRequest } from '../../wire.ts';
import type { AnswerPlan } from '../answer-plan.ts';
import { documentsAsked } from '../documents/documents-asked.ts';
import { type Passage, type Retriever, retrievePassages } from '../retrieve-passages.ts';
import type { ChatModel } from './chat-model.ts';
import type { ModelBudget } from './model-budget.ts';
import { rewriteQuestion } from './rewrite-question.ts';

const primarySubtag = (language: string) => language.split('-')[0];

/** The language of the documents, as a BCP 47 tag. */
function documentLanguage({ index }: Retriever): string {
  const [first] = index.documents.values();
  return first?.language ?? 'zh-Hans';
}

/**
 * Whether a model's rewriting may find what the question as asked does not: where it is in another language than the documents, leans on
 * earlier turns, asks several things, or found no evidence. What rules decided (places by number, orders) is left alone.
 */
export const mayNeedRewriting = (retriever: Retriever, question: UnderstoodQuestion, plan: AnswerPlan): boolean =>
  plan.evidence !== undefined &&
  (plan.status === 'declined' ||
    question.followsUp ||
    question.facets.length > 1 ||
    primarySubtag(question.language) !== primarySubtag(documentLanguage(retriever)));

/**
 * The plan with the passages that the model's rewritings find beside its own, best first. What to quote without the model stays as
 * it was: only the model gets to see more.
 * @throws ModelFailure where the model fails
 */
export async function widenPassages(
  retriever: Retriever,
  model: ChatModel,
  understood: UnderstoodQuestion,
  request: AskRequest,
  plan: AnswerPlan,
  budget: ModelBudget,
  onDegraded: (error: unknown) => void,
): Promise<AnswerPlan> {
  const { question, history = [] } = request;
  const { documentIds, areAll } = documentsAsked(retriever.index, understood, request);
  const rewritings = await rewriteQuestion(model, { question, history, language: documentLanguage(retriever) }, budget);
  const best = new Map(plan.passages.map((passage) => [keyOf(passage), passage]));
  for (const rewriting of rewritings) {
    const rewritten = understandQuestion(rewriting, retriever.index);
    for (const passage of await retrievePassages(retriever, rewritten, areAll ? {} : { documentIds }, onDegraded)) {
      if (passage.similarity > (best.get(keyOf(passage))?.similarity ?? 0)) best.set(keyOf(passage), passage);
    }
  }
  const passages = [...best.values()].toSorted((a, b) => b.similarity - a.similarity || a.chunk - b.chunk);
  return { ...plan, passages, mayBeWritten: passages.length > 0 };
}

const keyOf = ({ documentId, paragraphId }: Passage) => `${documentId}#${paragraphId}`;
