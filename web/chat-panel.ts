import type { Composer } from './composer.ts';
import { createElement, createIcon } from './create-element.ts';
import type { InterfaceTexts } from './interface-texts.ts';

/** The static parts of the widget: the launcher, and the dialog with its log. */
export type ChatPanel = {
  launcher: HTMLButtonElement;
  dialog: HTMLDialogElement;
  close: HTMLButtonElement;
  log: HTMLElement;
  announcer: HTMLElement;
};

export function createChatPanel(texts: InterfaceTexts, composer: Composer): ChatPanel {
  const launcher = createElement(
    'button',
    { class: 'launcher', type: 'button', 'aria-haspopup': 'dialog', 'aria-expanded': 'false' },
    createIcon('ask'),
    createElement('span', {}, texts.launcher),
  );
  const close = createElement('button', { class: 'close', type: 'button', 'aria-label': texts.close }, createIcon('close'));
  const header = createElement('header', {}, createElement('h2', { id: 'title' }, texts.title), close);
  // A log announces every change by default. Sentences arrive one by one, so the announcer speaks once, at the end.
  const log = createElement('div', {
    class: 'log',
    role: 'log',
    'aria-live': 'off',
    'aria-label': texts.conversation,
    tabindex: '0',
  });
  const announcer = createElement('p', { class: 'spoken', role: 'status', 'aria-live': 'polite' });
  const dialog = createElement(
    'dialog',
    { class: 'panel', 'aria-labelledby': 'title', tabindex: '-1' },
    header,
    log,
    composer.form,
    announcer,
  );
  return { launcher, dialog, close, log, announcer };
}

/** What an empty conversation shows: what this is, and questions to begin with. */
export function createWelcome(texts: InterfaceTexts, questions: string[], onAsk: (question: string) => void): HTMLElement {
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
