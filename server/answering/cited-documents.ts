import type { SourceDocument } from '../../ingest/structure/document.ts';
import type { CitedDocument, Language } from '../wire.ts';

type Place = { documentId: string; paragraphId: string };

/** The documents that these places are in, each with its editor's notes to them, in the order of the places; with their dates where several are asked. */
export function citedDocuments(
  places: readonly Place[],
  documents: ReadonlyMap<string, Pick<SourceDocument, 'title' | 'date' | 'language' | 'notes'>>,
  language: Language,
  tellsDates = false,
): CitedDocument[] {
  return [...new Set(places.map(({ documentId }) => documentId))].flatMap((documentId): CitedDocument[] => {
    const document = documents.get(documentId);
    if (!document) return [];
    const notes = places.flatMap((place): [string, string][] => {
      const note = place.documentId === documentId ? document.notes?.[place.paragraphId]?.[language] : undefined;
      return note === undefined ? [] : [[place.paragraphId, note]];
    });
    const { title, date, language: own } = document;
    const cited = { documentId, title, ...(tellsDates && date !== undefined ? { date } : {}), language: own };
    return [notes.length > 0 ? { ...cited, notes: Object.fromEntries(notes) } : cited];
  });
}
