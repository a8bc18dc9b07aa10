import type { AnswerBody } from '../../server/wire.ts';
import type { Exchange } from '../conversation/exchange.ts';
import type { PanelTexts } from '../panel/texts/panel-texts.ts';
import { documentOf } from './render-places.ts';

/** Who wrote the answer. On generated text, and on copies of it, China requires it to be said (labelling rules of 1 September 2025). */
export const originOf = ({ generator }: AnswerBody, texts: PanelTexts): string =>
  generator === 'extractive' ? texts.extract : texts.generated(generator);

/** The exchange as plain text: question, who wrote the answer, the answer, and each source with label, quote, document and link. */
export function answerAsText(exchange: Exchange, body: AnswerBody, texts: PanelTexts): string {
  const sources = exchange.citations.flatMap((citation) => {
    const document = documentOf(exchange, citation);
    const place = document ? `${citation.label} · ${document.title}` : citation.label;
    const note = document?.notes?.[citation.paragraphId];
    return [`[${citation.marker}] ${place}`, citation.quote, ...(note ? [note] : []), citation.url, ''];
  });
  const origin = body.status === 'answered' ? [`【${originOf(body, texts)}】`] : [];
  const lines = [texts.asked(exchange.question), '', ...origin, body.answer, ''];
  return [...lines, ...(sources.length > 0 ? [texts.sources, ...sources] : [])].join('\n').trimEnd();
}
