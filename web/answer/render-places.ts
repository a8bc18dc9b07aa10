import type { Citation, CitedDocument, NearbyParagraph } from '../../server/wire.ts';
import type { Exchange } from '../conversation/exchange.ts';
import { createElement } from '../panel/create-element.ts';
import type { AnswerContext, LinkedPlace, Wording } from './answer-context.ts';

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

export function createMarkerLink(citation: Citation, context: AnswerContext): HTMLAnchorElement {
  const number = context.formatNumber(citation.marker);
  const name = context.texts.sourceName(number, citation.label);
  const hint = context.isOnThisPage(citation) ? '' : context.texts.newTab;
  const attributes = {
    class: 'marker',
    part: 'marker',
    'aria-label': `${name}${hint}`,
    'data-focus-key': `marker-${citation.marker}`,
  };
  return createPlaceLink(citation, attributes, context, createElement('sup', {}, number));
}

function createLabelLink(place: LinkedPlace, key: string, context: AnswerContext): HTMLAnchorElement {
  const link = createPlaceLink(place, { class: 'label', 'data-focus-key': key }, context, place.label);
  if (!context.isOnThisPage(place)) link.append(createElement('span', { class: 'spoken' }, context.texts.newTab));
  return link;
}

/** The document that a place is in, once the answer has told. */
export function documentOf({ outcome }: Exchange, { documentId }: LinkedPlace): CitedDocument | undefined {
  const documents = outcome.kind === 'answer' ? outcome.body.documents : undefined;
  return documents?.find((document) => document.documentId === documentId);
}

/** Quotes are in the language of their document. */
export const quoteLanguage = (exchange: Exchange, citation: Citation, { documentLanguage }: Wording): string =>
  documentOf(exchange, citation)?.language ?? documentLanguage;

/** Where several documents are asked, the label tells which already. */
const createTitle = ({ label }: LinkedPlace, document: CitedDocument | undefined) =>
  document && !label.includes(document.title) ? [createElement('cite', { lang: document.language }, document.title)] : [];

function renderCitation(citation: Citation, exchange: Exchange, context: AnswerContext): HTMLLIElement {
  const document = documentOf(exchange, citation);
  const number = context.formatNumber(citation.marker);
  return createElement(
    'li',
    { class: 'citation', part: 'citation', value: String(citation.marker) },
    createElement('span', { class: 'number', 'aria-hidden': 'true' }, number),
    createLabelLink(citation, `citation-${citation.marker}`, context),
    createElement('blockquote', { dir: 'auto', lang: quoteLanguage(exchange, citation, context), cite: citation.url }, citation.quote),
    ...createTitle(citation, document),
    ...createNote(document?.notes?.[citation.paragraphId], exchange),
  );
}

/** What the document's editor has to say to the paragraph. */
function createNote(note: string | undefined, { outcome }: Exchange): HTMLElement[] {
  if (note === undefined || outcome.kind !== 'answer') return [];
  return [createElement('p', { class: 'editor-note', dir: 'auto', lang: outcome.body.language }, note)];
}

export function renderCitations(exchange: Exchange, context: AnswerContext): Node[] {
  if (exchange.citations.length === 0) return [];
  const ordered = [...exchange.citations].sort((one, other) => one.marker - other.marker);
  return [
    createElement('h3', {}, context.texts.sources),
    createElement('ol', { class: 'citations', role: 'list' }, ...ordered.map((citation) => renderCitation(citation, exchange, context))),
  ];
}

export function renderNearby(exchange: Exchange, context: AnswerContext): Node[] {
  if (exchange.nearby.length === 0) return [];
  const renderPlace = (place: NearbyParagraph, index: number) => {
    const document = documentOf(exchange, place);
    return createElement('li', {}, createLabelLink(place, `nearby-${index}`, context), ...createTitle(place, document));
  };
  return [
    createElement('h3', {}, context.texts.nearby),
    createElement('ul', { class: 'nearby', role: 'list' }, ...exchange.nearby.map(renderPlace)),
  ];
}
