import type { Language } from '../../server/wire.ts';
import type { AskFailure } from './ask-client.ts';
import { AskError, askQuestion } from './ask-client.ts';
import type { Exchange, Outcome, Rating } from './conversation.ts';
import { advanceExchange, buildRequest, startExchange } from './conversation.ts';
import { keepConversation, readKeptConversation } from './kept-conversation.ts';
import { sendFeedback } from './send-feedback.ts';

/** What a conversation is about, and with which server. */
export type Subject = { server: string; documentId: string | undefined; language: Language | undefined };

type ConversationEvents = {
  /** The exchange at this place has changed. */
  onChange: (index: number) => void;
  /** An exchange has ended, whichever way. */
  onEnd: (exchange: Exchange) => void;
};

/** The exchanges of one tab with one server about one document. One question at a time; kept over reloads of the page. */
export class Conversation {
  readonly #subject: Subject;
  readonly #events: ConversationEvents;
  #exchanges: Exchange[];
  #answering: AbortController | undefined;

  constructor(subject: Subject, events: ConversationEvents) {
    this.#subject = subject;
    this.#events = events;
    this.#exchanges = readKeptConversation(subject);
  }

  get exchanges(): readonly Exchange[] {
    return this.#exchanges;
  }

  get isAnswering(): boolean {
    return this.#answering !== undefined;
  }

  /** Settles when the exchange has ended. Does nothing while another question is being answered. */
  async ask(question: string): Promise<void> {
    if (!this.isAnswering) await this.#answer(this.#exchanges.length, question);
  }

  async retry(index: number): Promise<void> {
    const exchange = this.#exchanges[index];
    if (exchange && !this.isAnswering) await this.#answer(index, exchange.question);
  }

  stop(): void {
    this.#answering?.abort();
  }

  clear(): void {
    this.stop();
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

  async #answer(index: number, question: string): Promise<void> {
    const answering = new AbortController();
    this.#answering = answering;
    let exchange = startExchange(question, Date.now());
    const change = (next: Exchange) => {
      exchange = next;
      // A conversation that was cleared meanwhile stays clear.
      if (index > this.#exchanges.length) return;
      this.#exchanges[index] = exchange;
      this.#events.onChange(index);
    };
    change(exchange);
    try {
      for await (const progress of askQuestion(this.#subject.server, this.#request(question, index), answering.signal))
        change(advanceExchange(exchange, progress));
    } catch (error) {
      change({ ...exchange, outcome: outcomeOf(error, answering.signal) });
    } finally {
      this.#answering = undefined;
    }
    keepConversation(this.#subject, this.#exchanges);
    this.#events.onEnd(exchange);
  }

  #request(question: string, index: number) {
    const { documentId, language } = this.#subject;
    return buildRequest(question, this.#exchanges.slice(0, index), { documentId, language });
  }
}

function outcomeOf(error: unknown, signal: AbortSignal): Outcome {
  if (signal.aborted) return { kind: 'stopped' };
  const failure: AskFailure = error instanceof AskError ? error.failure : { kind: 'server', code: undefined };
  return { kind: 'failure', failure };
}
