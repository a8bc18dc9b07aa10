import type { Language } from '../../server/wire.ts';
import type { ChatPanel } from '../panel/chat-panel.ts';
import type { PanelHost, Speech } from '../panel/panel-host.ts';
import { announce, provideAnnouncer } from './announcer.ts';
import { applyBrand } from './appearance/brand-colour.ts';
import { pageScheme, watchPage } from './appearance/page-scheme.ts';
import { float, shareCorner, stackLaunchers } from './appearance/place-launchers.ts';
import { rememberElderFriendly, rememberedElderFriendly } from './appearance/remember-elder-friendly.ts';
import { forgetConversation } from './conversation-key.ts';
import { createLauncher } from './create-launcher.ts';
import { chooseLanguage, explicitLanguage } from './interface-language.ts';
import launcherCss from './launcher.css?inline';
import { LAUNCHER_TEXTS } from './launcher-texts.ts';
import { type CodeSource, loadPanel } from './load-panel.ts';
import { OPTIONS, type Position, readPosition, readTheme } from './widget-options.ts';

/** Marks what a script tag has placed. */
export const PLACED = 'data-youju-placed';

/** From when on a panel that is still being loaded is announced, in milliseconds. */
const LONG_WAIT = 1000;

/**
 * `<youju-chat>`: the launcher, and the panel that is loaded when it is first opened. Attributes: widget-options.ts, and `open`,
 * which tells and sets whether the panel is open. Events, all bubbling: `youju:open`, `youju:close`, and those of the panel.
 */
export class YoujuChatElement extends HTMLElement {
  static readonly observedAttributes = [...OPTIONS, 'open'];
  /** The elements in the document, in order of arrival. */
  static readonly connected = new Set<YoujuChatElement>();
  static code: CodeSource = { origin: location.origin, nonce: '' };

  /** The script tag that placed this element: as long as that stays, the element outlives a swap of the page's body. */
  placedBy: HTMLScriptElement | undefined;

  readonly #launcher = createLauncher();
  #panel: ChatPanel | undefined;
  #parent: Node | null = null;
  #opener: HTMLElement | undefined;
  #openings = 0;
  #opened = Promise.resolve();
  #unwatchPage: (() => void) | undefined;

  constructor() {
    super();
    const root = this.attachShadow({ mode: 'open' });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(launcherCss);
    root.adoptedStyleSheets = [sheet];
    root.append(this.#launcher.frame);
    this.#launcher.button.addEventListener('click', () => this.show());
  }

  connectedCallback(): void {
    // A copy of the page (Turbo keeps one of each it leaves) has copied the widget too. The script sees to it that there is one.
    if (this.hasAttribute(PLACED) && !this.placedBy) {
      this.remove();
      return;
    }
    this.#parent = this.parentNode;
    // Moved within the page, or put into its new body: all goes on, but the browser has closed what was in the top layer.
    const wasMoved = YoujuChatElement.connected.has(this);
    YoujuChatElement.connected.add(this);
    const remembered = rememberedElderFriendly();
    if (remembered !== undefined) this.toggleAttribute('elder-friendly', remembered);
    provideAnnouncer(this);
    this.#unwatchPage?.();
    this.#unwatchPage = watchPage(document, () => this.#update());
    this.#update();
    if (!this.hasAttribute('open')) return;
    if (wasMoved) this.#panel?.show(false);
    else this.#opened = this.#open(false);
  }

  disconnectedCallback(): void {
    const parent = this.#parent;
    queueMicrotask(() => {
      if (this.isConnected) return;
      // Turbo and its like put a new body in the place of the old one. An element that was removed by itself stays removed.
      if (parent?.isConnected === false && this.placedBy?.isConnected) document.body.append(this);
      else this.#leave();
    });
  }

  attributeChangedCallback(name: string, before: string | null, after: string | null): void {
    // What the parser found on the element is read as a whole when it is connected.
    if (!YoujuChatElement.connected.has(this) || before === after) return;
    if (name !== 'open') {
      this.#update();
      return;
    }
    YoujuChatElement.#stack();
    if (before === null) this.#opened = this.#open(true);
    else if (after === null) this.#close();
  }

  show(): void {
    this.toggleAttribute('open', true);
  }

  hide(): void {
    this.toggleAttribute('open', false);
  }

  /** Opens the panel and asks. Settles to true when it is answered or declined, to false when there will be no answer. */
  async ask(question: string): Promise<boolean> {
    this.show();
    // Why it could not be loaded is told where it is opened.
    const panel = await this.#loadPanel().catch(() => undefined);
    return (await panel?.ask(question)) ?? false;
  }

  /** Forgets the conversation. */
  reset(): void {
    if (this.#panel) this.#panel.reset();
    else forgetConversation(this.#subject);
  }

  /** Takes the element out of the page, with all it put there. */
  destroy(): void {
    this.placedBy = undefined;
    this.removeAttribute(PLACED);
    this.remove();
    this.#leave();
  }

  #leave(): void {
    YoujuChatElement.connected.delete(this);
    this.#unwatchPage?.();
    this.#unwatchPage = undefined;
    this.#panel?.disconnect();
    YoujuChatElement.#stack();
  }

  static #stack(): void {
    stackLaunchers(
      [...YoujuChatElement.connected].map((element) => ({
        frame: element.#launcher.frame,
        position: element.#position,
        isOpen: element.hasAttribute('open'),
      })),
    );
  }

  get #language(): Language {
    return chooseLanguage(this.getAttribute('language'), document.documentElement.lang, navigator.languages);
  }

  get #position(): Position {
    return readPosition(this.getAttribute('position') ?? (this.placedBy ? null : 'inline'));
  }

  get #subject() {
    return {
      server: this.getAttribute('server') ?? YoujuChatElement.code.origin,
      documentId: this.getAttribute('document') ?? undefined,
    };
  }

  #update(): void {
    const theme = readTheme(this.getAttribute('theme'));
    const isElderFriendly = this.hasAttribute('elder-friendly');
    const texts = LAUNCHER_TEXTS[this.#language];
    const { frame, label } = this.#launcher;
    frame.lang = this.#language;
    frame.setAttribute('aria-label', texts.title);
    const scheme = theme === 'host' ? pageScheme(document) : theme;
    frame.className = `frame ${this.#position} ${scheme}${isElderFriendly ? ' elder-friendly' : ''}`;
    label.textContent = texts.launcher;
    applyBrand(frame.style, this.getAttribute('brand-color') ?? '', isElderFriendly);
    YoujuChatElement.#stack();
    float({ frame, position: this.#position });
    this.#panel?.update();
  }

  /** Rejects where it cannot be had; `undefined` where the element has left the page meanwhile. */
  async #loadPanel(): Promise<ChatPanel | undefined> {
    const { createChatPanel } = await loadPanel(YoujuChatElement.code);
    if (YoujuChatElement.connected.has(this)) this.#panel ??= createChatPanel(this.#panelHost());
    return this.isConnected ? this.#panel : undefined;
  }

  async #open(takesFocus: boolean): Promise<void> {
    const opening = ++this.#openings;
    const active = document.activeElement;
    this.#opener = active instanceof HTMLElement && active !== document.body && active !== this ? active : undefined;
    this.#hideNeighbours();
    const { button, label } = this.#launcher;
    const texts = LAUNCHER_TEXTS[this.#language];
    button.setAttribute('aria-busy', 'true');
    const longWait = setTimeout(() => this.#announce([{ text: texts.loading, language: this.#language }]), LONG_WAIT);
    try {
      const panel = await this.#loadPanel();
      label.textContent = texts.launcher;
      if (!panel || opening !== this.#openings || !this.hasAttribute('open')) return;
      panel.show(takesFocus);
      button.hidden = true;
      button.setAttribute('aria-expanded', 'true');
      this.#emit('open', undefined);
    } catch (error) {
      console.error('Youju: the panel could not be loaded', error);
      this.hide();
      label.textContent = texts.loadFailed;
      this.#announce([{ text: texts.loadFailed, language: this.#language }]);
    } finally {
      clearTimeout(longWait);
      button.removeAttribute('aria-busy');
    }
  }

  #close(): void {
    const { button } = this.#launcher;
    if (!button.hidden) return;
    const hadFocus = this.#panel?.hide() ?? false;
    button.hidden = false;
    button.setAttribute('aria-expanded', 'false');
    if (hadFocus) {
      this.#opener?.focus();
      if (document.activeElement !== this.#opener) button.focus();
    }
    this.#emit('close', undefined);
  }

  /** Two open panels in one corner would cover each other. */
  #hideNeighbours(): void {
    for (const other of YoujuChatElement.connected) if (other !== this && shareCorner(other.#position, this.#position)) other.hide();
  }

  #announce(speech: readonly Speech[]): void {
    announce(provideAnnouncer(this), speech);
  }

  #emit(name: string, detail: unknown): boolean {
    const cancelable = name === 'citation-click';
    return this.dispatchEvent(new CustomEvent(`youju:${name}`, { detail, bubbles: true, composed: true, cancelable }));
  }

  #panelHost(): PanelHost {
    return {
      frame: this.#launcher.frame,
      announcerSlot: this.#launcher.announcerSlot,
      settings: () => ({
        ...this.#subject,
        language: this.#language,
        askLanguage: explicitLanguage(this.getAttribute('language')),
        documentLanguage: this.getAttribute('document-language') ?? undefined,
        suggestions: this.getAttribute('suggestions') ?? undefined,
        isInline: this.#position === 'inline',
        isElderFriendly: this.hasAttribute('elder-friendly'),
      }),
      announce: (speech) => this.#announce(speech),
      emit: (name, detail) => this.#emit(name, detail),
      open: async () => {
        this.show();
        await this.#opened;
      },
      close: () => this.hide(),
      setElderFriendly: (isOn) => {
        rememberElderFriendly(isOn);
        this.toggleAttribute('elder-friendly', isOn);
      },
    };
  }
}
