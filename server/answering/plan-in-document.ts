import type { OpenIndex } from '../../ingest/index/open-generation.ts';
import type { SourceDocument } from '../../ingest/structure/document.ts';
import type { UnderstoodQuestion } from '../question/understand-question.ts';
import type { AskRequest } from '../wire.ts';
import { timeStage, UNOBSERVED } from './answer-observer.ts';
import type { AnswerPlan } from './answer-plan.ts';
import type { DraftSentence } from './draft.ts';
import { chooseSentences, sentenceText } from './evidence/choose-sentences.ts';
import type { Evidence } from './evidence/evidence.ts';
import { judgeEvidence, measureEvidence } from './evidence/judge-evidence.ts';
import { NamedTerms } from './evidence/named-terms.ts';
import { passagesToWeigh, weighSentences } from './evidence/weigh-evidence.ts';
import { quoteLeadingStatements, quoteMaking, quoteOverview, quoteParagraphs, quoteSentences } from './extract-answer.ts';
import { findPlace, type Place } from './find-place.ts';
import { type Passage, type PassageFilter, type Retriever, retrievePassages } from './retrieve-passages.ts';

/** By number → the paragraph; about the whole → the leading statements; else the sentences that retrieval finds. */
export async function planInDocument(
  retriever: Retriever,
  question: UnderstoodQuestion,
  request: AskRequest,
  document: SourceDocument,
  onDegraded: (error: unknown) => void,
): Promise<AnswerPlan> {
  const { index } = retriever;
  const place = question.reference ? findPlace(question, [document]) : undefined;
  if (place?.paragraphs.length === 0) return { status: 'declined', reason: 'no-such-paragraph', passages: [], mayBeWritten: false };
  if (!place && question.asksForSummary) return planned(quoteOverview(document));
  if (place?.isExact) return planned(quoteParagraphs(place.document, place.paragraphs));
  if (place && question.units.length === 0) return planned(quoteLeadingStatements(place.document, place.paragraphs));

  const makings = !place && question.asksOfMaking ? quoteMaking(document, question.asksFor) : [];
  if (makings.length > 0) return planned(makings);

  const filter: PassageFilter = place
    ? { documentIds: [document.documentId], paragraphIds: new Set(place.paragraphs.map(({ paragraphId }) => paragraphId)) }
    : { documentIds: index.documents.size > 1 ? [document.documentId] : undefined };
  const passages = await retrievePassages(retriever, question, filter, onDegraded);
  const section = question.asksForSection ? likeliestSection(document, passages) : place && summable(question, place);
  const plan = timeStage(retriever.observer ?? UNOBSERVED, 'weigh', () => planFromPassages(index, question, request, passages));
  return section && (question.breadth === 'summary' || plan.status === 'declined')
    ? { ...planned(quoteLeadingStatements(section.document, section.paragraphs)), passages }
    : plan;
}

/** A named part may be told by its leading statements unless something in particular is asked of it. */
const summable = ({ asksFor }: UnderstoodQuestion, place: Place): Place | undefined => (asksFor.length === 0 ? place : undefined);

/** The part whose paragraphs are together most like the question. */
function likeliestSection(document: SourceDocument, passages: readonly Passage[]): Place | undefined {
  const sections = document.sections.map(({ sectionId }) => {
    const paragraphs = document.paragraphs.filter((paragraph) => paragraph.sectionId === sectionId);
    const ids = new Set(paragraphs.map(({ paragraphId }) => paragraphId));
    const likeness = passages
      .filter(({ documentId, paragraphId }) => documentId === document.documentId && ids.has(paragraphId))
      .reduce((sum, { similarity }) => sum + similarity, 0);
    // Long parts gather likeness by their length alone.
    return { document, paragraphs, likeness: likeness / Math.sqrt(Math.max(1, paragraphs.length)) };
  });
  return sections.toSorted((a, b) => b.likeness - a.likeness)[0];
}

const planned = (drafts: DraftSentence[]): AnswerPlan => ({ status: 'planned', drafts, passages: [], mayBeWritten: false });

export type WeighedAnswer = { sentences: number[]; evidence: Evidence; verdict: ReturnType<typeof judgeEvidence> };

/**
 * Which sentences of these passages answer best, and whether they answer at all.
 * @param top of one document, best first
 * @param named what they name, and maybe others
 */
export function weighAnswer(
  index: OpenIndex,
  question: UnderstoodQuestion,
  request: AskRequest,
  top: readonly Passage[],
  named: NamedTerms,
): WeighedAnswer {
  const told = question.asksForMore ? (request.history ?? []).filter(({ role }) => role === 'assistant').map(({ content }) => content) : [];
  const candidates = weighSentences(index, question, top, named).filter(
    ({ sentence }) => !told.some((content) => content.includes(sentenceText(index, sentence))),
  );
  const chosen = chooseSentences(index, question, candidates);
  const evidence = measureEvidence(index, question, candidates, chosen, named);
  return { sentences: chosen.map(({ sentence }) => sentence), evidence, verdict: judgeEvidence(question, evidence) };
}

function planFromPassages(index: OpenIndex, question: UnderstoodQuestion, request: AskRequest, passages: Passage[]): AnswerPlan {
  const top = passagesToWeigh(passages);
  const named = new NamedTerms(index, question.units, top);
  const { sentences, evidence, verdict } = weighAnswer(index, question, request, top, named);
  if (verdict !== 'answers') return { status: 'declined', reason: verdict, passages, mayBeWritten: verdict === 'no-evidence', evidence };
  return { status: 'planned', drafts: quoteSentences(index, sentences), passages, mayBeWritten: true, evidence };
}
