import type { OpenIndex } from '../../../ingest/index/open-generation.ts';
import type { SourceDocument } from '../../../ingest/structure/document.ts';
import { catalogueOf } from '../../question/documents/document-catalogue.ts';
import type { UnderstoodQuestion } from '../../question/understand-question.ts';
import type { AbstentionReason, AskRequest } from '../../wire.ts';
import { timeStage, UNOBSERVED } from '../answer-observer.ts';
import type { AnswerPlan } from '../answer-plan.ts';
import { NamedTerms } from '../evidence/named-terms.ts';
import { passagesToWeigh } from '../evidence/weigh-evidence.ts';
import { findPlace, isExact } from '../find-place.ts';
import { planInDocument, type WeighedAnswer, weighAnswer } from '../plan-in-document.ts';
import { type Passage, type Retriever, retrievePassages } from '../retrieve-passages.ts';
import type { DocumentsAsked } from './documents-asked.ts';
import { draftEachDocument } from './fold-duplicates.ts';

/** Documents that are looked into for a place or a making; where more are asked, the asker has to say which is meant. */
export const MOST_LOOKED_INTO = 12;
/** Documents that one answer quotes. */
const MOST_ANSWERING = 4;
/** Documents whose sentences are weighed. */
const MOST_WEIGHED = 6;
/** A document whose best passage is less like the question than this share of the best of all is not asked, unless by name. */
const NEARLY_AS_LIKE = 0.8;

/** Lets each of several documents answer for itself, the newest first: what one says is never mixed with what another says. */
export async function planAcrossDocuments(
  retriever: Retriever,
  question: UnderstoodQuestion,
  request: AskRequest,
  asked: DocumentsAsked,
  onDegraded: (error: unknown) => void,
): Promise<AnswerPlan> {
  const { index } = retriever;
  const isOfEach = question.reference !== undefined || question.asksForSummary || question.asksOfMaking;
  if (isOfEach) {
    const answering = documentsThatCan(index, question, asked);
    if (typeof answering === 'string') return declined(answering);
    const plans: AnswerPlan[] = [];
    for (const document of answering) plans.push(await planInDocument(retriever, question, request, document, onDegraded));
    return joined(plans);
  }
  const filter = asked.areAll ? {} : { documentIds: asked.documentIds };
  const passages = await retrievePassages(retriever, question, filter, onDegraded);
  return timeStage(retriever.observer ?? UNOBSERVED, 'weigh', () => planFromEach(index, question, request, asked, passages));
}

const declined = (reason: AbstentionReason): AnswerPlan => ({ status: 'declined', reason, passages: [], mayBeWritten: false });

/** The documents that have the place, or that are to be told as a whole; why none answers where it must be said which is meant. */
function documentsThatCan(
  { documents }: OpenIndex,
  question: UnderstoodQuestion,
  { documentIds, areNamed }: DocumentsAsked,
): SourceDocument[] | AbstentionReason {
  if (documentIds.length > MOST_LOOKED_INTO || (question.reference === undefined && question.asksForSummary && !areNamed))
    return 'which-document';
  const all = documentIds.flatMap((documentId) => documents.get(documentId) ?? []);
  const answering = question.reference ? all.filter((document) => (findPlace(question, [document])?.paragraphs.length ?? 0) > 0) : all;
  if (answering.length === 0) return 'no-such-paragraph';
  // A whole part of several documents would be a wall of quotes.
  const isWholePart = question.reference !== undefined && !isExact(question.reference) && question.units.length === 0;
  return answering.length > (isWholePart ? 1 : MOST_ANSWERING) ? 'which-document' : answering;
}

/** What several documents say, one after another; declined only where all of them do not answer. */
function joined(plans: readonly AnswerPlan[]): AnswerPlan {
  const [first] = plans;
  const drafts = plans.flatMap((plan) => (plan.status === 'planned' ? plan.drafts : []));
  if (drafts.length === 0 && first) return first;
  return { status: 'planned', drafts, passages: plans.flatMap(({ passages }) => passages), mayBeWritten: false };
}

type Answering = WeighedAnswer & { documentId: string };

function planFromEach(
  index: OpenIndex,
  question: UnderstoodQuestion,
  request: AskRequest,
  { documentIds, areNamed }: DocumentsAsked,
  passages: Passage[],
): AnswerPlan {
  const nearest = passages[0]?.documentId ?? documentIds[0] ?? '';
  const { best, others } = weighEach(index, question, request, nearest, areNamed, passages);
  const weighed = [best, ...others];
  const answering = weighed.filter(({ verdict }) => verdict === 'answers');
  const { evidence, verdict } = answering[0] ?? best;
  if (verdict !== 'answers') return { status: 'declined', reason: verdict, passages, mayBeWritten: verdict === 'no-evidence', evidence };
  const catalogue = catalogueOf(index);
  const newestFirst = answering.toSorted((a, b) => catalogue.compareAge(a.documentId, b.documentId));
  const drafts = draftEachDocument(index, newestFirst.slice(0, MOST_ANSWERING), passages);
  const isSilent = (documentId: string) => !answering.some((other) => other.documentId === documentId);
  const silent = areNamed && documentIds.length <= MOST_WEIGHED ? documentIds.filter(isSilent) : [];
  return { status: 'planned', drafts, passages, mayBeWritten: true, evidence, ...(silent.length > 0 ? { silent } : {}) };
}

/** Weighs the nearest document, and the newest others that come near it, each by its own passages. */
function weighEach(
  index: OpenIndex,
  question: UnderstoodQuestion,
  request: AskRequest,
  nearest: string,
  areNamed: boolean,
  passages: readonly Passage[],
): { best: Answering; others: Answering[] } {
  const near = nearlyAsLike(index, passages, areNamed).filter((documentId) => documentId !== nearest);
  const others = near.slice(0, MOST_WEIGHED - 1);
  const tops = passagesOf([nearest, ...others], passages);
  const named = new NamedTerms(index, question.units, [...tops.values()].flat());
  const weigh = (documentId: string): Answering => ({
    documentId,
    ...weighAnswer(index, question, request, tops.get(documentId) ?? [], named),
  });
  return { best: weigh(nearest), others: others.map(weigh) };
}

/** Those passages of each of these documents whose sentences are weighed. */
function passagesOf(documentIds: readonly string[], passages: readonly Passage[]): Map<string, readonly Passage[]> {
  const groups = new Map(documentIds.map((documentId): [string, Passage[]] => [documentId, []]));
  for (const passage of passages) groups.get(passage.documentId)?.push(passage);
  return new Map([...groups].map(([documentId, group]) => [documentId, passagesToWeigh(group)]));
}

/**
 * The documents whose passages come near the best, newest first; those asked by name all.
 * @param passages best first
 */
function nearlyAsLike(index: OpenIndex, passages: readonly Passage[], areNamed: boolean): string[] {
  const least = NEARLY_AS_LIKE * (passages[0]?.similarity ?? 0);
  const near = new Set<string>();
  for (const { documentId, similarity } of passages) if (areNamed || similarity >= least) near.add(documentId);
  return catalogueOf(index).sortNewestFirst([...near]);
}
