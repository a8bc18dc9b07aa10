import type { Span } from '../../ingest/structure/document.ts';
import type { AnswerEvent } from '../wire.ts';

/**
 * Where in a text of the answer the sentence stands that a citation bears out: of an extract the quote itself, without the
 * quotation marks; of what a model wrote its sentence, without the markers. Offsets in UTF-16 code units.
 */
export type CitedSpan = Span & { marker: number };

/**
 * An answer on its way: the events of the wire. Those with text of the answer also say where its cited sentences stand, for
 * the protocols that annotate text by offsets: no adapter has to look for markers in prose.
 */
export type AnswerStep =
  | Exclude<AnswerEvent, TextEvent>
  | (Extract<TextEvent, { event: 'text-delta' }> & { citedSpans: CitedSpan[] })
  | (Extract<TextEvent, { event: 'answer-end' }> & { citedSpans: CitedSpan[] });

type TextEvent = Extract<AnswerEvent, { event: 'text-delta' | 'answer-end' }>;

/** The same spans in a text that stands this much further on. */
export const shiftSpans = (spans: readonly CitedSpan[], by: number): CitedSpan[] =>
  spans.map(({ marker, start, end }) => ({ marker, start: start + by, end: end + by }));

/** The last step of an answer that went well. */
export async function lastStep(steps: AsyncIterable<AnswerStep>): Promise<Extract<AnswerStep, { event: 'answer-end' }>> {
  let last: AnswerStep | undefined;
  for await (const step of steps) last = step;
  if (last?.event !== 'answer-end') throw new Error('an answer ended without its end');
  return last;
}
