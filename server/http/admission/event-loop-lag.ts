const INTERVAL_MILLISECONDS = 50;
const HIGH_MILLISECONDS = 200;

/**
 * How late the event loop runs. Where it stays behind, every request read in this turn has waited as long already, and to answer them
 * all would make those that come next wait as long again.
 */
export class EventLoopLag {
  readonly #timer: NodeJS.Timeout;
  #last = performance.now();
  #milliseconds = 0;
  #readingsHigh = 0;

  constructor() {
    this.#timer = setInterval(() => this.#read(), INTERVAL_MILLISECONDS).unref();
  }

  get milliseconds(): number {
    return this.#milliseconds;
  }

  /** Whether it was late twice running: once is a collection of garbage, or one dear request. */
  get isHigh(): boolean {
    return this.#readingsHigh >= 2;
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #read(): void {
    const now = performance.now();
    this.#milliseconds = Math.max(0, now - this.#last - INTERVAL_MILLISECONDS);
    this.#last = now;
    this.#readingsHigh = this.#milliseconds > HIGH_MILLISECONDS ? this.#readingsHigh + 1 : 0;
  }
}
