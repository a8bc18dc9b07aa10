import type { OpenIndex } from '../../ingest/index/open-generation.ts';
import type { Paragraph, SectionKind, SourceDocument, Span } from '../../ingest/structure/document.ts';
import { splitSentences } from '../../ingest/structure/split-sentences.ts';
import type { AnswerKind } from '../question/answer-kinds.ts';
import type { DraftSentence } from './draft.ts';
import type { ClaimedCitation } from './verify-citations.ts';

/** A summary of a part quotes the leading sentence of at most this many paragraphs. */
const MOST_LEADING_STATEMENTS = 24;

/** Quotes chosen sentences; neighbours in one paragraph become one quote. In document order. */
export function quoteSentences(index: OpenIndex, sentences: readonly number[]): DraftSentence[] {
  const claims: ClaimedCitation[] = [];
  let previous = Number.NaN;
  for (const sentence of sentences.toSorted((a, b) => a - b)) {
    const indexed = index.sentences.at(sentence);
    const chunk = indexed && index.chunks.at(indexed.chunk);
    if (!chunk) continue;
    const last = claims.at(-1);
    const { documentId, paragraphId } = chunk;
    if (last && sentence === previous + 1 && last.documentId === documentId && last.paragraphId === paragraphId) last.end = indexed.end;
    else claims.push({ documentId, paragraphId, start: indexed.start, end: indexed.end });
    previous = sentence;
  }
  return claims.map((claim) => ({ kind: 'quoted', claims: [claim] }));
}

/** Quotes whole paragraphs, as a question by number asks for. */
export const quoteParagraphs = (document: SourceDocument, paragraphs: readonly Paragraph[]): DraftSentence[] =>
  paragraphs.map(({ paragraphId, text }) => ({
    kind: 'quoted',
    claims: [{ documentId: document.documentId, paragraphId, start: 0, end: text.length }],
  }));

/** Quotes the leading sentence of each paragraph: what a part says, in its own words. */
export const quoteLeadingStatements = (document: SourceDocument, paragraphs: readonly Paragraph[]): DraftSentence[] =>
  paragraphs.slice(0, MOST_LEADING_STATEMENTS).map((paragraph) => ({
    kind: 'quoted',
    claims: [{ documentId: document.documentId, paragraphId: paragraph.paragraphId, ...leadingSentence(paragraph) }],
  }));

/** Quotes how each part of the document begins: what the whole says. */
export function quoteOverview(document: SourceDocument): DraftSentence[] {
  const openings = document.sections
    .filter(({ kind }) => kind !== 'signatures')
    .flatMap(({ sectionId, kind }) => {
      const paragraphs = document.paragraphs.filter((paragraph) => paragraph.sectionId === sectionId);
      // A preamble leads up to what is declared: its last paragraph says it. A text without parts is told by its openings.
      if (kind === 'preamble') return paragraphs.slice(-1);
      return kind === 'body' ? paragraphs : paragraphs.slice(0, 1);
    });
  return quoteLeadingStatements(document, openings);
}

/** Quotes the formula at the end for when and where a document was made, the signatures for who made it. */
export function quoteMaking(document: SourceDocument, asksFor: readonly AnswerKind[]): DraftSentence[] {
  const wanted = new Set<SectionKind>(asksFor.map((kind) => (kind === 'person' || kind === 'actor' ? 'signatures' : 'closing')));
  const sections = new Set(document.sections.filter(({ kind }) => wanted.has(kind)).map(({ sectionId }) => sectionId));
  return quoteParagraphs(
    document,
    document.paragraphs.filter(({ sectionId }) => sections.has(sectionId)),
  );
}

function leadingSentence({ text, items }: Paragraph): Span {
  const marker = items.at(-1)?.printed.length ?? 0;
  return splitSentences(text, marker)[0] ?? { start: 0, end: text.length };
}
