const TICK_MILLISECONDS = 20;

/**
 * A clock that stands still while this process could run and other programs have the processor, so that a busy machine breaks no
 * promise of ours: of the time by which a timer is late only as much counts as the process computed meanwhile.
 */
export class FairClock {
  #stolen = 0;
  #ticked = performance.now();
  #computed = process.cpuUsage();
  readonly #timer = setInterval(() => this.#tick(), TICK_MILLISECONDS);

  /** Milliseconds. */
  now(): number {
    return performance.now() - this.#stolen;
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #tick(): void {
    const late = performance.now() - this.#ticked - TICK_MILLISECONDS;
    const { user, system } = process.cpuUsage(this.#computed);
    this.#stolen += Math.max(0, late - (user + system) / 1000);
    this.#ticked = performance.now();
    this.#computed = process.cpuUsage();
  }
}
