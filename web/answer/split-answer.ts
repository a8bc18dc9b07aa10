/** A piece of an answer: running text, or the marker of a citation. */
type AnswerSegment = { kind: 'text'; text: string } | { kind: 'marker'; marker: number };

const MARKER = /\[(\d{1,3})\]/g;

/**
 * Cuts an answer at the markers of its citations. The server decides which citations there are: `[1978]`, or a `[7]`
 * without a citation 7, is text and stays text.
 */
export function splitAnswer(answer: string, knownMarkers: ReadonlySet<number>): AnswerSegment[] {
  const segments: AnswerSegment[] = [];
  let textStart = 0;
  for (const match of answer.matchAll(MARKER)) {
    const marker = Number(match[1]);
    if (!knownMarkers.has(marker)) continue;
    if (match.index > textStart) segments.push({ kind: 'text', text: answer.slice(textStart, match.index) });
    segments.push({ kind: 'marker', marker });
    textStart = match.index + match[0].length;
  }
  if (textStart < answer.length) segments.push({ kind: 'text', text: answer.slice(textStart) });
  return segments;
}

/**
 * Cuts running text at the quotes in it, which may be in another language than the words around them. Each quote is looked
 * for after the one before; one that is not there word for word (a model's own sentence) stays text.
 */
export function splitQuotes<Quotation extends { quote: string }>(
  text: string,
  quotations: readonly Quotation[],
): { text: string; quotation?: Quotation }[] {
  const pieces: { text: string; quotation?: Quotation }[] = [];
  let textStart = 0;
  for (const quotation of quotations) {
    const at = text.indexOf(quotation.quote, textStart);
    if (at < 0) continue;
    if (at > textStart) pieces.push({ text: text.slice(textStart, at) });
    textStart = at + quotation.quote.length;
    pieces.push({ text: text.slice(at, textStart), quotation });
  }
  if (textStart < text.length) pieces.push({ text: text.slice(textStart) });
  return pieces;
}

/** The answer as it is read aloud: without the markers. */
export function spokenAnswer({ text, citations }: { text: string; citations: readonly { marker: number }[] }): string {
  return splitAnswer(text, new Set(citations.map(({ marker }) => marker)))
    .map((segment) => (segment.kind === 'text' ? segment.text : ''))
    .join('');
}
