import { AskError, askQuestion } from './ask-client.ts';
import type { ChatPanel } from './chat-panel.ts';
import { createChatPanel, createWelcome } from './chat-panel.ts';
import type { Composer } from './composer.ts';
import { createComposer } from './composer.ts';
import type { Exchange, Outcome } from './conversation.ts';
import { advanceExchange, buildRequest, startExchange } from './conversation.ts';
import type { LogEntry } from './conversation-log.ts';
import { appendExchange } from './conversation-log.ts';
import { chooseLanguage, explicitLanguage } from './interface-language.ts';
import type { InterfaceTexts } from './interface-texts.ts';
import { INTERFACE_TEXTS } from './interface-texts.ts';
import { boxOfQuote, findParagraph, revealParagraph } from './quote-highlight.ts';
import type { AnswerContext } from './render-answer.ts';
import { announceExchange } from './render-answer.ts';
import { suggestQuestions } from './suggested-questions.ts';
import { adoptHighlightStyles, createWidgetSheets } from './widget-styles.ts';

const PHONE = '(max-width: 480px)';
const TOUCH = '(pointer: coarse)';

type View = ChatPanel & { composer: Composer; texts: InterfaceTexts; documentLanguage: string };

/**
 * `<youju-chat document="…" language="auto|zh-Hans|…" document-language="…" suggestions="…|…" server="https://…">`:
 * a launcher and a panel to ask about a document. The attribute `open` reflects the panel's state for the page's styles.
 */
export class YoujuChatElement extends HTMLElement {
  /** Where the script came from; for elements without a `server` attribute. */
  static defaultServer = '';

  #view: View | undefined;
  #exchanges: Exchange[] = [];
  #answering: AbortController | undefined;

  connectedCallback(): void {
    if (this.#view) return;
    const view = this.#createView();
    this.#view = view;
    const root = this.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = createWidgetSheets();
    root.append(view.launcher, view.dialog);
    adoptHighlightStyles(document);
  }

  disconnectedCallback(): void {
    this.#answering?.abort();
  }

  get #server(): string {
    return this.getAttribute('server') ?? (YoujuChatElement.defaultServer || location.origin);
  }

  #createView(): View {
    const attribute = this.getAttribute('language');
    const language = chooseLanguage(attribute, document.documentElement.lang, navigator.languages);
    this.lang = language;
    const texts = INTERFACE_TEXTS[language];
    const ask = (question: string) => void this.#ask(question);
    const composer = createComposer(texts, { onAsk: ask, onStop: () => this.#answering?.abort() });
    const panel = createChatPanel(texts, composer);
    const documentId = this.getAttribute('document');
    const suggestions = suggestQuestions(this.getAttribute('suggestions'), documentId, language);
    panel.log.append(createWelcome(texts, suggestions, ask));
    panel.launcher.addEventListener('click', () => this.show());
    panel.close.addEventListener('click', () => this.hide());
    // Also how Android's Back gesture closes a modal dialog.
    panel.dialog.addEventListener('close', () => this.#reflectClosed(panel));
    panel.dialog.addEventListener('keydown', (press) => {
      if (press.key !== 'Escape') return;
      press.preventDefault();
      this.hide();
    });
    return { ...panel, composer, texts, documentLanguage: this.#findDocumentLanguage() };
  }

  #findDocumentLanguage(): string {
    const stated = this.getAttribute('document-language');
    if (stated) return stated;
    const printed = document.querySelector('[data-youju-document][data-youju-language]');
    return printed?.getAttribute('data-youju-language') || 'zh-Hans';
  }

  show(): void {
    const view = this.#view;
    if (!view || view.dialog.open) return;
    // On a phone the panel covers the page, so the page must be out of reach too.
    if (matchMedia(PHONE).matches) view.dialog.showModal();
    else view.dialog.show();
    this.toggleAttribute('open', true);
    view.launcher.hidden = true;
    view.launcher.setAttribute('aria-expanded', 'true');
    // Focusing the input would bring up the keyboard over the suggestions.
    if (matchMedia(TOUCH).matches) view.dialog.focus();
    else view.composer.input.focus();
  }

  hide(): void {
    if (!this.#view) return;
    this.#view.dialog.close();
    this.#reflectClosed(this.#view);
    this.#view.launcher.focus();
  }

  #reflectClosed({ dialog, launcher }: ChatPanel): void {
    // The `close` event comes late: the panel may have been opened again by then.
    if (dialog.open) return;
    this.toggleAttribute('open', false);
    launcher.hidden = false;
    launcher.setAttribute('aria-expanded', 'false');
    if (document.activeElement === document.body) launcher.focus();
  }

  async #ask(question: string): Promise<void> {
    const view = this.#view;
    if (!view || this.#answering) return;
    view.log.querySelector('.welcome')?.remove();
    const index = this.#exchanges.length;
    const retry = () => void this.#answer(view, entry, index, question);
    const entry = appendExchange(view.log, question, this.#answerContext(view, retry));
    await this.#answer(view, entry, index, question);
  }

  async #answer(view: View, entry: LogEntry, index: number, question: string): Promise<void> {
    if (this.#answering) return;
    const answering = new AbortController();
    this.#answering = answering;
    view.composer.setAnswering(true);
    let exchange = startExchange(question);
    const show = () => {
      this.#exchanges[index] = exchange;
      entry.show(exchange);
    };
    show();
    try {
      for await (const progress of askQuestion(this.#server, this.#request(question, index), answering.signal)) {
        exchange = advanceExchange(exchange, progress);
        show();
      }
    } catch (error) {
      exchange = { ...exchange, outcome: outcomeOf(error, answering.signal) };
      show();
    }
    this.#answering = undefined;
    view.composer.setAnswering(false);
    view.announcer.textContent = announceExchange(exchange, view.texts);
  }

  #request(question: string, index: number) {
    return buildRequest(question, this.#exchanges.slice(0, index), {
      documentId: this.getAttribute('document') ?? undefined,
      language: explicitLanguage(this.getAttribute('language')),
    });
  }

  #answerContext(view: View, onRetry: () => void): AnswerContext {
    return {
      texts: view.texts,
      documentLanguage: view.documentLanguage,
      isOnThisPage: (place) => findParagraph(place) !== undefined,
      onRetry,
      onVisit: (place, click) => {
        const paragraph = findParagraph(place);
        // With a modifier key the visitor asked for a tab or a window of their own.
        if (!paragraph || click.ctrlKey || click.metaKey || click.shiftKey || click.altKey) return;
        click.preventDefault();
        const { dialog } = view;
        // Outside a modal dialog nothing can be focused, so it closes first.
        if (dialog.matches(':modal')) dialog.close();
        const quotation = 'quote' in place ? place : undefined;
        revealParagraph(paragraph, quotation);
        if (dialog.open && overlap(dialog.getBoundingClientRect(), boxOfQuote(paragraph, quotation))) dialog.close();
      },
    };
  }
}

function overlap(one: DOMRect, other: DOMRect): boolean {
  const apart = one.right <= other.left || other.right <= one.left || one.bottom <= other.top || other.bottom <= one.top;
  return !apart;
}

function outcomeOf(error: unknown, signal: AbortSignal): Outcome {
  if (signal.aborted) return { kind: 'stopped' };
  return { kind: 'failure', failure: error instanceof AskError ? error.failure : { kind: 'server', code: undefined } };
}
