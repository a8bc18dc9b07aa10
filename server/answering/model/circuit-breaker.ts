/** What an answer showed of the endpoint. `undecided`: nothing, because its client left or no call was made. */
export type Verdict = 'answered' | 'failed' | 'undecided';

/** `half-open`: the pause is over, one answer may try. */
export type BreakerState = 'closed' | 'half-open' | 'open';

/** Settles what came of an answer that was let through; only the first call counts. */
export type Settle = (verdict: Verdict) => void;

/** Many, because what is lost with the model is worth more than some slow answers. */
const FAILURES_TO_OPEN = 5;
const FIRST_PAUSE_MILLISECONDS = 15_000;
const LONGEST_PAUSE_MILLISECONDS = 120_000;

type Options = {
  /** Milliseconds of a clock that never goes back. */
  now?: () => number;
  /** Told of each change, for the log. */
  onChange?: (state: 'closed' | 'open', pauseMilliseconds: number) => void;
};

/**
 * Leaves a failing endpoint alone: after five answers in a row that it failed no answer waits for it any more, until a pause of 15 s
 * is over. Then one answer tries; if that fails, too, the pause doubles, up to two minutes.
 */
export class CircuitBreaker {
  readonly #now: () => number;
  readonly #onChange: NonNullable<Options['onChange']>;
  #failuresInARow = 0;
  /** Set while the breaker is not closed. */
  #opened: { at: number; pause: number; isTried: boolean } | undefined;

  constructor({ now = () => performance.now(), onChange = () => {} }: Options = {}) {
    this.#now = now;
    this.#onChange = onChange;
  }

  get state(): BreakerState {
    if (!this.#opened) return 'closed';
    return this.#now() - this.#opened.at < this.#opened.pause ? 'open' : 'half-open';
  }

  /** Lets an answer through, or returns `undefined`. What was let through must be settled, or no other may ever try. */
  admit(): Settle | undefined {
    const opened = this.#opened;
    if (!opened) return once((verdict) => this.#count(verdict));
    if (this.state === 'open' || opened.isTried) return undefined;
    opened.isTried = true;
    return once((verdict) => this.#endTrial(verdict, opened.pause));
  }

  /** Answers that began before the breaker opened tell nothing that it does not know. */
  #count(verdict: Verdict): void {
    if (this.#opened || verdict === 'undecided') return;
    this.#failuresInARow = verdict === 'failed' ? this.#failuresInARow + 1 : 0;
    if (this.#failuresInARow >= FAILURES_TO_OPEN) this.#open(FIRST_PAUSE_MILLISECONDS);
  }

  #endTrial(verdict: Verdict, pause: number): void {
    if (verdict === 'failed') this.#open(Math.min(pause * 2, LONGEST_PAUSE_MILLISECONDS));
    else if (verdict === 'undecided' && this.#opened) this.#opened.isTried = false;
    else {
      this.#opened = undefined;
      this.#failuresInARow = 0;
      this.#onChange('closed', 0);
    }
  }

  #open(pause: number): void {
    this.#opened = { at: this.#now(), pause, isTried: false };
    this.#onChange('open', pause);
  }
}

function once(settle: Settle): Settle {
  let isSettled = false;
  return (verdict) => {
    if (isSettled) return;
    isSettled = true;
    settle(verdict);
  };
}
