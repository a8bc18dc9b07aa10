import type { AnswerContext } from '../answer/answer-context.ts';
import { clearHighlight, findParagraph } from '../answer/quote-highlight.ts';
import { stopReading } from '../answer/read-aloud.ts';
import { announceExchange } from '../answer/render-answer.ts';
import { visitPlace } from '../answer/visit-place.ts';
import { Conversation } from '../conversation/conversation.ts';
import { type Exchange, excessLength } from '../conversation/exchange.ts';
import { type DocumentList, fetchDocuments, type ListedDocument } from '../conversation/listed-documents.ts';
import { fetchQuestions, readSuggestions } from '../conversation/offered-questions.ts';
import { createDocumentChooser } from './composer/document-chooser.ts';
import type { LogEntry } from './conversation-log.ts';
import { appendExchange } from './conversation-log.ts';
import { createElement } from './create-element.ts';
import { isTouched } from './dialog/cover-phone.ts';
import { PanelDialog } from './dialog/panel-dialog.ts';
import type { PanelHost, PanelSettings } from './panel-host.ts';
import { createHighlightSheet, createPanelSheets } from './panel-styles.ts';
import { createPanelView, createWelcome, type PanelView } from './panel-view.ts';
import { PANEL_TEXTS } from './texts/texts-by-language.ts';

/**
 * The dialog and the conversation in it. It is built anew from the conversation whenever a setting changes: exchanges are data,
 * so nothing is lost but what the visitor had selected.
 */
export class ChatPanel {
  readonly #host: PanelHost;
  readonly #content = createElement('div', { class: 'content' });
  readonly #dialog: PanelDialog;
  readonly #highlightSheet = createHighlightSheet();
  #settings: PanelSettings;
  #view: PanelView;
  #conversation: Conversation;
  #entries: LogEntry[] = [];
  #offered = new AbortController();
  #hasLeft = false;
  readonly #chooserSlot = createElement('div', { class: 'content' });
  readonly #chosen = new Map<string, ListedDocument>();
  #documents: Promise<DocumentList> | undefined;

  constructor(host: PanelHost) {
    this.#host = host;
    this.#settings = host.settings();
    this.#conversation = this.#startConversation();
    const root = host.frame.getRootNode();
    if (root instanceof ShadowRoot) root.adoptedStyleSheets.push(...createPanelSheets());
    this.#dialog = new PanelDialog(this.#content, host, {
      goHome: () => this.#goHome(),
      onConnection: (isOnline) => this.#tellConnection(isOnline),
      onVoices: () => this.#dialog.keepFocus(() => this.#showAll()),
    });
    this.#view = this.#build();
  }

  /** Opens the dialog, and takes the focus unless the page opened it by itself. Opens it anew where it is open. */
  show(takesFocus: boolean): void {
    // Countdowns ended when the element left the page.
    if (this.#hasLeft) this.#dialog.keepFocus(() => this.#build());
    this.#hasLeft = false;
    this.#highlightSheet.adopt();
    this.#dialog.open();
    this.#showConnection(navigator.onLine);
    if (takesFocus) this.#goHome();
  }

  /** True where the focus was in the dialog. */
  hide(): boolean {
    const hadFocus = this.#dialog.hasFocus;
    this.#dialog.close();
    stopReading();
    return hadFocus;
  }

  /** True where it was answered, or declined. */
  async ask(question: string): Promise<boolean> {
    const text = question.trim();
    if (text === '' || excessLength(text) > 0) return false;
    this.#host.announce([]);
    this.#host.emit('ask', { question: text });
    return this.#conversation.ask(text, this.#settings.askLanguage);
  }

  reset(): void {
    this.#conversation.clear();
    this.#dialog.keepFocus(() => this.#build());
  }

  /** Takes over what the element's attributes say now. */
  update(): void {
    const before = this.#settings;
    const now = this.#host.settings();
    if (JSON.stringify(before) === JSON.stringify(now)) return;
    this.#settings = now;
    if (before.server !== now.server || before.documentId !== now.documentId) {
      this.#conversation.stop();
      this.#conversation = this.#startConversation();
      this.#chosen.clear();
      this.#documents = undefined;
    }
    this.#dialog.keepFocus(() => this.#build());
    if (before.isInline !== now.isInline && this.#dialog.element.open) this.#dialog.open();
  }

  /** Ends all that reaches beyond the element. The panel can be shown again. */
  disconnect(): void {
    this.#conversation.stop();
    this.#offered.abort();
    this.#dialog.release();
    for (const entry of this.#entries) entry.end();
    this.#hasLeft = true;
    stopReading();
    clearHighlight(this.#host);
    this.#highlightSheet.withdraw();
  }

  #startConversation(): Conversation {
    const { server, documentId } = this.#settings;
    const conversation = new Conversation(
      { server, documentId },
      {
        onChange: (index) => conversation === this.#conversation && this.#dialog.keepFocus(() => this.#showExchange(index)),
        onEnd: (exchange) => conversation === this.#conversation && this.#endExchange(exchange),
      },
    );
    return conversation;
  }

  get #texts() {
    return PANEL_TEXTS[this.#settings.language];
  }

  #formatNumber = (value: number) => new Intl.NumberFormat(this.#settings.language).format(value);
  #announce = (text: string) => this.#host.announce([{ text, language: this.#settings.language }]);

  /** Where the focus belongs if nowhere else. Focusing the input would bring up a phone's keyboard over what there is to read. */
  #goHome(): void {
    if (isTouched()) this.#dialog.element.focus();
    else this.#view.composer.input.focus();
  }

  #build(): PanelView {
    const draft = this.#content.querySelector<HTMLTextAreaElement>('.composer textarea');
    for (const entry of this.#entries) entry.end();
    this.#entries = [];
    const view = createPanelView(this.#texts, this.#settings, this.#formatNumber, {
      onAsk: (question) => void this.ask(question),
      onStop: () => this.#conversation.stop(),
      announce: this.#announce,
    });
    this.#view = view;
    view.close.addEventListener('click', () => this.#host.close());
    view.clear.addEventListener('click', () => this.reset());
    view.elderFriendly.addEventListener('click', () => this.#host.setElderFriendly(!this.#settings.isElderFriendly));
    this.#content.replaceChildren(view.header, view.connection, view.log, this.#chooserSlot, view.composer.form);
    this.#offerDocuments();
    if (draft) view.composer.continueDraft(draft);
    if (this.#conversation.exchanges.length === 0) this.#welcome();
    this.#showAll();
    view.clear.hidden = this.#conversation.exchanges.length === 0;
    this.#showConnection(navigator.onLine);
    return view;
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

  /** Where the page names no one document and there are several, the visitor may choose. */
  #offerDocuments(): void {
    const { server, documentId } = this.#settings;
    this.#chooserSlot.replaceChildren();
    if (documentId !== undefined) return;
    const search = (words: string) => fetchDocuments(server, words, new AbortController().signal);
    this.#documents ??= search('');
    void this.#documents.then((list) => {
      if (list.total < 2 || this.#settings.documentId !== undefined) return;
      const onChoose = () => this.#conversation.narrowTo([...this.#chosen.keys()]);
      this.#chooserSlot.replaceChildren(createDocumentChooser(this.#texts, list, this.#chosen, { search, onChoose }));
    });
  }

  #showAll(): void {
    for (const index of this.#conversation.exchanges.keys()) this.#showExchange(index);
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
    composer.setAnswering(this.#conversation.isAnswering);
  }

  #endExchange(exchange: Exchange): void {
    const { outcome } = exchange;
    this.#host.announce(announceExchange(exchange, this.#wording));
    if (outcome.kind === 'answer') this.#host.emit('answer', outcome.body);
    if (outcome.kind === 'failure') this.#host.emit('failure', outcome.failure);
  }

  get #documentLanguage(): string {
    const printed = document.querySelector('[data-youju-document][data-youju-language]');
    return this.#settings.documentLanguage || printed?.getAttribute('data-youju-language') || 'zh-Hans';
  }

  #showConnection(isOnline: boolean): void {
    this.#view.connection.textContent = isOnline ? '' : this.#texts.offline;
  }

  #tellConnection(isOnline: boolean): void {
    this.#showConnection(isOnline);
    // What failed says why as things are now.
    this.#dialog.keepFocus(() => this.#showAll());
    this.#announce(isOnline ? this.#texts.online : this.#texts.offline);
  }

  get #wording() {
    const { language } = this.#settings;
    return { texts: this.#texts, formatNumber: this.#formatNumber, documentLanguage: this.#documentLanguage, language };
  }

  #answerContext({ question }: Exchange, index: number, signal: AbortSignal): AnswerContext {
    return {
      ...this.#wording,
      isOnThisPage: (place) => findParagraph(place) !== undefined,
      onVisit: (place, click) => visitPlace(place, click, this.#dialog.element, this.#host),
      onAsk: (followUp) => void this.ask(followUp),
      onRetry: () => void this.#conversation.retry(index, this.#settings.askLanguage),
      onRate: async (rating, comment) => {
        const arrived = await this.#conversation.rate(index, rating, comment);
        if (arrived) this.#host.emit('feedback', { question, rating, comment });
        return arrived;
      },
      announce: this.#announce,
      keepFocus: (change) => this.#dialog.keepFocus(change),
      signal,
    };
  }
}

export const createChatPanel = (host: PanelHost): ChatPanel => new ChatPanel(host);
