import { setTimeout as delay } from 'node:timers/promises';
import { RandomSource } from '../../fuzz/random-source.ts';
import { askRequest } from './ask-request.ts';
import { LoadConnection } from './load-connection.ts';
import type { LoadPlan, LoadResult } from './load-plan.ts';
import { LoadTally } from './load-tally.ts';

const PATIENCE_MILLISECONDS = 15_000;
const LEAVES_WITHIN_MILLISECONDS = 50;
const MILLION = 1_000_000;

type Arrival = { scheduled: number; index: number };

/** The requests of one plan, each sent at its time whatever became of those before. */
class LoadSender {
  readonly #plan: LoadPlan;
  readonly #tally = new LoadTally();
  readonly #free: LoadConnection[] = [];
  readonly #waiting: Arrival[] = [];
  #open = 0;
  #opened = 0;

  constructor(plan: LoadPlan) {
    this.#plan = plan;
  }

  async send(): Promise<LoadResult> {
    const { rate, seconds } = this.#plan;
    const total = Math.round(rate * seconds);
    const began = performance.now();
    const cpu = process.cpuUsage();
    await this.#arrive(total);
    const { user, system } = process.cpuUsage(cpu);
    const ownCpu = (user + system) / 1000 / (performance.now() - began);
    const deadline = performance.now() + PATIENCE_MILLISECONDS;
    while (this.#tally.settled < total && performance.now() < deadline) await delay(5);
    for (const connection of this.#free) connection.leave();
    return this.#tally.result(total, this.#opened, ownCpu);
  }

  /** Exponential gaps, as between visitors who know nothing of each other. */
  async #arrive(total: number): Promise<void> {
    const random = new RandomSource(this.#plan.seed, MILLION);
    let scheduled = performance.now();
    for (let index = 0; index < total; index++) {
      scheduled -= (Math.log(1 - random.below(MILLION) / MILLION) * 1000) / this.#plan.rate;
      while (scheduled > performance.now()) await delay(1);
      this.#dispatch({ scheduled, index });
    }
  }

  #dispatch(arrival: Arrival): void {
    // The one used last comes first: those at the bottom grow stale and go.
    let connection = this.#free.pop();
    while (connection && !connection.isFresh) {
      connection.leave();
      connection = this.#free.pop();
    }
    if (connection) this.#ask(connection, arrival);
    else if (this.#open < this.#plan.connections) this.#ask(this.#connect(), arrival);
    else this.#waiting.push(arrival);
  }

  #connect(): LoadConnection {
    this.#open++;
    this.#opened++;
    return new LoadConnection(this.#plan.port, () => {
      this.#open--;
      const next = this.#waiting.shift();
      if (next) this.#ask(this.#connect(), next);
    });
  }

  #ask(connection: LoadConnection, { scheduled, index }: Arrival): void {
    const { texts, seed, leaving } = this.#plan;
    let isOver = false;
    connection.ask(askRequest(texts, seed, index), (outcome) => {
      isOver = true;
      this.#tally.ended(outcome, scheduled);
      if (outcome !== 'reset') this.#release(connection);
    });
    this.#tally.written(scheduled);
    if (leaving === 0) return;
    const random = new RandomSource(seed + 1, index);
    if (!random.chance(leaving)) return;
    setTimeout(() => {
      if (isOver) return;
      this.#tally.left();
      connection.leave();
    }, random.below(LEAVES_WITHIN_MILLISECONDS));
  }

  #release(connection: LoadConnection): void {
    if (!connection.isFresh) return;
    const next = this.#waiting.shift();
    if (next) this.#ask(connection, next);
    else this.#free.push(connection);
  }
}

/** Sends the requests of a plan and counts what became of them. */
export const sendLoad = (plan: LoadPlan): Promise<LoadResult> => new LoadSender(plan).send();
