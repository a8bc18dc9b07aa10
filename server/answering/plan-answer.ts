import type { OpenIndex } from '../../ingest/index/open-generation.ts';
import type { Paragraph, SourceDocument } from '../../ingest/structure/document.ts';
import { resolveReference } from '../question/resolve-reference.ts';
import type { UnderstoodQuestion } from '../question/understand-question.ts';
import type { AbstentionReason, AskRequest } from '../wire.ts';
import { timeStage, UNOBSERVED } from './answer-observer.ts';
import type { DraftSentence } from './draft.ts';
import { chooseSentences, sentenceText } from './evidence/choose-sentences.ts';
import type { Evidence } from './evidence/evidence.ts';
import { judgeEvidence, measureEvidence } from './evidence/judge-evidence.ts';
import { weighSentences } from './evidence/weigh-evidence.ts';
import { quoteLeadingStatements, quoteMaking, quoteOverview, quoteParagraphs, quoteSentences } from './extract-answer.ts';
import { type Passage, type PassageFilter, type Retriever, retrievePassages } from './retrieve-passages.ts';

/**
 * What to answer with, decided without a model. `mayBeWritten`: a chat model may write the answer from the passages; a
 * question by number is answered by the paragraph itself. `evidence`: what the decision was made on, where any was weighed.
 */
export type AnswerPlan = { passages: Passage[]; mayBeWritten: boolean; evidence?: Evidence } & (
  | { status: 'planned'; drafts: DraftSentence[] }
  | { status: 'declined'; reason: AbstentionReason }
);

/** By number → the paragraph; about the whole → the leading statements; else the sentences that retrieval finds. */
export async function planAnswer(
  retriever: Retriever,
  question: UnderstoodQuestion,
  request: AskRequest,
  onDegraded: (error: unknown) => void,
): Promise<AnswerPlan> {
  const { index } = retriever;
  const documents = documentsAsked(index, request);
  if (question.isNoQuestion) return { status: 'declined', reason: 'off-topic', passages: [], mayBeWritten: false };
  if (question.asksAboutOtherDocument) return { status: 'declined', reason: 'no-evidence', passages: [], mayBeWritten: false };
  const place = question.reference ? findPlace(question, documents) : undefined;
  if (place?.paragraphs.length === 0) return { status: 'declined', reason: 'no-such-paragraph', passages: [], mayBeWritten: false };
  const [first] = documents.values();
  if (!place && question.asksForSummary && first) return planned(quoteOverview(first));
  if (place?.isExact) return planned(quoteParagraphs(place.document, place.paragraphs));
  if (place && question.units.length === 0) return planned(quoteLeadingStatements(place.document, place.paragraphs));

  const makings =
    !place && question.asksOfMaking ? [...documents.values()].flatMap((document) => quoteMaking(document, question.asksFor)) : [];
  if (makings.length > 0) return planned(makings);

  const filter: PassageFilter = place
    ? { documentId: place.document.documentId, paragraphIds: new Set(place.paragraphs.map(({ paragraphId }) => paragraphId)) }
    : { documentId: request.documentId };
  const passages = await retrievePassages(retriever, question, filter, onDegraded);
  const section = question.asksForSection ? likeliestSection(documents, passages) : place && summable(question, place);
  const plan = timeStage(retriever.observer ?? UNOBSERVED, 'weigh', () => planFromPassages(index, question, request, passages));
  return section && (question.breadth === 'summary' || plan.status === 'declined')
    ? { ...planned(quoteLeadingStatements(section.document, section.paragraphs)), passages }
    : plan;
}

type Place = { document: SourceDocument; paragraphs: Paragraph[] };

/** A named part may be told by its leading statements unless something in particular is asked of it. */
const summable = ({ asksFor }: UnderstoodQuestion, place: Place): Place | undefined => (asksFor.length === 0 ? place : undefined);

/** The part whose paragraphs are together most like the question. */
function likeliestSection(documents: AskedDocuments, passages: readonly Passage[]): Place | undefined {
  const found = [...new Set(passages.map(({ documentId }) => documentId))].flatMap((documentId) => documents.get(documentId) ?? []);
  const sections = (found.length > 0 ? found : [...documents.values()].slice(0, 1)).flatMap((document) =>
    document.sections.map(({ sectionId }) => {
      const paragraphs = document.paragraphs.filter((paragraph) => paragraph.sectionId === sectionId);
      const ids = new Set(paragraphs.map(({ paragraphId }) => paragraphId));
      const likeness = passages
        .filter(({ documentId, paragraphId }) => documentId === document.documentId && ids.has(paragraphId))
        .reduce((sum, { similarity }) => sum + similarity, 0);
      // Long parts gather likeness by their length alone.
      return { document, paragraphs, likeness: likeness / Math.sqrt(Math.max(1, paragraphs.length)) };
    }),
  );
  return sections.toSorted((a, b) => b.likeness - a.likeness)[0];
}

const planned = (drafts: DraftSentence[]): AnswerPlan => ({ status: 'planned', drafts, passages: [], mayBeWritten: false });

function planFromPassages(index: OpenIndex, question: UnderstoodQuestion, request: AskRequest, passages: Passage[]): AnswerPlan {
  const told = question.asksForMore ? (request.history ?? []).filter(({ role }) => role === 'assistant').map(({ content }) => content) : [];
  const candidates = weighSentences(index, question, passages).filter(
    ({ sentence }) => !told.some((content) => content.includes(sentenceText(index, sentence))),
  );
  const chosen = chooseSentences(index, question, candidates);
  const evidence = measureEvidence(index, question, candidates, chosen);
  const verdict = judgeEvidence(question, evidence);
  if (verdict !== 'answers') return { status: 'declined', reason: verdict, passages, mayBeWritten: verdict === 'no-evidence', evidence };
  const drafts = quoteSentences(
    index,
    chosen.map(({ sentence }) => sentence),
  );
  return { status: 'planned', drafts, passages, mayBeWritten: true, evidence };
}

/** The documents that a question is put to, by documentId. They are decoded as they are looked at, and there may be thousands. */
export type AskedDocuments = ReadonlyMap<string, SourceDocument>;

/** The one document that a question names, else all. */
export function documentsAsked(index: OpenIndex, { documentId }: Pick<AskRequest, 'documentId'>): AskedDocuments {
  if (documentId === undefined) return index.documents;
  const document = index.documents.get(documentId);
  return new Map(document ? [[documentId, document]] : []);
}

/** The place a question names, in the first document that has it; `isExact` when a single item or paragraph is meant. */
export function findPlace(
  { reference }: Pick<UnderstoodQuestion, 'reference'>,
  documents: AskedDocuments,
): (Place & { isExact: boolean }) | undefined {
  const [first] = documents.values();
  if (!reference || !first) return undefined;
  const isExact = reference.items !== undefined || reference.paragraph !== undefined;
  for (const document of documents.values()) {
    const paragraphs = resolveReference(reference, document);
    if (paragraphs.length > 0) return { document, paragraphs, isExact };
  }
  return { document: first, paragraphs: [], isExact };
}
