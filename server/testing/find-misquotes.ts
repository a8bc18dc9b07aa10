import type { CheckedAnswer, CheckedDocument } from './wire-schemas.ts';

/**
 * A second verifier that shares no code with the product. It knows the source file's text and what the API says of the
 * document, and lists everything in an answer that is not to the letter.
 */
export function findMisquotes({ answer, citations }: CheckedAnswer, document: CheckedDocument, source: string): string[] {
  const misquotes: string[] = [];
  for (const { marker, documentId, paragraphId, quote, start, end } of citations) {
    const paragraph = document.paragraphs.find((candidate) => candidate.paragraphId === paragraphId);
    if (!paragraph || documentId !== document.documentId)
      misquotes.push(`[${marker}] cites ${documentId}#${paragraphId}, which is not there`);
    else if (paragraph.text.slice(start, end) !== quote) misquotes.push(`[${marker}] is not the paragraph’s slice: ${quote}`);
    else if (source.slice(paragraph.start + start, paragraph.start + end) !== quote)
      misquotes.push(`[${marker}] is not in the source: ${quote}`);
    if (!answer.includes(`[${marker}]`)) misquotes.push(`[${marker}] does not stand in the answer`);
  }
  for (const words of quotedStretches(answer))
    if (!source.includes(words)) misquotes.push(`in quotation marks, not in the source: ${words}`);
  for (const [, marker] of answer.matchAll(/\[(\d+)\]/g)) {
    if (!citations.some((citation) => String(citation.marker) === marker)) misquotes.push(`marker [${marker}] leads nowhere`);
  }
  return misquotes;
}

const CLOSED_BY = new Map([
  ['“', '”'],
  ['„', '“'],
  ['‘', '’'],
  ['「', '」'],
  ['『', '』'],
  ['«', '»'],
  ['‹', '›'],
  ['"', '"'],
  ['＂', '＂'],
]);

/** Whatever a reader sees between an opening and the next matching closing mark; an unclosed one runs to the end. */
export function quotedStretches(text: string): string[] {
  const stretches: string[] = [];
  for (let open = 0; open < text.length; open++) {
    const close = CLOSED_BY.get(text.charAt(open));
    if (close === undefined) continue;
    const end = text.indexOf(close, open + 1);
    stretches.push(text.slice(open + 1, end < 0 ? undefined : end));
    // A closing mark that also opens („…“, "…") must not be taken for an opening one.
    if (CLOSED_BY.has(close)) open = end < 0 ? text.length : end;
  }
  return stretches;
}
