import type { SourceDocument } from '../../ingest/structure/document.ts';
import type { Language } from '../wire.ts';
import { askerOfOne, askForParagraph, askForPart, type PlaceQuestion, paragraphsOf } from './place-question.ts';

/** How many questions are made from a document's structure. */
const MOST_QUESTIONS = 3;

/** What to ask of a document first: the editor's questions in that language, else what its first parts, items or paragraphs say. */
export function suggestFirstQuestions(document: SourceDocument, language: Language): string[] {
  const editors = document.questions?.[language] ?? [];
  if (editors.length > 0) return editors;
  const questions: string[] = [];
  for (const asked of askInReadingOrder(document, language)) {
    if (asked) questions.push(asked.question);
    if (questions.length === MOST_QUESTIONS) break;
  }
  return questions;
}

function* askInReadingOrder(document: SourceDocument, language: Language): Generator<PlaceQuestion | undefined> {
  const asker = askerOfOne(language);
  const parts = document.sections.filter(({ kind }) => kind === 'part');
  for (const part of parts) yield askForPart(document, part, asker);
  const body = document.sections.find(({ kind }) => kind === 'body');
  if (!body) return;
  const paragraphs = paragraphsOf(document, body);
  const items = paragraphs.filter((paragraph) => paragraph.items.length === 1);
  for (const paragraph of items.length > 0 ? items : paragraphs) yield askForParagraph(document, paragraph, asker);
}
