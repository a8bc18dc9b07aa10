import { labelParagraph } from '../../ingest/structure/label-paragraph.ts';
import { understandQuestion } from '../question/understand-question.ts';
import type { AskRequest, Language, PassageBody } from '../wire.ts';
import type { AnsweringDependencies } from './answer-question.ts';
import { citationUrl } from './citation-url.ts';
import { documentsAsked, findPlace } from './plan-answer.ts';
import { type Passage, retrievePassages } from './retrieve-passages.ts';

const DEFAULT_COUNT = 10;

/** The passages nearest to a query, best first, one a paragraph; a paragraph that the query names by number comes first. */
export async function searchPassages(
  { query, k = DEFAULT_COUNT, documentId, history }: { query: string; k?: number; documentId?: string; history?: AskRequest['history'] },
  { index, embeddingModel, publicUrl, onDegraded, observer, understand = understandQuestion }: AnsweringDependencies,
  signal?: AbortSignal,
): Promise<PassageBody[]> {
  const question = understand(query, index, history);
  const place = findPlace(question, documentsAsked(index, { documentId }));
  const named = (place?.paragraphs ?? []).map(({ paragraphId }): Passage | undefined => {
    const named = place?.document.documentId ?? '';
    const { start, end } = index.chunksOf(named);
    for (let chunk = start; chunk < end; chunk++)
      if (index.chunks.paragraphIdOf(chunk) === paragraphId) return { chunk, documentId: named, paragraphId, similarity: 1 };
    return undefined;
  });
  const retrieved = await retrievePassages({ index, embeddingModel, observer, signal }, question, { documentId }, onDegraded);
  const inPlace = new Set(place?.paragraphs.map(({ paragraphId }) => paragraphId));
  // Within a named part, what else the query says decides the order; an item named by number is exact.
  const ordered =
    place && !place.isExact && question.units.length > 0
      ? [...retrieved.filter(({ paragraphId }) => inPlace.has(paragraphId)), ...retrieved]
      : [...named, ...retrieved];
  const distinct = new Map<string, Passage>();
  for (const passage of ordered) {
    const key = `${passage?.documentId}#${passage?.paragraphId}`;
    if (passage && !distinct.has(key)) distinct.set(key, passage);
  }
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
        label: labelParagraph(document, paragraph, language),
        text: paragraph.text.slice(start, end),
        start,
        end,
        similarity,
        url: citationUrl(publicUrl, document, paragraph, span),
      },
    ];
  }
}
