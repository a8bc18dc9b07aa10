import type { AnswerBody } from '../../server/wire.ts';
import type { Exchange } from '../conversation/exchange.ts';
import { createElement } from '../panel/create-element.ts';
import type { Speech } from '../panel/panel-host.ts';
import type { PanelTexts } from '../panel/texts/panel-texts.ts';
import type { AnswerContext, Wording } from './answer-context.ts';
import { originOf } from './copy-answer.ts';
import { renderActions, renderFollowUps } from './render-actions.ts';
import { createRetry, describeFailure, renderFailure } from './render-failure.ts';
import { createMarkerLink, quoteLanguage, renderCitations, renderNearby } from './render-places.ts';
import { splitAnswer, splitQuotes, spokenAnswer } from './split-answer.ts';

/** The text in the language of the answer, the quotes in it in the language of their document. */
function renderText(exchange: Exchange, context: AnswerContext): HTMLElement {
  const { outcome, citations } = exchange;
  const language = outcome.kind === 'answer' ? { lang: outcome.body.language } : undefined;
  const paragraph = createElement('p', { class: 'answer', part: 'answer', dir: 'auto', ...language });
  const ordered = [...citations].sort((one, other) => one.marker - other.marker);
  const byMarker = new Map(ordered.map((citation) => [citation.marker, citation]));
  for (const segment of splitAnswer(exchange.text, new Set(byMarker.keys()))) {
    const citation = segment.kind === 'marker' ? byMarker.get(segment.marker) : undefined;
    if (citation) paragraph.append(createMarkerLink(citation, context));
    if (segment.kind !== 'text') continue;
    for (const { text, quotation } of splitQuotes(segment.text, ordered)) {
      if (!quotation) paragraph.append(text);
      else paragraph.append(createElement('span', { lang: quoteLanguage(exchange, quotation, context) }, text));
    }
  }
  return paragraph;
}

/** What the visitor must know before reading: that nothing was answered, or that the model could not. */
function renderState(body: AnswerBody, texts: PanelTexts): Node[] {
  if (body.status === 'abstained') return [createElement('p', { class: 'declined' }, texts.declined)];
  return body.degraded ? [createElement('p', { class: 'note' }, texts.degraded)] : [];
}

function renderMode(body: AnswerBody, texts: PanelTexts): Node[] {
  return body.status === 'answered' ? [createElement('p', { class: 'mode' }, originOf(body, texts))] : [];
}

/** Everything below the question, as it stands now. */
export function renderAnswer(exchange: Exchange, context: AnswerContext): Node[] {
  const { outcome, text } = exchange;
  const { texts } = context;
  const content = text === '' ? [] : [renderText(exchange, context)];
  const places = [...renderCitations(exchange, context), ...renderNearby(exchange, context)];
  switch (outcome.kind) {
    case 'pending':
      return [...content, createElement('p', { class: 'searching' }, texts.searching), ...places];
    case 'answer': {
      const { body } = outcome;
      const below = [...renderMode(body, texts), ...renderActions(exchange, body, context), ...renderFollowUps(body, context)];
      return [...renderState(body, texts), ...content, ...places, ...below];
    }
    case 'stopped':
      return [...content, ...places, createElement('p', { class: 'note' }, texts.stopped), createRetry(context)];
    case 'failure':
      return [...content, ...places, ...renderFailure(outcome, context)];
  }
}

/** The answer as it is read aloud, without markers: each stretch in its language. */
function speakAnswer(exchange: Exchange, body: AnswerBody, wording: Wording): Speech[] {
  return splitQuotes(spokenAnswer(exchange), exchange.citations).map(({ text, quotation }) => ({
    text,
    language: quotation ? quoteLanguage(exchange, quotation, wording) : body.language,
  }));
}

/** What a screen reader hears once the exchange has ended; nothing while it has not. */
export function announceExchange(exchange: Exchange, wording: Wording): Speech[] {
  const { texts, formatNumber, language } = wording;
  const { outcome, citations } = exchange;
  switch (outcome.kind) {
    case 'pending':
      return [];
    case 'answer': {
      const answer = speakAnswer(exchange, outcome.body, wording);
      const isAnswered = outcome.body.status === 'answered';
      return isAnswered ? [{ text: `${texts.answerReady(formatNumber(citations.length))} `, language }, ...answer] : answer;
    }
    case 'stopped':
      return [{ text: texts.stopped, language }];
    case 'failure':
      return [{ text: describeFailure(outcome.failure, wording), language }];
  }
}
