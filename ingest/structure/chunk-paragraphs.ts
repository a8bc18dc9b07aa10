import { createHash } from 'node:crypto';
import type { Paragraph, SourceDocument, Span } from './document.ts';
import { splitSentences } from './split-sentences.ts';

/**
 * An indexed span of one paragraph: offsets are in the paragraph's text. `context` is the heading path, given to the
 * embedding but never shown and never quoted. `hash` (of text and context) tells whether an earlier embedding still holds.
 */
export type Chunk = Span & {
  documentId: string;
  paragraphId: string;
  context: string;
  hash: string;
  sentences: Span[];
};

/**
 * Longest chunk in UTF-16 code units. Official paragraphs are mostly below it (the statement's longest has 296) and whole
 * paragraphs rank best; a longer one is cut between sentences.
 */
const CHUNK_LENGTH = 500;

/** Chunks of every paragraph, however short; no chunk crosses a paragraph. */
export function chunkParagraphs(document: SourceDocument): Chunk[] {
  const headings = headingPaths(document);
  return document.paragraphs.flatMap((paragraph) => {
    const context = headings.get(paragraph.sectionId) ?? document.title;
    return groupSentences(sentencesOf(paragraph)).map((sentences): Chunk => {
      const start = sentences[0]?.start ?? 0;
      const end = sentences.at(-1)?.end ?? paragraph.text.length;
      const hash = createHash('sha256')
        .update(`${context}\n${paragraph.text.slice(start, end)}`)
        .digest('hex');
      return { documentId: document.documentId, paragraphId: paragraph.paragraphId, start, end, context, hash, sentences };
    });
  });
}

/** The sentences of a paragraph, without its item marker; a marker alone is its own sentence. */
export function sentencesOf(paragraph: Paragraph): Span[] {
  const marker = paragraph.items.at(-1)?.printed.length ?? 0;
  const sentences = splitSentences(paragraph.text, marker);
  return sentences.length > 0 ? sentences : [{ start: 0, end: paragraph.text.length }];
}

function groupSentences(sentences: Span[]): Span[][] {
  const groups: Span[][] = [];
  for (const sentence of sentences) {
    const group = groups.at(-1);
    const groupStart = group?.[0]?.start;
    if (group && groupStart !== undefined && sentence.end - groupStart <= CHUNK_LENGTH) group.push(sentence);
    else groups.push([sentence]);
  }
  return groups;
}

/** Title and the part's printed heading, for each section. */
function headingPaths(document: SourceDocument): Map<string, string> {
  return new Map(
    document.sections.map(({ sectionId, heading }) => [
      sectionId,
      heading ? `${document.title} ${document.text.slice(heading.start, heading.end)}` : document.title,
    ]),
  );
}
