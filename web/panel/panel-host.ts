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

/** A stretch of what a screen reader says, in one language (BCP 47). */
export type Speech = { text: string; language: string };

/** What the panel gets from the element that it opens in. */
export type PanelHost = {
  /** Where the panel is put, in the element's shadow root. */
  frame: HTMLElement;
  /** Lets the announcer of the light DOM be heard where it stands. */
  announcerSlot: HTMLSlotElement;
  settings: () => PanelSettings;
  /** Has a screen reader say this, in place of what it was to say before; nothing at all takes that back. */
  announce: (speech: readonly Speech[]) => void;
  /** Dispatches the event `youju:<name>`; false where the page has prevented its default action. */
  emit: (name: string, detail: unknown) => boolean;
  /** Settles when it is open, or cannot be opened. */
  open: () => Promise<void>;
  close: () => void;
  setElderFriendly: (isOn: boolean) => void;
};
