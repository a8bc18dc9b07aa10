import type { AnswerBody, Citation, NearbyParagraph } from '../server/wire.ts';
import type { AskFailure } from './ask-client.ts';
import type { Exchange } from './conversation.ts';
import { createElement } from './create-element.ts';
import type { InterfaceTexts } from './interface-texts.ts';
import { answerWithoutMarkers, splitAnswer } from './split-answer.ts';

/** A place in a document that a link leads to; a citation also says which words. */
type LinkedPlace = Citation | NearbyParagraph;

export type AnswerContext = {
  texts: InterfaceTexts;
  /** Language of the document, for its quotes. */
  documentLanguage: string;
  isOnThisPage: (place: LinkedPlace) => boolean;
  onVisit: (place: LinkedPlace, click: MouseEvent) => void;
  onRetry: () => void;
};

function createPlaceLink(
  place: LinkedPlace,
  attributes: Record<string, string>,
  context: AnswerContext,
  ...children: (Node | string)[]
): HTMLAnchorElement {
  const link = createElement('a', { href: place.url, ...attributes }, ...children);
  if (!context.isOnThisPage(place)) {
    // A new tab keeps the conversation, and browsers honour the text fragment of another site's link only with noopener.
    link.target = '_blank';
    link.rel = 'noopener';
  }
  link.addEventListener('click', (click) => context.onVisit(place, click));
  return link;
}

function createMarkerLink(citation: Citation, context: AnswerContext): HTMLAnchorElement {
  const name = context.texts.sourceName(citation.marker, citation.label);
  const hint = context.isOnThisPage(citation) ? '' : context.texts.newTab;
  const attributes = { class: 'marker', 'aria-label': `${name}${hint}`, 'data-focus-key': `marker-${citation.marker}` };
  return createPlaceLink(citation, attributes, context, createElement('sup', {}, String(citation.marker)));
}

function createLabelLink(place: LinkedPlace, key: string, context: AnswerContext): HTMLAnchorElement {
  const link = createPlaceLink(place, { class: 'label', 'data-focus-key': key }, context, place.label);
  if (!context.isOnThisPage(place)) link.append(createElement('span', { class: 'spoken' }, context.texts.newTab));
  return link;
}

function renderText(exchange: Exchange, context: AnswerContext): HTMLElement {
  const byMarker = new Map(exchange.citations.map((citation) => [citation.marker, citation]));
  const paragraph = createElement('p', { class: 'answer', lang: answerLanguage(exchange, context) });
  for (const segment of splitAnswer(exchange.text, new Set(byMarker.keys()))) {
    const citation = segment.kind === 'marker' ? byMarker.get(segment.marker) : undefined;
    if (citation) paragraph.append(createMarkerLink(citation, context));
    else if (segment.kind === 'text') paragraph.append(segment.text);
  }
  return paragraph;
}

/** An extract is the document's own words, whatever language the question was in. */
function answerLanguage({ outcome }: Exchange, { documentLanguage }: AnswerContext): string {
  if (outcome.kind !== 'answer') return documentLanguage;
  const { status, generator, language } = outcome.body;
  return status === 'answered' && generator === 'extractive' ? documentLanguage : language;
}

function renderCitation(citation: Citation, context: AnswerContext): HTMLLIElement {
  return createElement(
    'li',
    { class: 'citation', value: String(citation.marker) },
    createElement('span', { class: 'number', 'aria-hidden': 'true' }, String(citation.marker)),
    createLabelLink(citation, `citation-${citation.marker}`, context),
    createElement('blockquote', { lang: context.documentLanguage, cite: citation.url }, citation.quote),
  );
}

function renderCitations(citations: readonly Citation[], context: AnswerContext): Node[] {
  if (citations.length === 0) return [];
  const ordered = [...citations].sort((one, other) => one.marker - other.marker);
  return [
    createElement('h3', {}, context.texts.sources),
    createElement('ol', { class: 'citations', role: 'list' }, ...ordered.map((citation) => renderCitation(citation, context))),
  ];
}

function renderNearby(nearby: readonly NearbyParagraph[], context: AnswerContext): Node[] {
  if (nearby.length === 0) return [];
  const items = nearby.map((place, index) => createElement('li', {}, createLabelLink(place, `nearby-${index}`, context)));
  return [createElement('h3', {}, context.texts.nearby), createElement('ul', { class: 'nearby', role: 'list' }, ...items)];
}

function renderDegraded(body: AnswerBody, texts: InterfaceTexts): Node[] {
  return body.degraded && body.status === 'answered' ? [createElement('p', { class: 'note' }, texts.degraded)] : [];
}

function renderMode(body: AnswerBody, texts: InterfaceTexts): Node[] {
  if (body.status !== 'answered') return [];
  const mode = body.generator === 'extractive' ? texts.extract : texts.generated(body.generator);
  return [createElement('p', { class: 'mode' }, mode)];
}

function describeFailure(failure: AskFailure, texts: InterfaceTexts): string {
  switch (failure.kind) {
    case 'network':
      return texts.failedNetwork;
    case 'rate-limited':
      return texts.failedRateLimit(failure.retryAfterSeconds);
    case 'not-ready':
      return texts.failedNotReady;
    case 'refused':
      return texts.failedRefused;
    case 'server':
      return texts.failedServer;
  }
}

function createRetry(failure: AskFailure | undefined, { texts, onRetry }: AnswerContext): HTMLButtonElement {
  const retry = createElement('button', { class: 'retry', type: 'button', 'data-focus-key': 'retry' }, texts.retry);
  retry.addEventListener('click', onRetry);
  const seconds = failure?.kind === 'rate-limited' || failure?.kind === 'not-ready' ? failure.retryAfterSeconds : 0;
  if (seconds) {
    retry.disabled = true;
    setTimeout(() => {
      retry.disabled = false;
    }, seconds * 1000);
  }
  return retry;
}

function renderFailure(failure: AskFailure, context: AnswerContext): Node[] {
  const notice = createElement('p', { class: 'failure' }, describeFailure(failure, context.texts));
  // Asking the same again cannot help where the server refused the question itself.
  return failure.kind === 'refused' ? [notice] : [notice, createRetry(failure, context)];
}

/** Everything below the question, as it stands now. */
export function renderAnswer(exchange: Exchange, context: AnswerContext): Node[] {
  const { outcome, text } = exchange;
  const content = text === '' ? [] : [renderText(exchange, context)];
  const places = [...renderCitations(exchange.citations, context), ...renderNearby(exchange.nearby, context)];
  switch (outcome.kind) {
    case 'pending':
      return [...content, createElement('p', { class: 'searching' }, context.texts.searching), ...places];
    case 'answer':
      return [...renderDegraded(outcome.body, context.texts), ...content, ...places, ...renderMode(outcome.body, context.texts)];
    case 'stopped':
      return [...content, ...places, createElement('p', { class: 'note' }, context.texts.stopped), createRetry(undefined, context)];
    case 'failure':
      return [...content, ...places, ...renderFailure(outcome.failure, context)];
  }
}

/** What a screen reader hears once the exchange has ended; empty while it has not. */
export function announceExchange({ outcome, citations }: Exchange, texts: InterfaceTexts): string {
  switch (outcome.kind) {
    case 'pending':
      return '';
    case 'answer': {
      const spoken = answerWithoutMarkers(outcome.body.answer, new Set(citations.map(({ marker }) => marker)));
      return outcome.body.status === 'answered' ? `${texts.answerReady(citations.length)} ${spoken}` : spoken;
    }
    case 'stopped':
      return texts.stopped;
    case 'failure':
      return describeFailure(outcome.failure, texts);
  }
}
