import type { CheckedAnswer, CheckedDocument } from './wire-schemas.ts';

/**
 * A second verifier that shares no code with the product. It knows the source file's text and what the API says of the
 * document, and lists everything in an answer that is not to the letter.
 */
export function findMisquotes(body: CheckedAnswer, document: CheckedDocument, source: string): string[] {
  return [...citationFaults(body, document, source), ...textFaults(body)];
}

function citationFaults({ answer, citations }: CheckedAnswer, document: CheckedDocument, source: string): string[] {
  const faults: string[] = [];
  for (const { marker, documentId, paragraphId, quote, start, end, url } of citations) {
    const paragraph = document.paragraphs.find((candidate) => candidate.paragraphId === paragraphId);
    if (!paragraph || documentId !== document.documentId) faults.push(`[${marker}] cites ${documentId}#${paragraphId}, which is not there`);
    else if (paragraph.text.slice(start, end) !== quote) faults.push(`[${marker}] is not the paragraph’s slice: ${quote}`);
    else if (source.slice(paragraph.start + start, paragraph.start + end) !== quote)
      faults.push(`[${marker}] is not in the source: ${quote}`);
    if (!quote.isWellFormed() || !Buffer.from(source).includes(Buffer.from(quote)))
      faults.push(`[${marker}] differs from the source’s bytes`);
    if (!url.includes(`/documents/${documentId}#${paragraphId}`)) faults.push(`[${marker}] links elsewhere: ${url}`);
    if (!answer.includes(`[${marker}]`)) faults.push(`[${marker}] does not stand in the answer`);
  }
  const markers = citations.map(({ marker }) => marker);
  if (new Set(markers).size !== markers.length) faults.push(`two citations share a marker: ${markers.join(', ')}`);
  return faults;
}

function textFaults({ answer, citations, status, generator, degraded }: CheckedAnswer): string[] {
  const faults: string[] = [];
  // What stands in quotation marks inside a quote is the document's, whatever marks it lacks.
  const quotes = citations.map(({ quote }) => quote).toSorted((a, b) => b.length - a.length);
  const ownWords = quotes.reduce((text, quote) => text.replaceAll(quote, ''), answer);
  for (const words of quotedStretches(ownWords))
    if (words !== '' && !quotes.some((quote) => quote.includes(words))) faults.push(`in quotation marks, not in what it cites: ${words}`);
  for (const [, marker] of answer.matchAll(/\[(\d+)\]/g))
    if (!citations.some((citation) => String(citation.marker) === marker)) faults.push(`marker [${marker}] leads nowhere`);
  if (status === 'answered' && !/\[\d+\]$/.test(answer)) faults.push('the answer ends without a citation');
  // An extract is the quote itself, between marks and before its own marker. Beside it, a stream may show what a model wrote before it failed.
  if (generator === 'extractive' && degraded === undefined)
    for (const { marker, quote } of citations)
      if (![...'”」»'].some((close) => answer.includes(`${quote}${close}[${marker}]`)))
        faults.push(`[${marker}] does not follow its quote`);
  return faults;
}

const CLOSED_BY = new Map([
  ['“', '”'],
  ['„', '“'],
  ['‟', '”'],
  ['‘', '’'],
  ['‚', '‘'],
  ['「', '」'],
  ['『', '』'],
  ['﹁', '﹂'],
  ['﹃', '﹄'],
  ['〝', '〞'],
  ['❝', '❞'],
  ['❛', '❜'],
  ['«', '»'],
  ['‹', '›'],
  ['"', '"'],
  ['″', '″'],
  ['＂', '＂'],
  ['＇', '＇'],
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
