import type { Speech } from '../panel/panel-host.ts';

const ANNOUNCER = 'data-youju-announcer';

/** The element that speaks to screen readers: a child of the widget's own in the light DOM, where they all notice it. */
export function provideAnnouncer(chat: HTMLElement): Element {
  const existing = chat.querySelector(`:scope > [${ANNOUNCER}]`);
  if (existing) return existing;
  const announcer = document.createElement('div');
  announcer.setAttribute(ANNOUNCER, '');
  announcer.setAttribute('role', 'status');
  announcer.setAttribute('aria-live', 'polite');
  chat.append(announcer);
  return announcer;
}

/** Says this, in place of what was to be said before; nothing at all takes that back. */
export function announce(announcer: Element, speech: readonly Speech[]): void {
  if (speech.length === 0 && !announcer.hasChildNodes()) return;
  const pieces = speech.map(({ text, language }) => {
    const piece = document.createElement('span');
    piece.lang = language;
    piece.textContent = text;
    return piece;
  });
  announcer.replaceChildren(...pieces);
}
