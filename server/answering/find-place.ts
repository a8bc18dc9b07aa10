import type { Paragraph, SourceDocument } from '../../ingest/structure/document.ts';
import { resolveReference, type StructuralReference } from '../question/resolve-reference.ts';
import type { UnderstoodQuestion } from '../question/understand-question.ts';

/** Whether a single item or paragraph is meant. */
export const isExact = ({ items, paragraph }: StructuralReference): boolean => items !== undefined || paragraph !== undefined;

export type Place = { document: SourceDocument; paragraphs: Paragraph[] };

/** The place a question names, in the first document that has it; `isExact` when a single item or paragraph is meant. */
export function findPlace(
  { reference }: Pick<UnderstoodQuestion, 'reference'>,
  documents: readonly SourceDocument[],
): (Place & { isExact: boolean }) | undefined {
  const [first] = documents;
  if (!reference || !first) return undefined;
  for (const document of documents) {
    const paragraphs = resolveReference(reference, document);
    if (paragraphs.length > 0) return { document, paragraphs, isExact: isExact(reference) };
  }
  return { document: first, paragraphs: [], isExact: isExact(reference) };
}
