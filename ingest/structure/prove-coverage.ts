import { YoujuError } from '../youju-error.ts';
import type { SourceDocument } from './document.ts';

/**
 * Proves that furniture, headings and paragraphs re-concatenate to the source byte for byte and that every paragraph is
 * exactly one paragraph segment: nothing of the document is lost, doubled or altered on its way into the index.
 * @throws YoujuError `coverage-broken`
 */
export function proveCoverage(
  document: Pick<SourceDocument, 'documentId' | 'text' | 'segments' | 'paragraphs'>,
  sourceBytes: Uint8Array,
): void {
  const refuse = (what: string) => {
    throw new YoujuError('coverage-broken', `${document.documentId}: ${what}; nothing was ingested, report this with the file`);
  };
  let position = 0;
  const parts: string[] = [];
  for (const { start, end } of document.segments) {
    if (start !== position || end < start) refuse(`the segments do not tile the source at offset ${position}`);
    parts.push(document.text.slice(start, end));
    position = end;
  }
  if (!Buffer.from(parts.join(''), 'utf8').equals(sourceBytes)) refuse('the segments do not re-concatenate to the source bytes');

  const segments = document.segments.filter(({ kind }) => kind === 'paragraph');
  const paragraphsMatch =
    segments.length === document.paragraphs.length &&
    document.paragraphs.every(
      ({ start, end, text }, index) =>
        segments[index]?.start === start && segments[index]?.end === end && document.text.slice(start, end) === text,
    );
  if (!paragraphsMatch) refuse('the paragraphs are not the paragraph segments');
  const ids = new Set(document.paragraphs.map(({ paragraphId }) => paragraphId));
  if (ids.size !== document.paragraphs.length) refuse('two paragraphs have one paragraphId');
}
