import type { AnswerStep } from '../answer-step.ts';
import { raceAbort } from '../model/race-abort.ts';

/**
 * One run of an answer that several clients follow, each from its first step on. The run does not wait for its slowest reader, and
 * is aborted when the last one has left.
 */
export class Flight {
  readonly #steps: AnswerStep[] = [];
  readonly #run = new AbortController();
  readonly #onOver: (steps: AnswerStep[]) => void;
  #clients = 0;
  #end: { error?: unknown } | undefined;
  #wake: () => void = () => {};
  #more: Promise<void> = Promise.resolve();

  /**
   * @param start begins the run, until the signal
   * @param onOver told once when nobody may join any more: with all steps of a run that went well, else with none
   */
  constructor(start: (signal: AbortSignal) => AsyncIterable<AnswerStep>, onOver: (steps: AnswerStep[]) => void) {
    this.#onOver = onOver;
    this.#renewWait();
    void this.#take(start(this.#run.signal));
  }

  /**
   * The steps, as they come.
   * @throws what the run throws; what the signal was aborted with
   */
  async *follow(signal: AbortSignal): AsyncGenerator<AnswerStep> {
    const leave = this.#join(signal);
    try {
      for (let at = 0; ; ) {
        const step = this.#steps[at];
        if (step) {
          at++;
          yield step;
        } else if (this.#end) {
          if ('error' in this.#end) throw this.#end.error;
          return;
        } else await raceAbort(this.#more, signal);
      }
    } finally {
      leave();
    }
  }

  /** Counts a client until it leaves, by its signal or by its own doing. */
  #join(signal: AbortSignal): () => void {
    this.#clients++;
    let isHere = true;
    const leave = () => {
      signal.removeEventListener('abort', leave);
      if (isHere && --this.#clients === 0 && !this.#end) this.#abandon();
      isHere = false;
    };
    signal.addEventListener('abort', leave, { once: true });
    if (signal.aborted) leave();
    return leave;
  }

  #abandon(): void {
    this.#onOver([]);
    this.#run.abort(new Error('everybody who asked this has left'));
  }

  async #take(run: AsyncIterable<AnswerStep>): Promise<void> {
    try {
      for await (const step of run) {
        this.#steps.push(step);
        this.#renewWait();
      }
      this.#over({}, this.#steps);
    } catch (error) {
      this.#over({ error }, []);
    }
  }

  #over(end: { error?: unknown }, steps: AnswerStep[]): void {
    this.#end = end;
    this.#wake();
    if (!this.#run.signal.aborted) this.#onOver(steps);
  }

  #renewWait(): void {
    this.#wake();
    this.#more = new Promise((resolve) => {
      this.#wake = resolve;
    });
  }
}
