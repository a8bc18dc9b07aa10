import type { Outcome } from './load-connection.ts';
import { type LoadResult, percentile, summarise } from './load-plan.ts';

/** An answer that comes later is one that nobody waited for. */
const IN_TIME_MILLISECONDS = 1000;

/** Counts what became of requests. Times are milliseconds of `performance.now()`. */
export class LoadTally {
  readonly #started = performance.now();
  readonly #latencies: number[] = [];
  readonly #shedLatencies: number[] = [];
  readonly #bySecond: number[][] = [];
  readonly #lateness: number[] = [];
  readonly #otherwise: Record<string, number> = {};
  #inTime = 0;
  #resets = 0;
  #left = 0;

  get settled(): number {
    const others = Object.values(this.#otherwise).reduce((sum, count) => sum + count, 0);
    return this.#latencies.length + this.#shedLatencies.length + this.#resets + this.#left + others;
  }

  written(scheduled: number): void {
    this.#lateness.push(performance.now() - scheduled);
  }

  left(): void {
    this.#left++;
  }

  ended(outcome: Outcome, scheduled: number): void {
    const latency = performance.now() - scheduled;
    if (outcome === 'reset') this.#resets++;
    else if (outcome.status === 200) {
      this.#latencies.push(latency);
      if (latency <= IN_TIME_MILLISECONDS) this.#inTime++;
      const second = Math.floor((scheduled - this.#started) / 1000);
      this.#bySecond[second] ??= [];
      this.#bySecond[second].push(latency);
    } else if (outcome.hasRetryAfter && (outcome.status === 429 || outcome.status === 503)) this.#shedLatencies.push(latency);
    else this.#otherwise[outcome.status] = (this.#otherwise[outcome.status] ?? 0) + 1;
  }

  result(sent: number, connectionsOpened: number, ownCpu: number): LoadResult {
    return {
      sent,
      answered: this.#latencies.length,
      answeredInTime: this.#inTime,
      shed: this.#shedLatencies.length,
      otherwise: this.#otherwise,
      resets: this.#resets,
      silent: sent - this.settled,
      left: this.#left,
      latency: summarise(this.#latencies),
      shedLatency: summarise(this.#shedLatencies),
      p99BySecond: Array.from(this.#bySecond, (latencies = []) => summarise(latencies).p99),
      connectionsOpened,
      lateness: percentile(
        this.#lateness.toSorted((a, b) => a - b),
        0.99,
      ),
      ownCpu,
    };
  }
}
