import type { Composer, ComposerEvents } from './composer/composer.ts';
import { createComposer } from './composer/composer.ts';
import { createElement, createIcon, type IconName } from './create-element.ts';
import type { PanelSettings } from './panel-host.ts';
import type { PanelTexts } from './texts/panel-texts.ts';

/** The parts of the panel that stay while a conversation goes on. */
export type PanelView = {
  header: HTMLElement;
  elderFriendly: HTMLButtonElement;
  clear: HTMLButtonElement;
  close: HTMLButtonElement;
  log: HTMLElement;
  /** Says that there is no connection; empty while there is. */
  connection: HTMLElement;
  composer: Composer;
};

function createTool(icon: IconName, name: string): HTMLButtonElement {
  const attributes = { class: 'tool', type: 'button', 'aria-label': name, title: name, 'data-focus-key': icon };
  return createElement('button', attributes, createIcon(icon));
}

export function createPanelView(
  texts: PanelTexts,
  settings: PanelSettings,
  formatNumber: (value: number) => string,
  events: ComposerEvents,
): PanelView {
  const elderFriendly = createTool('letters', settings.isElderFriendly ? texts.elderOff : texts.elderOn);
  const clear = createTool('clear', texts.clear);
  const close = createTool('close', texts.close);
  // No <header>: outside an article that is a banner, and the page has its own.
  const header = createElement(
    'div',
    { class: 'header', part: 'header' },
    createElement('h2', { id: 'title' }, texts.title),
    createElement('div', { class: 'tools' }, elderFriendly, clear, close),
  );
  // A log announces every change by default. Sentences arrive one by one, so the announcer speaks once, at the end.
  const log = createElement('div', {
    class: 'log',
    part: 'log',
    role: 'log',
    'aria-live': 'off',
    'aria-label': texts.conversation,
    tabindex: '0',
  });
  const connection = createElement('p', { class: 'connection' });
  return { header, elderFriendly, clear, close, log, connection, composer: createComposer(texts, formatNumber, events) };
}

/** What an empty conversation shows: what this is, and questions to begin with. */
export function createWelcome(texts: PanelTexts, questions: readonly string[], onAsk: (question: string) => void): HTMLElement {
  const welcome = createElement('div', { class: 'welcome' }, createElement('p', {}, texts.introduction));
  if (questions.length === 0) return welcome;
  const items = questions.map((question) => {
    const button = createElement('button', { class: 'suggestion', type: 'button' }, question);
    button.addEventListener('click', () => onAsk(question));
    return createElement('li', {}, button);
  });
  welcome.append(createElement('h3', {}, texts.suggestions), createElement('ul', { class: 'suggestions', role: 'list' }, ...items));
  return welcome;
}
