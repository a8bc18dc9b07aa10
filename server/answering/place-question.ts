import type { Paragraph, Section, SourceDocument } from '../../ingest/structure/document.ts';
import { labelParagraph, labelSection } from '../../ingest/structure/label-paragraph.ts';
import { findReference, type StructuralReference } from '../question/resolve-reference.ts';
import { shadowOf } from '../question/understand-question.ts';
import { IndexMemory, WordMemory } from '../question/word-memory.ts';
import type { Language } from '../wire.ts';
import { phrasesIn } from './answer-phrases.ts';
import { findPlace } from './find-place.ts';

/** A question for what a place says, with the paragraphs that answer it. */
export type PlaceQuestion = { question: string; paragraphs: Paragraph[] };

/** The paragraphs of a section, in reading order. */
export const paragraphsOf = (document: SourceDocument, { sectionId }: Section): Paragraph[] =>
  document.paragraphs.filter((paragraph) => paragraph.sectionId === sectionId);

/** What questions are made for: in which language, and what the document is called where several could be meant. */
export type Asker = { language: Language; nameOf: (document: SourceDocument) => string | undefined };

/** Questions put to one document, which need not name it. */
export const askerOfOne = (language: Language): Asker => ({ language, nameOf: () => undefined });

/** It depends on nothing but the document, what it is called, and the language. */
const questions = new IndexMemory<{ question: PlaceQuestion | undefined }>();

/** The places of many documents are called alike. */
const references = new WordMemory<{ reference: StructuralReference | undefined }>();

/** Asks for a paragraph, or for an item with all that stands under it. */
export const askForParagraph = (document: SourceDocument, paragraph: Paragraph, asker: Asker): PlaceQuestion | undefined =>
  recallQuestion(`paragraph ${paragraph.paragraphId}`, document, asker, (name) =>
    findQuestion(labelParagraph(document, paragraph, asker.language), document, paragraph, asker.language, name),
  );

/** Asks for a part as a whole. */
export const askForPart = (document: SourceDocument, part: Section, asker: Asker): PlaceQuestion | undefined =>
  recallQuestion(`part ${part.sectionId}`, document, asker, (name) => {
    const [first] = paragraphsOf(document, part);
    return first && findQuestion(labelSection(part, asker.language), document, first, asker.language, name);
  });

function recallQuestion(
  place: string,
  document: SourceDocument,
  { language, nameOf }: Asker,
  find: (name: string | undefined) => PlaceQuestion | undefined,
): PlaceQuestion | undefined {
  const name = nameOf(document);
  return questions.recall(document, `${language} ${place} ${name ?? ''}`, () => ({ question: find(name) })).question;
}

/** The question, if it leads where it should: it may mean a place of the same name in the document. What does not lead back is not asked. */
function findQuestion(
  label: string,
  document: SourceDocument,
  first: Paragraph,
  language: Language,
  name: string | undefined,
): PlaceQuestion | undefined {
  const question = name === undefined ? phrasesIn(language).askFor(label) : phrasesIn(language).askOf(label, name);
  const bare = shadowOf(question).replace(shadowOf(name ?? ''), ' ');
  const { reference } = references.recall(bare, () => ({ reference: findReference(bare) }));
  const place = findPlace({ reference }, [document]);
  return place?.paragraphs[0]?.paragraphId === first.paragraphId ? { question, paragraphs: place.paragraphs } : undefined;
}
