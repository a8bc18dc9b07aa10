import type { DegradedReason } from '../../wire.ts';
import type { CircuitBreaker, Settle, Verdict } from './circuit-breaker.ts';
import type { CallCount } from './daily-calls.ts';
import { ModelFailure, toModelFailure } from './model-failure.ts';

/** How one call of the endpoint ended. `abandoned`: nobody waited for its end. */
export type CallOutcome = 'ok' | 'abandoned' | DegradedReason;

/** What keeps calls back, and who is told of them. Absent guards let all calls through. */
export type ModelGuards = { breaker?: CircuitBreaker; calls?: CallCount; onCall?: (outcome: CallOutcome) => void };

/** A question may cost this many calls, whatever fails: rewriting and writing, or writing and one retry. */
const MOST_CALLS = 2;

/** What one answer may still ask of the model: calls, and time until `signal` ends them all. `release` when the answer is done. */
export class ModelBudget {
  readonly #guards: ModelGuards;
  readonly #clientSignal: AbortSignal;
  readonly #deadline = new AbortController();
  readonly #timer: NodeJS.Timeout;
  #callsLeft = MOST_CALLS;
  #isCalling = false;
  #settle: Settle | undefined;
  #verdict: Verdict = 'undecided';

  constructor(guards: ModelGuards, clientSignal: AbortSignal, timeoutMilliseconds: number) {
    this.#guards = guards;
    this.#clientSignal = clientSignal;
    // Not AbortSignal.any over AbortSignal.timeout: in Node 20 the garbage collector may take both before they fire.
    this.#timer = setTimeout(
      () => this.#deadline.abort(new ModelFailure('model-timeout', 'the model did not finish in time', 'endpoint')),
      timeoutMilliseconds,
    );
    clientSignal.addEventListener('abort', this.#leave, { once: true });
    if (clientSignal.aborted) this.#leave();
  }

  get signal(): AbortSignal {
    return this.#deadline.signal;
  }

  get hasCallsLeft(): boolean {
    return this.#callsLeft > 0;
  }

  /**
   * Takes one call; `endCall` follows.
   * @throws ModelFailure `model-resting`, `model-spent`, or `model-error` where this answer has had its calls
   */
  async takeCall(): Promise<void> {
    if (this.signal.aborted) throw toModelFailure(undefined, this.signal);
    if (!this.hasCallsLeft) throw new ModelFailure('model-error', 'the model was asked as often as one answer may', 'endpoint');
    const { breaker, calls } = this.#guards;
    this.#settle ??= breaker?.admit();
    if (breaker && !this.#settle) throw new ModelFailure('model-resting', 'the model failed too often and is left alone for now', 'nobody');
    if (calls && !(await calls.take())) throw new ModelFailure('model-spent', 'the model was called as often today as it may', 'nobody');
    this.#callsLeft--;
    this.#isCalling = true;
  }

  endCall(failure?: ModelFailure): void {
    if (failure?.blame === 'nobody') this.#tell('undecided', 'abandoned');
    else if (failure) this.#tell(failure.blame === 'endpoint' ? 'failed' : 'answered', failure.reason);
    else this.#tell('answered', 'ok');
  }

  release(): void {
    clearTimeout(this.#timer);
    this.#clientSignal.removeEventListener('abort', this.#leave);
    if (this.#isCalling) this.#tell('undecided', 'abandoned');
    this.#settle?.(this.#verdict);
  }

  #tell(verdict: Verdict, outcome: CallOutcome): void {
    this.#isCalling = false;
    this.#verdict = verdict;
    this.#guards.onCall?.(outcome);
  }

  readonly #leave = () => this.#deadline.abort(this.#clientSignal.reason);
}
