import type { OpenIndex } from '../../ingest/index/open-generation.ts';
import type { Paragraph, SourceDocument } from '../../ingest/structure/document.ts';
import { catalogueOf } from '../question/documents/document-catalogue.ts';
import type { StructuralReference } from '../question/resolve-reference.ts';
import type { UnderstoodQuestion } from '../question/understand-question.ts';
import type { AskRequest, Citation } from '../wire.ts';
import { documentsAsked, tellsDocuments } from './documents/documents-asked.ts';
import { nameInQuestion } from './documents/name-document.ts';
import { findPlace } from './find-place.ts';
import { type Asker, askForParagraph, askForPart, type PlaceQuestion, paragraphsOf } from './place-question.ts';

export const MOST_FOLLOW_UPS = 3;

/** An answer that touches more parts than this gives an overview: it leads on to the parts. */
const MOST_PARTS_OF_ONE_MATTER = 2;

/** What a question was put to, and what was asked so far. */
export type Asked = Asker & {
  /** A document by its id, if it is among those asked. */
  documentOf: (documentId: string) => SourceDocument | undefined;
  /** The one document that the question was put to, where it was one. */
  only?: SourceDocument;
  reference?: StructuralReference;
  /** The question and those before it, as asked. */
  questions: readonly string[];
};

/** What follow-ups are made from; where several documents are asked, they name the one that they ask. */
export function describeAsked(index: OpenIndex, understood: UnderstoodQuestion, request: AskRequest): Asked {
  const { language, reference } = understood;
  const [first, another] = documentsAsked(index, understood, request).documentIds;
  const tells = tellsDocuments(index, request);
  return {
    language,
    reference,
    nameOf: (document) => (tells ? nameInQuestion(document, language, catalogueOf(index)) : undefined),
    documentOf: (documentId) => index.documents.get(documentId),
    only: another === undefined ? index.documents.get(first ?? '') : undefined,
    questions: [request.question, ...(request.history ?? []).filter(({ role }) => role === 'user').map(({ content }) => content)],
  };
}

type CitedPlace = Pick<Citation, 'documentId' | 'paragraphId' | 'similarity'>;

/**
 * Questions that lead on from an answer, from the document's own structure: what comes next, the item or part that holds what was
 * cited, the other parts. Each leads to the place it names; none asks what was asked or cited already, none leads to signatures.
 */
export function suggestFollowUps(asked: Asked, citations: readonly CitedPlace[]): string[] {
  const [best] = citations.toSorted((a, b) => b.similarity - a.similarity);
  const document = best && asked.documentOf(best.documentId);
  const base = document?.paragraphs.find(({ paragraphId }) => paragraphId === best?.paragraphId);
  if (!document || !base) return [];
  const citedIds = new Set(citations.filter(({ documentId }) => documentId === document.documentId).map(({ paragraphId }) => paragraphId));
  const cited = document.paragraphs.filter(({ paragraphId }) => citedIds.has(paragraphId));
  return takeUntold(leadOn(asked, document, base, cited), asked, document, cited);
}

/**
 * Questions to ask instead of one that was declined: for the part that it named, where only the item or paragraph is missing, and
 * for the paragraphs near it.
 */
export function suggestInstead(asked: Asked, nearby: readonly Pick<Citation, 'documentId' | 'paragraphId'>[]): string[] {
  const { reference, documentOf, only } = asked;
  return takeUntold(askInstead(), asked, only, []);

  function* askInstead(): Generator<PlaceQuestion | undefined> {
    const part =
      only && reference?.section?.kind === 'part'
        ? findPlace({ reference: { section: reference.section, matched: [] } }, [only])
        : undefined;
    const section = part?.document.sections.find(({ sectionId }) => sectionId === part.paragraphs[0]?.sectionId);
    if (part && section) yield askForPart(part.document, section, asked);
    for (const { documentId, paragraphId } of nearby) {
      const document = documentOf(documentId);
      const paragraph = document?.paragraphs.find((candidate) => candidate.paragraphId === paragraphId);
      if (document && paragraph && !isSigned(document, paragraph)) yield askForParagraph(document, paragraph, asked);
    }
  }
}

const isSigned = ({ sections }: SourceDocument, { sectionId }: Paragraph) =>
  sections.some((section) => section.sectionId === sectionId && section.kind === 'signatures');

/** From here on in reading order, and round to the beginning. */
const from = <T>(all: readonly T[], start: number): T[] => [...all.slice(start), ...all.slice(0, start)];

function* leadOn(asked: Asked, document: SourceDocument, base: Paragraph, cited: Paragraph[]): Generator<PlaceQuestion | undefined> {
  const citedParts = new Set(cited.map(({ sectionId }) => sectionId));
  const sections = from(
    document.sections,
    document.sections.findIndex(({ sectionId }) => sectionId === base.sectionId),
  );
  const parts = sections.filter(({ kind }) => kind === 'part');
  if (citedParts.size > MOST_PARTS_OF_ONE_MATTER) {
    for (const part of parts) yield askForPart(document, part, asked);
  }
  const isCited = new Set(cited);
  const uncited = from(document.paragraphs, document.paragraphs.indexOf(base) + 1).filter(
    (paragraph) => !isCited.has(paragraph) && !isSigned(document, paragraph),
  );
  const [next] = uncited;
  const part = parts.find(({ sectionId }) => sectionId === next?.sectionId);
  // A part that begins is asked for as a whole.
  if (next && part && part.sectionId !== base.sectionId && paragraphsOf(document, part)[0] === next)
    yield askForPart(document, part, asked);
  else if (next) yield askForParagraph(document, next, asked);
  const holder = document.paragraphs.find((paragraph) => isHeldBy(base, paragraph));
  if (holder) yield askForParagraph(document, holder, asked);
  for (const other of parts) yield askForPart(document, other, asked);
  for (const paragraph of uncited) yield askForParagraph(document, paragraph, asked);
}

/** The item right above another one. */
const isHeldBy = (item: Paragraph, holder: Paragraph) =>
  item.sectionId === holder.sectionId &&
  holder.items.length > 0 &&
  holder.items.length === item.items.length - 1 &&
  holder.items.every(({ style, value }, depth) => style === item.items[depth]?.style && value === item.items[depth]?.value);

/** The first questions of those that ask for something new. */
function takeUntold(
  candidates: Iterable<PlaceQuestion | undefined>,
  { questions, reference }: Asked,
  document: SourceDocument | undefined,
  cited: Paragraph[],
): string[] {
  const askedPlace = document ? (findPlace({ reference }, [document])?.paragraphs ?? []) : [];
  const told = [new Set(cited)];
  const taken: string[] = [];
  for (const candidate of candidates) {
    if (taken.length === MOST_FOLLOW_UPS) break;
    if (!candidate || questions.includes(candidate.question) || isSamePlace(candidate.paragraphs, askedPlace)) continue;
    if (told.some((place) => candidate.paragraphs.every((paragraph) => place.has(paragraph)))) continue;
    told.push(new Set(candidate.paragraphs));
    taken.push(candidate.question);
  }
  return taken;
}

const isSamePlace = (a: readonly Paragraph[], b: readonly Paragraph[]) =>
  a.length === b.length && a.every((paragraph, place) => paragraph === b[place]);
