import type { Paragraph, Section, SourceDocument } from '../../ingest/structure/document.ts';
import { labelParagraph, labelSection } from '../../ingest/structure/label-paragraph.ts';
import { findReference } from '../question/resolve-reference.ts';
import { shadowOf } from '../question/understand-question.ts';
import { IndexMemory } from '../question/word-memory.ts';
import type { Language } from '../wire.ts';
import { phrasesIn } from './answer-phrases.ts';
import { type AskedDocuments, findPlace } from './plan-answer.ts';

/** A question for what a place says, with the paragraphs that answer it. */
export type PlaceQuestion = { question: string; paragraphs: Paragraph[] };

/** The paragraphs of a section, in reading order. */
export const paragraphsOf = (document: SourceDocument, { sectionId }: Section): Paragraph[] =>
  document.paragraphs.filter((paragraph) => paragraph.sectionId === sectionId);

/** It depends on nothing but these documents and the language. */
const questions = new IndexMemory<{ question: PlaceQuestion | undefined }>();

/** Asks for a paragraph, or for an item with all that stands under it. */
export const askForParagraph = (
  documents: AskedDocuments,
  document: SourceDocument,
  paragraph: Paragraph,
  language: Language,
): PlaceQuestion | undefined => askFor(labelParagraph(document, paragraph, language), documents, document, paragraph, language);

/** Asks for a part as a whole. */
export function askForPart(
  documents: AskedDocuments,
  document: SourceDocument,
  part: Section,
  language: Language,
): PlaceQuestion | undefined {
  const [first] = paragraphsOf(document, part);
  return first && askFor(labelSection(part, language), documents, document, first, language);
}

/**
 * The question, if it leads where it should: put to these documents, it may mean another of them that has a place of that name, or
 * a place of the same name in this one. What does not lead back is not asked.
 */
function askFor(
  label: string,
  documents: AskedDocuments,
  document: SourceDocument,
  first: Paragraph,
  language: Language,
): PlaceQuestion | undefined {
  const key = `${language} ${document.documentId} ${first.paragraphId} ${label}`;
  return questions.recall(documents, key, () => ({ question: findQuestion(label, documents, document, first, language) })).question;
}

function findQuestion(
  label: string,
  documents: AskedDocuments,
  document: SourceDocument,
  first: Paragraph,
  language: Language,
): PlaceQuestion | undefined {
  const question = phrasesIn(language).askFor(label);
  const place = findPlace({ reference: findReference(shadowOf(question)) }, documents);
  const leadsBack = place?.document.documentId === document.documentId && place.paragraphs[0]?.paragraphId === first.paragraphId;
  return leadsBack ? { question, paragraphs: place.paragraphs } : undefined;
}
