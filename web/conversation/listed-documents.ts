import { isFields } from './answer-events.ts';

/** A document that can be asked, as the chooser shows it. */
export type ListedDocument = { documentId: string; title: string; date: string | undefined; language: string };

/** Documents that are offered at a time; others are found by their title, year or place. */
const OFFERED = 20;

export type DocumentList = { documents: ListedDocument[]; total: number };

function readListed(value: unknown): ListedDocument[] {
  if (!isFields(value)) return [];
  const { documentId, title, date, language } = value;
  if (typeof documentId !== 'string' || typeof title !== 'string' || typeof language !== 'string') return [];
  return [{ documentId, title, date: typeof date === 'string' ? date : undefined, language }];
}

/** The newest documents, or those that a search finds. Choosing is an offer: where the list cannot be had, there is none. */
export async function fetchDocuments(server: string, search: string, signal: AbortSignal): Promise<DocumentList> {
  try {
    const url = new URL('/api/documents', server);
    url.searchParams.set('limit', String(OFFERED));
    if (search !== '') url.searchParams.set('q', search);
    const response = await fetch(url, { credentials: 'omit', signal });
    const body: unknown = response.ok ? await response.json() : undefined;
    if (!isFields(body) || !Array.isArray(body['documents'])) return { documents: [], total: 0 };
    const total = body['total'];
    const documents = body['documents'].flatMap(readListed);
    return { documents, total: typeof total === 'number' ? total : documents.length };
  } catch {
    return { documents: [], total: 0 };
  }
}
