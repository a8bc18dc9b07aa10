import type { Language } from '../../server/wire.ts';
import type { ChatPanel } from '../panel/chat-panel.ts';
import type { PanelHost } from '../panel/panel-host.ts';
import { brandProperties } from './brand-colour.ts';
import { readColour } from './colours.ts';
import { createLauncher } from './create-launcher.ts';
import { chooseLanguage, explicitLanguage } from './interface-language.ts';
import launcherCss from './launcher.css?inline';
import { LAUNCHER_TEXTS } from './launcher-texts.ts';
import { loadPanel } from './load-panel.ts';
import { pageScheme } from './page-scheme.ts';
import { prefersElderFriendly, rememberElderFriendly } from './remember-elder-friendly.ts';
import { OPTIONS, readPosition, readTheme } from './widget-options.ts';

/** Whatever on the page's root may tell that its language or its colours changed. */
const PAGE_ATTRIBUTES = ['lang', 'class', 'style', 'data-theme', 'data-color-scheme'];
const ANNOUNCER = 'data-youju-announcer';

/**
 * `<youju-chat>`: the launcher, and the panel that is loaded when it is first opened. Attributes: widget-options.ts, and `open`,
 * which tells and sets whether the panel is open. Events, all bubbling: `youju:open`, `youju:close`, and those of the panel.
 */
export class YoujuChatElement extends HTMLElement {
  static readonly observedAttributes = [...OPTIONS, 'open'];
  /** The elements in the document, in order of arrival. */
  static readonly connected = new Set<YoujuChatElement>();
  /** Where this code came from, and the panel's code with it. */
  static codeOrigin = location.origin;

  /** The script tag that placed this element: as long as that stays, the element outlives a swap of the page's body. */
  placedBy: HTMLScriptElement | undefined;

  readonly #launcher = createLauncher();
  #panel: ChatPanel | undefined;
  #parent: Node | null = null;
  #opener: HTMLElement | undefined;
  #pageObserver: MutationObserver | undefined;

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
    this.#parent = this.parentNode;
    YoujuChatElement.connected.add(this);
    if (prefersElderFriendly()) this.toggleAttribute('elder-friendly', true);
    if (!this.#announcer) {
      const announcer = document.createElement('div');
      for (const [name, value] of [
        [ANNOUNCER, ''],
        ['role', 'status'],
        ['aria-live', 'polite'],
      ] as const)
        announcer.setAttribute(name, value);
      this.append(announcer);
    }
    this.#pageObserver = new MutationObserver(() => this.#update());
    this.#pageObserver.observe(document.documentElement, { attributeFilter: PAGE_ATTRIBUTES });
    this.#update();
    if (this.hasAttribute('open')) void this.#open(false);
  }

  disconnectedCallback(): void {
    YoujuChatElement.connected.delete(this);
    this.#pageObserver?.disconnect();
    this.#panel?.disconnect();
    const parent = this.#parent;
    queueMicrotask(() => {
      // Turbo and its like put a new body in the place of the old one. An element that was removed by itself stays removed.
      if (!this.isConnected && parent?.isConnected === false && this.placedBy?.isConnected) document.body.append(this);
    });
  }

  attributeChangedCallback(name: string, before: string | null, after: string | null): void {
    // What the parser found on the element is read as a whole when it is connected.
    if (!YoujuChatElement.connected.has(this) || before === after) return;
    if (name !== 'open') this.#update();
    else if (before === null) void this.#open(true);
    else if (after === null) this.#close();
  }

  show(): void {
    this.toggleAttribute('open', true);
  }

  hide(): void {
    this.toggleAttribute('open', false);
  }

  /** Opens the panel and asks. Settles when the answer is there, or will not come. */
  async ask(question: string): Promise<void> {
    this.show();
    const panel = await this.#loadPanel();
    await panel.ask(question);
  }

  /** Forgets the conversation. */
  reset(): void {
    this.#panel?.reset();
  }

  /** Takes the element out of the page, with all it put there. */
  destroy(): void {
    this.placedBy = undefined;
    this.remove();
  }

  get #announcer(): Element | null {
    return this.querySelector(`:scope > [${ANNOUNCER}]`);
  }

  get #language(): Language {
    return chooseLanguage(this.getAttribute('language'), document.documentElement.lang, navigator.languages);
  }

  #update(): void {
    const position = readPosition(this.getAttribute('position') ?? (this.placedBy ? null : 'inline'));
    const theme = readTheme(this.getAttribute('theme'));
    const isElderFriendly = this.hasAttribute('elder-friendly');
    const texts = LAUNCHER_TEXTS[this.#language];
    const { frame, label } = this.#launcher;
    frame.lang = this.#language;
    frame.setAttribute('aria-label', texts.title);
    frame.className = `frame ${position} ${theme === 'host' ? pageScheme(document) : theme}${isElderFriendly ? ' elder-friendly' : ''}`;
    label.textContent = texts.launcher;
    this.#applyBrand(isElderFriendly);
    this.#place(position);
    this.#panel?.update();
  }

  #applyBrand(isElderFriendly: boolean): void {
    const brand = readColour(this.getAttribute('brand-color') ?? '');
    const { style } = this.#launcher.frame;
    for (const name of [...style].filter((property) => property.includes('brand'))) style.removeProperty(name);
    for (const [name, value] of Object.entries(brand ? brandProperties(brand, isElderFriendly) : {})) style.setProperty(name, value);
  }

  #place(position: string): void {
    const { frame } = this.#launcher;
    const neighbours = [...YoujuChatElement.connected].filter(
      (other) => other !== this && other.#launcher.frame.classList.contains(position),
    );
    // Launchers in one corner stand on each other's shoulders.
    if (!frame.style.getPropertyValue('--row')) frame.style.setProperty('--row', String(neighbours.length));
    // The top layer: no z-index, transform or overflow of the page gets between the visitor and the widget.
    const floats = position !== 'inline' && 'popover' in frame;
    if (!floats) frame.removeAttribute('popover');
    else if (!frame.hasAttribute('popover')) frame.popover = 'manual';
    if (floats && !frame.matches(':popover-open')) frame.showPopover();
  }

  #loadPanel(): Promise<ChatPanel> {
    return loadPanel(YoujuChatElement.codeOrigin).then(({ createChatPanel }) => {
      this.#panel ??= createChatPanel(this.#panelHost());
      return this.#panel;
    });
  }

  async #open(takesFocus: boolean): Promise<void> {
    const active = document.activeElement;
    this.#opener = active instanceof HTMLElement && active !== document.body && active !== this ? active : undefined;
    const { button, label } = this.#launcher;
    button.setAttribute('aria-busy', 'true');
    try {
      const panel = await this.#loadPanel();
      if (!this.isConnected || !this.hasAttribute('open')) return;
      this.#hideNeighbours();
      panel.show(takesFocus);
      button.hidden = true;
      button.setAttribute('aria-expanded', 'true');
      this.#emit('open', undefined);
    } catch (error) {
      console.error('Youju: the panel could not be loaded', error);
      this.hide();
      label.textContent = LAUNCHER_TEXTS[this.#language].loadFailed;
      this.#announce(label.textContent, this.#language);
    } finally {
      button.removeAttribute('aria-busy');
    }
  }

  #close(): void {
    const { button } = this.#launcher;
    if (!button.hidden) return;
    const hadFocus = this.#panel?.hide() ?? false;
    button.hidden = false;
    button.setAttribute('aria-expanded', 'false');
    if (hadFocus) (this.#opener?.isConnected ? this.#opener : button).focus();
    this.#emit('close', undefined);
  }

  /** Two open panels in one corner would cover each other. */
  #hideNeighbours(): void {
    const isInline = this.#launcher.frame.classList.contains('inline');
    for (const other of YoujuChatElement.connected)
      if (other !== this && !isInline && !other.#launcher.frame.classList.contains('inline')) other.hide();
  }

  #announce(text: string, language: string): void {
    const announcer = this.#announcer;
    if (!announcer) return;
    announcer.setAttribute('lang', language);
    announcer.textContent = text;
  }

  #emit(name: string, detail: unknown): boolean {
    return this.dispatchEvent(new CustomEvent(`youju:${name}`, { detail, bubbles: true, composed: true, cancelable: true }));
  }

  #panelHost(): PanelHost {
    return {
      frame: this.#launcher.frame,
      settings: () => ({
        language: this.#language,
        askLanguage: explicitLanguage(this.getAttribute('language')),
        documentId: this.getAttribute('document') ?? undefined,
        documentLanguage: this.getAttribute('document-language') ?? undefined,
        suggestions: this.getAttribute('suggestions') ?? undefined,
        server: this.getAttribute('server') ?? YoujuChatElement.codeOrigin,
        isInline: this.#launcher.frame.classList.contains('inline'),
        isElderFriendly: this.hasAttribute('elder-friendly'),
      }),
      announce: (text, language) => this.#announce(text, language),
      emit: (name, detail) => this.#emit(name, detail),
      close: () => this.hide(),
      setElderFriendly: (isOn) => {
        rememberElderFriendly(isOn);
        this.toggleAttribute('elder-friendly', isOn);
      },
    };
  }
}
