import { normalizeText } from '../../ingest/text/normalize-text.ts';
import type { AnsweringDependencies } from '../answering/answer-question.ts';
import { type Passage, retrievePassages } from '../answering/retrieve-passages.ts';
import { type CataloguedDocument, catalogueOf } from '../question/documents/document-catalogue.ts';
import { findNamedDocuments } from '../question/documents/name-documents.ts';
import { shadowOf, understandQuestion } from '../question/understand-question.ts';

/** What is looked for among the documents; without anything all are found. */
export type DocumentSearch = { q?: string; year?: string };

/** A document that was found, by its title, date or place, or by a passage of its text. */
export type FoundDocument = { documentId: string; date: string | undefined; passage?: Passage };

/** A passage shows that a document is about what is looked for if it is this much like it, and this much of the best one's likeness. */
const LEAST_SIMILARITY = 0.15;
const NEARLY_BEST = 0.5;

/**
 * The documents that a search finds: first those that it names, by title, date or place, the newest first; then those whose text speaks
 * of it, the most like it first.
 */
export async function findDocuments(
  { q = '', year }: DocumentSearch,
  { index, embeddingModel, observer, onDegraded }: AnsweringDependencies,
  signal?: AbortSignal,
): Promise<FoundDocument[]> {
  const catalogue = catalogueOf(index);
  const all = year === undefined ? catalogue.newestFirst : catalogue.ofYear(year);
  const query = q.trim();
  if (query === '') return all.map(toFound);
  const named = namedBy(query, all, catalogue.hasSeveral ? findNamedDocuments(shadowOf(query), catalogue)?.documentIds : undefined);
  const isNamed = new Set(named.map(({ documentId }) => documentId));
  const documentIds = year === undefined ? undefined : all.map(({ documentId }) => documentId);
  const question = understandQuestion(query, index);
  const passages = await retrievePassages({ index, embeddingModel, observer, signal }, question, { documentIds }, onDegraded);
  const best = new Map<string, Passage>();
  for (const passage of passages) if (!best.has(passage.documentId)) best.set(passage.documentId, passage);
  const least = Math.max(LEAST_SIMILARITY, NEARLY_BEST * (passages[0]?.similarity ?? 0));
  const told = [...best.values()].filter(({ documentId, similarity }) => similarity >= least && !isNamed.has(documentId));
  return [
    ...named.map(toFound),
    ...told.map((passage) => ({ documentId: passage.documentId, date: catalogue.get(passage.documentId)?.date, passage })),
  ];
}

const toFound = ({ documentId, date }: CataloguedDocument): FoundDocument => ({ documentId, date });

/** Documents that a search names, or whose title, date and place have all its words. */
function namedBy(query: string, documents: readonly CataloguedDocument[], named: readonly string[] = []): CataloguedDocument[] {
  const words = normalizeText(query)
    .split(/[\s,，、。《》“”"«»]+/u)
    .filter((word) => word !== '');
  const isNamed = new Set(named);
  const hasAll = ({ title, date = '', place = '' }: CataloguedDocument) => {
    const facts = `${title} ${date} ${date.slice(0, 4)}年 ${place}`;
    return words.length > 0 && words.every((word) => facts.includes(word));
  };
  return documents.filter((document) => isNamed.has(document.documentId) || hasAll(document));
}
