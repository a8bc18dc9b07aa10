import type { YoujuChatElement } from './youju-chat-element.ts';

/**
 * `window.Youju`. `open`, `close`, `toggle` and `ask` mean the panel that is open, else the first on the page; the others mean
 * all. Where there is none they do nothing.
 */
export type YoujuApi = {
  open: () => void;
  close: () => void;
  toggle: () => void;
  /** Settles when the answer is there, or will not come. */
  ask: (question: string) => Promise<void>;
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
  const all = (act: (element: YoujuChatElement) => void) => [...elements].forEach(act);
  return {
    open: () => current()?.show(),
    close: () => current()?.hide(),
    toggle: () => current()?.toggleAttribute('open'),
    ask: async (question) => current()?.ask(question),
    setLanguage: (language) => all((element) => element.setAttribute('language', language)),
    setTheme: (theme) => all((element) => element.setAttribute('theme', theme)),
    reset: () => all((element) => element.reset()),
    destroy: () => all((element) => element.destroy()),
  };
}
