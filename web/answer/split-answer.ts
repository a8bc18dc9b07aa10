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

/** The answer as it is read aloud: without the markers. */
export function answerWithoutMarkers(answer: string, knownMarkers: ReadonlySet<number>): string {
  return splitAnswer(answer, knownMarkers)
    .map((segment) => (segment.kind === 'text' ? segment.text : ''))
    .join('');
}
