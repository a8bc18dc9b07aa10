import type { Language } from '../../server/wire.ts';

/** What the element's attributes and its page say. */
export type PanelSettings = {
  /** Of the interface. */
  language: Language;
  /** Of the answers, where the page fixes it; else they are in the language of the question. */
  askLanguage: Language | undefined;
  documentId: string | undefined;
  documentLanguage: string | undefined;
  /** First questions named by the page, separated by `|`. */
  suggestions: string | undefined;
  server: string;
  isInline: boolean;
  isElderFriendly: boolean;
};

/** What the panel gets from the element that it opens in. */
export type PanelHost = {
  /** Where the panel is put, in the element's shadow root. */
  frame: HTMLElement;
  settings: () => PanelSettings;
  /** Has a screen reader say this. */
  announce: (text: string, language: string) => void;
  /** Dispatches the event `youju:<name>`; false where the page has prevented its default action. */
  emit: (name: string, detail: unknown) => boolean;
  close: () => void;
  setElderFriendly: (isOn: boolean) => void;
};
