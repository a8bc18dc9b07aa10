import type { YoujuChatElement } from './youju-chat-element.ts';

/**
 * `window.Youju`. `open`, `close`, `toggle` and `ask` mean the panel that is open, else the first on the page; the others mean
 * all. Where there is none they do nothing.
 */
export type YoujuApi = {
  open: () => void;
  close: () => void;
  toggle: () => void;
  /** Settles to true when it is answered or declined, to false when there will be no answer. */
  ask: (question: string) => Promise<boolean>;
  /** A BCP 47 tag of one of the five languages, or `auto`. */
  setLanguage: (language: string) => void;
  setTheme: (theme: 'light' | 'dark' | 'auto' | 'host') => void;
  /** Forgets the conversation. */
  reset: () => void;
  /** Takes the widget out of the page. */
  destroy: () => void;
};

export function createYoujuApi(elements: ReadonlySet<YoujuChatElement>): YoujuApi {
  const current = () => [...elements].find((element) => element.hasAttribute('open')) ?? [...elements][0];
  /** At once, or when the page has been parsed: before that the widget may not have been placed. */
  const soon = (act: () => void) => {
    if (elements.size > 0 || document.readyState !== 'loading') act();
    else document.addEventListener('DOMContentLoaded', act, { once: true });
  };
  const all = (act: (element: YoujuChatElement) => void) => soon(() => [...elements].forEach(act));
  return {
    open: () => soon(() => current()?.show()),
    close: () => soon(() => current()?.hide()),
    toggle: () => soon(() => current()?.toggleAttribute('open')),
    ask: (question) => new Promise((resolve) => soon(() => resolve(current()?.ask(question) ?? false))),
    setLanguage: (language) => all((element) => element.setAttribute('language', language)),
    setTheme: (theme) => all((element) => element.setAttribute('theme', theme)),
    reset: () => all((element) => element.reset()),
    destroy: () => all((element) => element.destroy()),
  };
}
