import type { Logger } from 'pino';
import type { ShedReason } from './shed-reason.ts';

/** One line a second at most: a line a request would cost more than the refusal. */
const EVERY_MILLISECONDS = 1000;

/** Notes refusals in the log, with their count since the line before. */
export class ShedLog {
  readonly #logger: Logger;
  readonly #counts = new Map<ShedReason, number>();
  #timer: NodeJS.Timeout | undefined;

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  note(reason: ShedReason): void {
    this.#counts.set(reason, (this.#counts.get(reason) ?? 0) + 1);
    this.#timer ??= setTimeout(() => this.#write(), EVERY_MILLISECONDS).unref();
  }

  #write(): void {
    this.#timer = undefined;
    this.#logger.warn({ shed: Object.fromEntries(this.#counts) }, 'more requests than can be answered: some were told to try again');
    this.#counts.clear();
  }
}
