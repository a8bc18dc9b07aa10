import type { AnswerContext } from '../answer/answer-context.ts';
import { answerLanguage } from '../answer/answer-language.ts';
import { clearHighlight, findParagraph } from '../answer/quote-highlight.ts';
import { stopReading } from '../answer/read-aloud.ts';
import { announceExchange } from '../answer/render-answer.ts';
import { visitPlace } from '../answer/visit-place.ts';
import { type Exchange, excessLength } from '../conversation/conversation.ts';
import { Conversation } from '../conversation/hold-conversation.ts';
import { fetchQuestions, readSuggestions } from '../conversation/offered-questions.ts';
import type { LogEntry } from './conversation-log.ts';
import { appendExchange } from './conversation-log.ts';
import { coverPhone, coversScreen } from './cover-phone.ts';
import { createElement } from './create-element.ts';
import type { PanelHost, PanelSettings } from './panel-host.ts';
import { createHighlightSheet, createPanelSheets, createScrollLock } from './panel-styles.ts';
import { PANEL_TEXTS } from './panel-texts.ts';
import { createPanelView, createWelcome, type PanelView } from './panel-view.ts';
import { restoreFocus, watchWhileOpen } from './watch-while-open.ts';

/**
 * The dialog and the conversation in it. It is built anew from the conversation whenever a setting changes: exchanges are data,
 * so nothing is lost but what the visitor had selected.
 */
export class ChatPanel {
  readonly #host: PanelHost;
  readonly #dialog = createElement('dialog', { class: 'panel', part: 'panel', 'aria-labelledby': 'title', tabindex: '-1' });
  readonly #highlightSheet = createHighlightSheet();
  readonly #scrollLock = createScrollLock();
  #settings: PanelSettings;
  #view: PanelView;
  #conversation: Conversation;
  #entries: LogEntry[] = [];
  #offered = new AbortController();
  #whileOpen: AbortController | undefined;

  constructor(host: PanelHost) {
    this.#host = host;
    this.#settings = host.settings();
    this.#conversation = this.#startConversation();
    const root = host.frame.getRootNode();
    if (root instanceof ShadowRoot) root.adoptedStyleSheets.push(...createPanelSheets());
    // Also how Android's Back gesture closes a modal dialog.
    this.#dialog.addEventListener('close', () => this.#dialog.open || host.close());
    this.#dialog.addEventListener('keydown', (press) => {
      if (press.key !== 'Escape' || press.isComposing || press.keyCode === 229) return;
      press.preventDefault();
      host.close();
    });
    this.#view = this.#build();
    host.frame.append(this.#dialog);
  }

  /** Opens the dialog, and takes the focus unless the page opened it by itself. */
  show(takesFocus: boolean): void {
    if (this.#dialog.open) this.#dialog.close();
    this.#highlightSheet.adopt();
    const isModal = !this.#settings.isInline && coversScreen();
    this.#dialog.classList.toggle('covering', isModal);
    const open = new AbortController();
    this.#whileOpen?.abort();
    this.#whileOpen = open;
    if (isModal) {
      this.#dialog.showModal();
      const uncover = coverPhone(this.#dialog, this.#scrollLock);
      open.signal.addEventListener('abort', uncover, { once: true });
    } else this.#dialog.open = true;
    watchWhileOpen(this.#dialog, open.signal, {
      onConnection: (isOnline) => this.#showConnection(isOnline),
      onCovered: () => this.#settings.isInline || this.#host.close(),
      onResize: () => isModal === coversScreen() || this.#settings.isInline || this.show(false),
    });
    if (!takesFocus) return;
    // Focusing the input would bring up the keyboard over the suggestions.
    if (matchMedia('(pointer: coarse)').matches) this.#dialog.focus();
    else this.#view.composer.input.focus();
  }

  /** True where the focus was in the dialog. */
  hide(): boolean {
    const root = this.#dialog.getRootNode();
    const hadFocus = root instanceof ShadowRoot && this.#dialog.contains(root.activeElement);
    this.#whileOpen?.abort();
    this.#dialog.close();
    stopReading();
    return hadFocus;
  }

  async ask(question: string): Promise<void> {
    const text = question.trim();
    if (text === '' || excessLength(text) > 0 || this.#conversation.isAnswering) return;
    this.#host.announce('', this.#settings.language);
    this.#host.emit('ask', { question: text });
    await this.#conversation.ask(text);
  }

  reset(): void {
    this.#conversation.clear();
    this.#view = this.#build();
  }

  /** Takes over what the element's attributes say now. */
  update(): void {
    const before = this.#settings;
    const now = this.#host.settings();
    if (JSON.stringify(before) === JSON.stringify(now)) return;
    this.#settings = now;
    const isSameSubject = (['server', 'documentId', 'askLanguage'] as const).every((name) => before[name] === now[name]);
    if (!isSameSubject) {
      this.#conversation.stop();
      this.#conversation = this.#startConversation();
    }
    this.#view = this.#build();
    if (before.isInline !== now.isInline && this.#dialog.open) this.show(false);
  }

  /** Ends all that reaches beyond the element. The panel can be shown again. */
  disconnect(): void {
    this.#conversation.stop();
    this.#offered.abort();
    this.#whileOpen?.abort();
    for (const entry of this.#entries) entry.end();
    clearHighlight();
    this.#highlightSheet.withdraw();
  }

  #startConversation(): Conversation {
    const { server, documentId, askLanguage: language } = this.#settings;
    const conversation = new Conversation(
      { server, documentId, language },
      {
        onChange: (index) => conversation === this.#conversation && this.#showExchange(index),
        onEnd: (exchange) => conversation === this.#conversation && this.#endExchange(exchange),
      },
    );
    return conversation;
  }

  get #texts() {
    return PANEL_TEXTS[this.#settings.language];
  }

  #formatNumber = (value: number) => new Intl.NumberFormat(this.#settings.language).format(value);

  #build(): PanelView {
    const focus = restoreFocus(this.#dialog);
    // The first time there is none yet.
    const draft = this.#dialog.querySelector<HTMLTextAreaElement>('.composer textarea')?.value ?? '';
    for (const entry of this.#entries) entry.end();
    this.#entries = [];
    const view = createPanelView(this.#texts, this.#settings, this.#formatNumber, {
      onAsk: (question) => void this.ask(question),
      onStop: () => this.#conversation.stop(),
    });
    this.#view = view;
    view.close.addEventListener('click', () => this.#host.close());
    view.clear.addEventListener('click', () => this.#clear());
    view.elderFriendly.addEventListener('click', () => this.#host.setElderFriendly(!this.#settings.isElderFriendly));
    this.#dialog.replaceChildren(view.header, view.connection, view.log, view.composer.form);
    view.composer.setDraft(draft);
    view.composer.setAnswering(this.#conversation.isAnswering);
    if (this.#conversation.exchanges.length === 0) this.#welcome();
    for (const index of this.#conversation.exchanges.keys()) this.#showExchange(index);
    view.clear.hidden = this.#conversation.exchanges.length === 0;
    this.#showConnection(navigator.onLine);
    focus();
    return view;
  }

  #clear(): void {
    this.reset();
    if (matchMedia('(pointer: coarse)').matches) this.#dialog.focus();
    else this.#view.composer.input.focus();
  }

  #welcome(): void {
    const { suggestions, documentId, server, language } = this.#settings;
    const { log } = this.#view;
    const ask = (question: string) => void this.ask(question);
    const offer = (questions: readonly string[]) => log.replaceChildren(createWelcome(this.#texts, questions, ask));
    offer(readSuggestions(suggestions ?? ''));
    if (suggestions !== undefined || documentId === undefined) return;
    this.#offered.abort();
    const offered = new AbortController();
    this.#offered = offered;
    void fetchQuestions(server, documentId, language, offered.signal).then((questions) => {
      if (!offered.signal.aborted && questions.length > 0 && this.#conversation.exchanges.length === 0) offer(questions);
    });
  }

  #showExchange(index: number): void {
    const exchange = this.#conversation.exchanges[index];
    if (!exchange) return;
    const { log, clear, composer } = this.#view;
    if (this.#entries.length === 0) log.replaceChildren();
    const { language } = this.#settings;
    this.#entries[index] ??= appendExchange(log, exchange, language, (signal) => this.#answerContext(exchange, index, signal));
    this.#entries[index].show(exchange);
    clear.hidden = false;
    composer.setAnswering(exchange.outcome.kind === 'pending' && this.#conversation.isAnswering);
  }

  #endExchange(exchange: Exchange): void {
    const texts = this.#texts;
    const { language } = this.#settings;
    const isAnswer = exchange.outcome.kind === 'answer';
    const spokenLanguage = isAnswer ? answerLanguage(exchange, { documentLanguage: this.#documentLanguage }) : language;
    this.#view.composer.setAnswering(false);
    this.#host.announce(announceExchange(exchange, { texts, formatNumber: this.#formatNumber }), spokenLanguage);
    const { outcome } = exchange;
    if (outcome.kind === 'answer') this.#host.emit('answer', outcome.body);
    if (outcome.kind === 'failure') this.#host.emit('failure', outcome.failure);
  }

  get #documentLanguage(): string {
    const printed = document.querySelector('[data-youju-document][data-youju-language]');
    return this.#settings.documentLanguage || printed?.getAttribute('data-youju-language') || 'zh-Hans';
  }

  #showConnection(isOnline: boolean): void {
    const { connection } = this.#view;
    const was = connection.textContent;
    connection.textContent = isOnline ? '' : this.#texts.offline;
    if (was === connection.textContent) return;
    this.#host.announce(isOnline ? this.#texts.online : this.#texts.offline, this.#settings.language);
  }

  #answerContext(exchange: Exchange, index: number, signal: AbortSignal): AnswerContext {
    return {
      texts: this.#texts,
      formatNumber: this.#formatNumber,
      documentLanguage: this.#documentLanguage,
      isOnThisPage: (place) => findParagraph(place) !== undefined,
      onVisit: (place, click) => visitPlace(place, click, this.#dialog, this.#host),
      onAsk: (question) => void this.ask(question),
      onRetry: () => void this.#conversation.retry(index),
      onRate: async (rating, comment) => {
        const arrived = await this.#conversation.rate(index, rating, comment);
        if (arrived) this.#host.emit('feedback', { question: exchange.question, rating, comment });
        return arrived;
      },
      announce: (text) => this.#host.announce(text, this.#settings.language),
      signal,
    };
  }
}

export const createChatPanel = (host: PanelHost): ChatPanel => new ChatPanel(host);
