import type { Language } from '../../server/wire.ts';
import type { Subject } from '../launcher/conversation-key.ts';
import { AskError, askQuestion } from './ask-client.ts';
import type { Exchange, Outcome, Rating } from './exchange.ts';
import { advanceExchange, buildRequest, startExchange } from './exchange.ts';
import { keepConversation, readKeptConversation } from './kept-conversation.ts';
import { sendFeedback } from './send-feedback.ts';

type ConversationEvents = {
  /** The exchange at this place has changed. */
  onChange: (index: number) => void;
  /** An exchange has ended, whichever way. */
  onEnd: (exchange: Exchange) => void;
};

/** The answering of one question. What belongs to an earlier one is ignored. */
type Run = { index: number; controller: AbortController };

/** The exchanges of one tab with one server about one document. One question at a time; kept over reloads of the page. */
export class Conversation {
  readonly #subject: Subject;
  readonly #events: ConversationEvents;
  #exchanges: Exchange[];
  #run: Run | undefined;
  #chosen: readonly string[] = [];

  constructor(subject: Subject, events: ConversationEvents) {
    this.#subject = subject;
    this.#events = events;
    this.#exchanges = readKeptConversation(subject);
  }

  get exchanges(): readonly Exchange[] {
    return this.#exchanges;
  }

  /** Asks these documents from now on; none means those that the page has named, or all. */
  narrowTo(documentIds: readonly string[]): void {
    this.#chosen = documentIds;
  }

  get isAnswering(): boolean {
    return this.#run !== undefined;
  }

  /** Settles when the exchange has ended: true where it was answered (or declined). Stops what is being answered. */
  async ask(question: string, language: Language | undefined): Promise<boolean> {
    this.stop();
    return this.#answer(this.#exchanges.length, question, language);
  }

  async retry(index: number, language: Language | undefined): Promise<void> {
    this.stop();
    const exchange = this.#exchanges[index];
    if (exchange) await this.#answer(index, exchange.question, language);
  }

  stop(): void {
    const run = this.#run;
    const exchange = run && this.#exchanges[run.index];
    if (!run || !exchange) return;
    run.controller.abort();
    this.#end(run, { ...exchange, outcome: { kind: 'stopped' } });
  }

  clear(): void {
    this.#run?.controller.abort();
    this.#run = undefined;
    this.#exchanges = [];
    keepConversation(this.#subject, []);
  }

  /** False where the rating did not reach the server. */
  async rate(index: number, rating: Rating, comment?: string): Promise<boolean> {
    const exchange = this.#exchanges[index];
    if (exchange?.outcome.kind !== 'answer') return false;
    const arrived = await sendFeedback(this.#subject.server, { answerId: exchange.outcome.body.id, rating, comment });
    if (arrived && this.#exchanges[index] === exchange) {
      this.#exchanges[index] = { ...exchange, rating };
      keepConversation(this.#subject, this.#exchanges);
    }
    return arrived;
  }

  async #answer(index: number, question: string, language: Language | undefined): Promise<boolean> {
    const run: Run = { index, controller: new AbortController() };
    this.#run = run;
    const { documentId, server } = this.#subject;
    const documents = this.#chosen.length > 0 ? this.#chosen.join(' ') : documentId;
    const request = buildRequest(question, this.#exchanges.slice(0, index), { documents, language });
    let exchange = startExchange(question, Date.now());
    this.#change(run, exchange);
    // A reload in the middle of an answer keeps the question.
    keepConversation(this.#subject, this.#exchanges);
    try {
      for await (const progress of askQuestion(server, request, run.controller.signal)) {
        if (this.#run !== run) return false;
        exchange = advanceExchange(exchange, progress);
        if (exchange.outcome.kind === 'pending') this.#change(run, exchange);
      }
    } catch (error) {
      exchange = { ...exchange, outcome: failureOf(error) };
    }
    if (this.#run !== run) return false;
    this.#end(run, exchange);
    return exchange.outcome.kind === 'answer';
  }

  #change({ index }: Run, exchange: Exchange): void {
    this.#exchanges[index] = exchange;
    this.#events.onChange(index);
  }

  #end(run: Run, exchange: Exchange): void {
    this.#run = undefined;
    this.#change(run, exchange);
    keepConversation(this.#subject, this.#exchanges);
    this.#events.onEnd(exchange);
  }
}

const failureOf = (error: unknown): Outcome => ({
  kind: 'failure',
  failure: error instanceof AskError ? error.failure : { kind: 'server', code: undefined },
  failedAt: Date.now(),
});
