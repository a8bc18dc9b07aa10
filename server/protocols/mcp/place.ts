import type { OpenIndex } from '../../../ingest/index/open-generation.ts';
import type { Paragraph, SourceDocument } from '../../../ingest/structure/document.ts';
import { labelParagraph } from '../../../ingest/structure/label-paragraph.ts';
import { documentUrl, paragraphUrl } from '../../answering/citation-url.ts';
import { documentLanguage } from '../../answering/document-language.ts';
import { titlesFrom } from '../list-sources.ts';

/** What MCP clients can fetch: a document, or one paragraph of it. */
export type Place = { document: SourceDocument; paragraph?: Paragraph };

const ID_SEPARATOR = '#';

/** `<documentId>#<paragraphId>` of a paragraph, `<documentId>` of a document: what `search` gives and `fetch` takes. */
export const placeId = (documentId: string, paragraphId?: string): string =>
  paragraphId === undefined ? documentId : `${documentId}${ID_SEPARATOR}${paragraphId}`;

/**
 * The resource of a place. Not the page's https URL: a client that meets one may fetch it itself, past the protocol, and would get
 * a page in place of the exact text (https://modelcontextprotocol.io/specification/2025-11-25/server/resources#common-uri-schemes);
 * and over stdio there may be no page at all. Ids are slugs: nothing needs escaping.
 */
export const DOCUMENT_URI = 'youju://documents/{documentId}';
export const PARAGRAPH_URI = 'youju://documents/{documentId}/paragraphs/{paragraphId}';

export const placeUri = ({ document, paragraph }: Place): string =>
  (paragraph ? PARAGRAPH_URI.replace('{paragraphId}', paragraph.paragraphId) : DOCUMENT_URI).replace('{documentId}', document.documentId);

export function findPlace(index: OpenIndex, documentId: string, paragraphId?: string): Place | undefined {
  const document = index.documents.get(documentId);
  if (!document || paragraphId === undefined) return document && { document };
  const paragraph = index.paragraph(documentId, paragraphId);
  return paragraph && { document, paragraph };
}

export function findPlaceById(index: OpenIndex, id: string): Place | undefined {
  const [documentId = '', ...rest] = id.split(ID_SEPARATOR);
  return findPlace(index, documentId, rest.length > 0 ? rest.join(ID_SEPARATOR) : undefined);
}

/** Each document, followed by its paragraphs. */
export function* allPlaces(index: OpenIndex): Generator<Place> {
  for (const document of index.documents.values()) {
    yield { document };
    for (const paragraph of document.paragraphs) yield { document, paragraph };
  }
}

/** The label of a paragraph in the document's own language, where we have labels in it. */
export const placeLabel = ({ document, paragraph }: Place): string | undefined =>
  paragraph && labelParagraph(document, paragraph, documentLanguage(document));

export function placeTitle(place: Place): string {
  const { documentId, title } = place.document;
  const label = placeLabel(place);
  return label === undefined ? title : titlesFrom(new Map([[documentId, place.document]]))({ documentId, label });
}

export const placeText = ({ document, paragraph }: Place): string => (paragraph ?? document).text;

export const placeUrl = (publicUrl: string, { document: { documentId }, paragraph }: Place): string =>
  paragraph ? paragraphUrl(publicUrl, documentId, paragraph.paragraphId) : documentUrl(publicUrl, documentId);
