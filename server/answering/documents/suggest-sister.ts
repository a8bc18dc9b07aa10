import type { OpenIndex } from '../../../ingest/index/open-generation.ts';
import { catalogueOf } from '../../question/documents/document-catalogue.ts';
import type { UnderstoodQuestion } from '../../question/understand-question.ts';
import type { AskRequest, Citation } from '../../wire.ts';
import { phrasesIn } from '../answer-phrases.ts';
import { documentsAsked } from './documents-asked.ts';
import { nameInQuestion } from './name-document.ts';

/**
 * Asks the same of another document of that title or kind, where the question named the one that answers: of the next older one, or
 * of the newest where none is older.
 */
export function suggestSister(
  index: OpenIndex,
  { documents, language }: UnderstoodQuestion,
  request: AskRequest,
  citations: readonly Citation[],
): string[] {
  const catalogue = catalogueOf(index);
  const [cited, another] = new Set(citations.map(({ documentId }) => documentId));
  const own = cited === undefined || another !== undefined ? undefined : catalogue.get(cited);
  if (!documents || !own) return [];
  const sisters = documentsAsked(index, { talkedAbout: [] }, request).documentIds.flatMap((documentId) => {
    const sister = catalogue.get(documentId);
    const isSister = sister && sister !== own && (sister.title === own.title || (sister.kind !== undefined && sister.kind === own.kind));
    return isSister && sister.date !== undefined ? [sister] : [];
  });
  const { date = '' } = own;
  const sister = sisters.find((other) => (other.date ?? '') < date) ?? sisters[0];
  return sister ? [phrasesIn(language).whatAbout(nameInQuestion(sister, language, catalogue))] : [];
}
