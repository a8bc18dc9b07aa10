import { setMaxListeners } from 'node:events';
import type { AnswerStep } from '../answering/answer-step.ts';
import { Problem } from './problem.ts';

/** What an answer gets beside its model's time: for embedding (5 s at most) and for a reader on a slow line. */
export const BESIDE_MODEL_MILLISECONDS = 10_000;
/** What answers in progress get when the server is to stop. Then their model is cut off, and they end as extracts. */
const STOPPING_MILLISECONDS = 3000;
/** From the end of all upstream calls to the end of the answer: to quote what was found takes a millisecond. */
const ENDING_MILLISECONDS = 1000;

const RETRY = { 'Retry-After': '10' };

/** One deadline for all of an answer, whatever it waits for. */
export class AnswerDeadlines {
  readonly #milliseconds: number;
  readonly #stopping: AbortSignal;

  /** @param stopping aborted when the server is to stop */
  constructor(milliseconds: number, stopping: AbortSignal) {
    this.#milliseconds = milliseconds;
    this.#stopping = stopping;
    // Each answer in progress listens.
    setMaxListeners(0, stopping);
  }

  /**
   * The steps of an answer. When its time is over, or when its client leaves, the signal that `start` gets ends what it waits for; the
   * answer can then still be ended from what is there.
   * @throws Problem `timed-out` or `shutting-down` where it is not
   */
  async *bound(start: (signal: AbortSignal) => AsyncIterable<AnswerStep>, departure: AbortSignal): AsyncGenerator<AnswerStep> {
    // Not AbortSignal.any over AbortSignal.timeout: in Node 20 the garbage collector may take both before they fire.
    const upstream = new AbortController();
    const timers = new Set<NodeJS.Timeout>();
    const later = (act: () => void, milliseconds: number) => timers.add(setTimeout(act, milliseconds));
    let fail: (problem: Problem) => void = () => {};
    const over = new Promise<never>((_resolve, reject) => {
      fail = reject;
    });
    over.catch(() => {});
    const end = (problem: Problem) => {
      upstream.abort(problem);
      later(() => fail(problem), ENDING_MILLISECONDS);
    };
    const leave = () => upstream.abort(departure.reason);
    const stop = () => later(() => end(new Problem(503, 'shutting-down', 'the server is shutting down', RETRY)), STOPPING_MILLISECONDS);
    later(() => end(new Problem(503, 'timed-out', 'the answer took too long: try again', RETRY)), this.#milliseconds);
    departure.addEventListener('abort', leave, { once: true });
    this.#stopping.addEventListener('abort', stop, { once: true });
    if (departure.aborted) leave();
    if (this.#stopping.aborted) stop();
    const steps = start(upstream.signal)[Symbol.asyncIterator]();
    try {
      for (;;) {
        const step = await Promise.race([steps.next(), over]);
        if (step.done) return;
        yield step.value;
      }
    } finally {
      for (const timer of timers) clearTimeout(timer);
      departure.removeEventListener('abort', leave);
      this.#stopping.removeEventListener('abort', stop);
      upstream.abort(new Error('the answer ended'));
      // Not awaited: what hangs would hold the response.
      void steps.return?.()?.catch(() => {});
    }
  }
}
