import type { OpenIndex } from '../../../ingest/index/open-generation.ts';
import { catalogueOf } from '../../question/documents/document-catalogue.ts';
import { yearsIn } from '../../question/documents/name-documents.ts';
import type { UnderstoodQuestion } from '../../question/understand-question.ts';
import type { AbstentionReason, AskRequest } from '../../wire.ts';
import { phrasesIn } from '../answer-phrases.ts';
import { findPlace } from '../find-place.ts';
import { type DocumentsAsked, documentsAsked } from './documents-asked.ts';
import { nameDocument, nameInQuestion } from './name-document.ts';
import { MOST_LOOKED_INTO } from './plan-across-documents.ts';

/** Documents or years that are offered where the question does not say which it means, or means none that there is. */
const MOST_OFFERED = 3;

/** What to say behind the reason of an abstention, what to ask instead, and the documents that are meant. */
export type Explanation = { told: string; followUps: string[]; documentIds: readonly string[] };

/** Tells who named no document, or none that is there, which there are. */
export function explainAbstention(
  reason: AbstentionReason,
  index: OpenIndex,
  question: UnderstoodQuestion,
  request: AskRequest,
): Explanation {
  // What is asked without what the question names.
  const asked = documentsAsked(index, { talkedAbout: [] }, request);
  if (reason === 'which-document') return offerDocuments(index, question, request, asked);
  if (reason === 'no-such-document') return offerYears(index, question, request, asked);
  return { told: '', followUps: [], documentIds: [] };
}

function offerDocuments(index: OpenIndex, question: UnderstoodQuestion, request: AskRequest, { documentIds }: DocumentsAsked): Explanation {
  const { language } = question;
  const phrases = phrasesIn(language);
  const meant = documentIds.slice(0, MOST_LOOKED_INTO).flatMap((documentId) => index.documents.get(documentId) ?? []);
  const having = question.reference ? meant.filter((document) => (findPlace(question, [document])?.paragraphs.length ?? 0) > 0) : meant;
  const offered = having.slice(0, MOST_OFFERED);
  const names = offered.map((document) => nameInQuestion(document, language, catalogueOf(index)));
  return {
    told: phrases.documentsThere(
      offered.map((document) => nameDocument(document, language)),
      documentIds.length,
    ),
    followUps: names.map((name) =>
      question.asksForSummary && !question.reference ? phrases.summarise(name) : phrases.askInstead(request.question, name),
    ),
    documentIds: offered.map(({ documentId }) => documentId),
  };
}

function offerYears(
  index: OpenIndex,
  { language, documents }: UnderstoodQuestion,
  { question }: AskRequest,
  { documentIds, areAll }: DocumentsAsked,
): Explanation {
  const catalogue = catalogueOf(index);
  const held = areAll ? catalogue.years : yearsIn(documentIds.map((documentId) => catalogue.get(documentId)?.date ?? '').join(' '));
  const [named = ''] = yearsIn([...(documents?.missingYears ?? []), ...(documents?.matched ?? [])].join(' '));
  const distance = (year: string) => Math.abs(Number(year) - Number(named));
  const nearest = held.toSorted((a, b) => distance(a) - distance(b)).slice(0, MOST_OFFERED);
  return {
    told: held.length > 0 ? phrasesIn(language).yearsThere(nearest.toSorted().toReversed()) : '',
    followUps:
      named === ''
        ? []
        : nearest.filter((year) => year !== named && question.includes(named)).map((year) => question.replaceAll(named, year)),
    // Documents of that name may be held, but not be asked here.
    documentIds: (documents?.documentIds ?? []).slice(0, MOST_OFFERED),
  };
}
