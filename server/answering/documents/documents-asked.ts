import type { OpenIndex } from '../../../ingest/index/open-generation.ts';
import { YoujuError } from '../../../ingest/youju-error.ts';
import { catalogueOf } from '../../question/documents/document-catalogue.ts';
import type { UnderstoodQuestion } from '../../question/understand-question.ts';
import type { AskRequest } from '../../wire.ts';

/** The documents that a question is put to, newest first. */
export type DocumentsAsked = {
  documentIds: readonly string[];
  /** All that there are: nothing need be left out of a search. */
  areAll: boolean;
  /** The question, or what it leans on, names these and no others. */
  areNamed: boolean;
};

type Pinned = Pick<AskRequest, 'documentId' | 'documentIds'>;

/** The documents that a client asks, each once; `undefined` for all. */
export const documentsPinned = ({ documentId, documentIds = [] }: Pinned): readonly string[] | undefined => {
  const pinned = new Set(documentId === undefined ? documentIds : [documentId, ...documentIds]);
  return pinned.size === 0 ? undefined : [...pinned];
};

/** @throws YoujuError `unknown-document` */
export function requireKnown(index: OpenIndex, pinned: Pinned): void {
  const unknown = documentsPinned(pinned)?.find((documentId) => !index.documents.has(documentId));
  if (unknown !== undefined) throw new YoujuError('unknown-document', `no document “${unknown}”: GET /api/documents lists them`);
}

/**
 * Of the documents that the client asks, those that the question names; where it names none but needs one (“sum it up”), those of
 * the answer before. Empty where what it names is not among them.
 */
export function documentsAsked(
  index: OpenIndex,
  { documents, talkedAbout }: Pick<UnderstoodQuestion, 'documents' | 'talkedAbout'>,
  request: Pinned,
): DocumentsAsked {
  const catalogue = catalogueOf(index);
  const pinned = documentsPinned(request);
  const isAsked = (documentId: string) => pinned === undefined || pinned.includes(documentId);
  if (documents) return { documentIds: documents.documentIds.filter(isAsked), areAll: false, areNamed: true };
  const before = talkedAbout.filter(isAsked);
  if (before.length > 0) return { documentIds: before, areAll: false, areNamed: true };
  if (pinned === undefined) return { documentIds: catalogue.documentIds, areAll: true, areNamed: false };
  return { documentIds: catalogue.sortNewestFirst(pinned), areAll: false, areNamed: false };
}

/** Whether answers must say which of several documents they quote. */
export const tellsDocuments = (index: OpenIndex, request: Pinned): boolean =>
  catalogueOf(index).hasSeveral && documentsPinned(request)?.length !== 1;
