import type { OpenIndex } from '../../ingest/index/open-generation.ts';
import type { Paragraph } from '../../ingest/structure/document.ts';
import { understandQuestion } from '../question/understand-question.ts';
import type { AskRequest, Language, PassageBody } from '../wire.ts';
import type { AnsweringDependencies } from './answer-question.ts';
import { citationUrl } from './citation-url.ts';
import { documentsAsked, tellsDocuments } from './documents/documents-asked.ts';
import { labelPlace } from './documents/name-document.ts';
import { MOST_LOOKED_INTO } from './documents/plan-across-documents.ts';
import { findPlace } from './find-place.ts';
import { type Passage, retrievePassages } from './retrieve-passages.ts';

const DEFAULT_COUNT = 10;

type SearchRequest = Pick<AskRequest, 'documentId' | 'documentIds' | 'history'> & { query: string; k?: number };

/** The passages nearest to a query, best first, one a paragraph; a paragraph that the query names by number comes first. */
export async function searchPassages(
  { query, k = DEFAULT_COUNT, history, ...pinned }: SearchRequest,
  { index, embeddingModel, publicUrl, onDegraded, observer, understand = understandQuestion }: AnsweringDependencies,
  signal?: AbortSignal,
): Promise<PassageBody[]> {
  const question = understand(query, index, history);
  const asked = documentsAsked(index, question, pinned);
  // What is searched for a document that is not there is found elsewhere, if at all.
  const { documentIds, areAll } = asked.documentIds.length > 0 ? asked : documentsAsked(index, { talkedAbout: [] }, pinned);
  const documents = documentIds.slice(0, MOST_LOOKED_INTO).flatMap((documentId) => index.documents.get(documentId) ?? []);
  const places = documents.flatMap((document) => findPlace(question, [document]) ?? []);
  const named = places.flatMap(({ document, paragraphs }) =>
    paragraphs.flatMap((paragraph) => passageOf(index, document.documentId, paragraph)),
  );
  const retrieved = await retrievePassages(
    { index, embeddingModel, observer, signal },
    question,
    areAll ? {} : { documentIds },
    onDegraded,
  );
  const inPlace = new Set(named.map(keyOf));
  // Within a named part, what else the query says decides the order; an item named by number is exact.
  const ordered =
    question.units.length > 0 && places.some(({ isExact }) => !isExact)
      ? [...retrieved.filter((passage) => inPlace.has(keyOf(passage))), ...retrieved]
      : [...named, ...retrieved];
  const tells = tellsDocuments(index, pinned);
  const distinct = new Map<string, Passage>();
  for (const passage of ordered) if (!distinct.has(keyOf(passage))) distinct.set(keyOf(passage), passage);
  return [...distinct.values()].slice(0, k).flatMap((passage) => toBody(passage, question.language));

  function toBody({ chunk, paragraphId, similarity, documentId: id }: Passage, language: Language): PassageBody[] {
    const document = index.documents.get(id);
    const paragraph = index.paragraph(id, paragraphId);
    const span = index.chunks.at(chunk);
    if (!document || !paragraph || !span) return [];
    const { start, end } = span;
    return [
      {
        documentId: id,
        paragraphId,
        label: labelPlace(index, id, paragraphId, language, tells),
        text: paragraph.text.slice(start, end),
        start,
        end,
        similarity,
        url: citationUrl(publicUrl, document, paragraph, span),
      },
    ];
  }
}

const keyOf = ({ documentId, paragraphId }: Passage) => `${documentId}#${paragraphId}`;

/** The first chunk of a paragraph that a query names by number: exactly what was looked for. */
function passageOf(index: OpenIndex, documentId: string, { paragraphId }: Paragraph): Passage[] {
  const { start, end } = index.chunksOf(documentId);
  for (let chunk = start; chunk < end; chunk++)
    if (index.chunks.paragraphIdOf(chunk) === paragraphId) return [{ chunk, documentId, paragraphId, similarity: 1 }];
  return [];
}
