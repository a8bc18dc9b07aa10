import { type FuzzReport, type FuzzRun, indexesOf, showInput, Tally, type Violation } from '../fuzz-report.ts';
import { RandomSource } from '../random-source.ts';
import { AppProcess } from './app-process.ts';
import { type BaseRequest, baseRequests } from './base-requests.ts';
import { responseFaults } from './check-response.ts';
import { mutateRequest, type RawRequest } from './mutate-request.ts';
import { type Exchange, sendBytes } from './send-bytes.ts';

const MOST_CPU_MILLISECONDS = 100;
/** For an answer that must come, and for one that may not. */
const PATIENCE = { complete: 10_000, incomplete: 80 };
/** Memory is measured from here on: by then every route was asked and every cache has something. */
const WARM_UP = 1000;
const MOST_GROWTH_BYTES = 64 * 1024 * 1024;
const MEGABYTE = 1024 * 1024;

/** Sends mutated requests to the application in a process of its own, one after the other, and checks what comes back and what it cost. */
export async function fuzzRequests({ seed, ...run }: FuzzRun, dataFolder: string): Promise<FuzzReport> {
  const app = await AppProcess.start(dataFolder);
  try {
    return await new RequestFuzzer(app, await baseRequests(app.port, app.routes), seed).run(run);
  } finally {
    await app.stop();
  }
}

class RequestFuzzer {
  readonly #app: AppProcess;
  readonly #bases: readonly BaseRequest[];
  readonly #seed: number;
  readonly #tally = new Tally();
  readonly #violations: Violation[] = [];
  #dearest = 0;

  constructor(app: AppProcess, bases: readonly BaseRequest[], seed: number) {
    this.#app = app;
    this.#bases = bases;
    this.#seed = seed;
  }

  async run({ first, count }: Omit<FuzzRun, 'seed'>): Promise<FuzzReport> {
    let before = await this.#app.usage('memory');
    for (const index of indexesOf({ seed: this.#seed, first, count })) {
      if (index - first === WARM_UP) before = await this.#app.usage('memory');
      await this.#try(index);
      if (!this.#app.isAlive) break;
    }
    if (!this.#app.isAlive) return { figures: this.#tally.figures(), violations: this.#violations };
    const after = await this.#app.usage('memory');
    const growth = after.heapUsed - before.heapUsed;
    if (count > WARM_UP && growth > MOST_GROWTH_BYTES)
      this.#violations.push({ index: first + count - 1, fault: `the heap grew by ${Math.round(growth / MEGABYTE)} MB`, input: '' });
    const figures = {
      ...this.#tally.figures(),
      routes: this.#app.routes.length,
      'base requests': this.#bases.length,
      'dearest request, ms of CPU': Math.round(this.#dearest),
      'growth of the heap, MB': Math.round(growth / MEGABYTE),
      'RSS at the end, MB': Math.round(after.rss / MEGABYTE),
    };
    return { figures, violations: this.#violations };
  }

  async #try(index: number): Promise<void> {
    const random = new RandomSource(this.#seed, index);
    const request = mutateRequest(random, random.pick(this.#bases));
    const report = (fault: string) => this.#violations.push({ index, fault, input: showInput(request.bytes.toString('latin1')) });
    const { exchange, cpu } = await this.#send(request).catch(() => ({ exchange: undefined, cpu: 0 }));
    if (exchange === undefined || !this.#app.isAlive) {
      report(`the process ended: ${this.#app.takePrinted().slice(-2000)}`);
      return;
    }
    const printed = this.#app.takePrinted();
    if (printed !== '') report(`the server logged an error: ${printed.slice(0, 600)}`);
    if (exchange.kind === 'silent') {
      this.#tally.add('no answer to an incomplete request', request.isComplete ? 0 : 1);
      if (request.isComplete) report('no answer');
    } else {
      this.#tally.add(`HTTP ${exchange.response.status}`);
      for (const fault of responseFaults(request, exchange.response)) report(fault);
    }
    const spent = cpu > MOST_CPU_MILLISECONDS ? await this.#medianCpu(request, cpu) : cpu;
    this.#dearest = Math.max(this.#dearest, spent);
    if (spent > MOST_CPU_MILLISECONDS) report(`took ${Math.round(spent)} ms of CPU`);
  }

  async #send(request: RawRequest): Promise<{ exchange: Exchange; cpu: number }> {
    const before = await this.#app.usage();
    const exchange = await sendBytes(this.#app.port, request.bytes, request.isComplete ? PATIENCE.complete : PATIENCE.incomplete);
    const after = await this.#app.usage();
    return { exchange, cpu: after.cpuMilliseconds - before.cpuMilliseconds };
  }

  /** The machine is noisy, and the first of its kind pays for compiling: the median of three decides. */
  async #medianCpu(request: RawRequest, first: number): Promise<number> {
    const again = [await this.#send(request), await this.#send(request)].map(({ cpu }) => cpu);
    return [first, ...again].toSorted((a, b) => a - b)[1] ?? first;
  }
}
