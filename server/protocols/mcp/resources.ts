import { type McpServer, ProtocolError, ProtocolErrorCode, ResourceNotFoundError, ResourceTemplate } from '@modelcontextprotocol/server';
import type { OpenIndex } from '../../../ingest/index/open-generation.ts';
import type { McpDependencies } from './mcp-dependencies.ts';
import { allPlaces, DOCUMENT_URI, findPlace, PARAGRAPH_URI, type Place, placeId, placeText, placeTitle, placeUri } from './place.ts';
import { orProtocolError } from './tell-failure.ts';

const PAGE = 100;
const PLAIN_TEXT = 'text/plain';

/** Each document and each paragraph as a resource: its exact text. */
export function addResources(server: McpServer, { answering, onFailure }: McpDependencies): void {
  const documentIds = (value: string) => [...answering().index.documents.keys()].filter((id) => id.startsWith(value));
  const paragraphIds = (value: string, documentId: string | undefined) =>
    (answering().index.documents.get(documentId ?? '')?.paragraphs ?? [])
      .map((each) => each.paragraphId)
      .filter((id) => id.startsWith(value));
  const complete = {
    documentId: (value: string) => orProtocolError(onFailure, () => documentIds(value)),
    paragraphId: (value: string, context?: { arguments?: Record<string, string> }) =>
      orProtocolError(onFailure, () => paragraphIds(value, context?.arguments?.['documentId'])),
  };
  const read = (uri: URL, { documentId, paragraphId }: Record<string, string | string[] | undefined>) =>
    orProtocolError(onFailure, () => {
      const place = findPlace(answering().index, String(documentId), paragraphId === undefined ? undefined : String(paragraphId));
      if (!place) throw new ResourceNotFoundError(uri.href);
      return { contents: [{ uri: uri.href, mimeType: PLAIN_TEXT, text: placeText(place) }] };
    });

  server.registerResource(
    'document',
    new ResourceTemplate(DOCUMENT_URI, { list: undefined, complete: { documentId: complete.documentId } }),
    { title: 'Document', description: 'The exact text of a whole document.', mimeType: PLAIN_TEXT },
    read,
  );
  server.registerResource(
    'paragraph',
    new ResourceTemplate(PARAGRAPH_URI, { list: undefined, complete }),
    { title: 'Paragraph', description: 'The exact text of one paragraph.', mimeType: PLAIN_TEXT },
    read,
  );
  // In place of the SDK's own, which lists everything at once: a collection may have 100,000 paragraphs.
  server.server.setRequestHandler('resources/list', ({ params }) =>
    orProtocolError(onFailure, () => listPage(answering().index, params?.cursor)),
  );
}

/** One page. A cursor is of one generation of the index: after a switch it would skip or repeat places. */
function listPage(index: OpenIndex, cursor: string | undefined) {
  const { generation } = index.manifest;
  const start = cursor === undefined ? 0 : offsetIn(cursor, generation);
  const resources = [];
  let at = 0;
  for (const place of allPlaces(index)) {
    if (at >= start + PAGE) return { resources, nextCursor: `${generation}/${at}` };
    if (at++ >= start) resources.push(resourceOf(place));
  }
  return { resources };
}

function offsetIn(cursor: string, generation: string): number {
  const [of, offset = ''] = cursor.split('/', 2);
  if (of !== generation || !/^\d{1,9}$/.test(offset))
    throw new ProtocolError(ProtocolErrorCode.InvalidParams, 'The cursor is not valid any more. List again without a cursor.');
  return Number(offset);
}

const resourceOf = (place: Place) => ({
  uri: placeUri(place),
  name: placeId(place.document.documentId, place.paragraph?.paragraphId),
  title: placeTitle(place),
  mimeType: PLAIN_TEXT,
});
