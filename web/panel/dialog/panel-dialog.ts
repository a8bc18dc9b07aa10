import { createElement } from '../create-element.ts';
import type { PanelHost } from '../panel-host.ts';
import { createScrollLock } from '../panel-styles.ts';
import { coverPhone, coversScreen, isTouched } from './cover-phone.ts';
import { keepFocus } from './keep-focus.ts';
import { watchWhileOpen } from './watch-while-open.ts';

type DialogEvents = {
  /** Where the focus belongs if nowhere else. */
  goHome: () => void;
  onConnection: (isOnline: boolean) => void;
  onVoices: () => void;
};

/** The dialog: modal and over the whole screen on a phone, beside the page or in its text elsewhere. */
export class PanelDialog {
  readonly element: HTMLDialogElement;
  readonly #host: PanelHost;
  readonly #events: DialogEvents;
  readonly #scrollLock = createScrollLock();
  #whileOpen: AbortController | undefined;

  constructor(content: HTMLElement, host: PanelHost, events: DialogEvents) {
    this.#host = host;
    this.#events = events;
    this.element = createElement('dialog', { class: 'panel', part: 'panel', 'aria-labelledby': 'title', tabindex: '-1' }, content);
    // Also how Android's Back gesture closes a modal dialog.
    this.element.addEventListener('close', () => this.element.open || host.close());
    this.element.addEventListener('keydown', (press) => {
      if (press.key !== 'Escape' || press.isComposing || press.keyCode === 229) return;
      press.preventDefault();
      host.close();
    });
    host.frame.append(this.element);
  }

  get hasFocus(): boolean {
    const root = this.element.getRootNode();
    return root instanceof ShadowRoot && this.element.contains(root.activeElement);
  }

  keepFocus(change: () => void): void {
    keepFocus(this.element, this.#events.goHome, change);
  }

  /** Opens it, anew where it is open. */
  open(): void {
    this.keepFocus(() => this.#open());
  }

  /** Ends what reaches beyond the dialog, whether or not it stays open. */
  release(): void {
    this.#whileOpen?.abort();
    this.#host.frame.append(this.#host.announcerSlot);
  }

  close(): void {
    this.release();
    this.element.close();
  }

  #open(): void {
    if (this.element.open) this.close();
    const open = new AbortController();
    this.#whileOpen = open;
    const { isInline } = this.#host.settings();
    const isModal = !isInline && coversScreen();
    this.element.classList.toggle('covering', isModal);
    if (isModal) {
      // All outside a modal dialog is out of reach, for screen readers too.
      this.element.append(this.#host.announcerSlot);
      this.element.showModal();
      open.signal.addEventListener('abort', coverPhone(this.element, this.#scrollLock), { once: true });
    } else this.element.open = true;
    watchWhileOpen(this.element, open.signal, {
      onConnection: this.#events.onConnection,
      onVoices: this.#events.onVoices,
      onCovered: () => isInline || this.#host.close(),
      onResize: () => isInline || isModal === coversScreen() || this.#fitWindow(),
    });
  }

  #fitWindow(): void {
    // It may be the visitor's keyboard that has made the window smaller; closing the dialog would close it too.
    if (!(isTouched() && this.element.querySelector('textarea:focus'))) this.open();
  }
}
