import type { LoadResult } from './load/load-plan.ts';
import { LoadProcess } from './load/load-process.ts';
import { round, type SoakReport } from './soak-report.ts';
import { SoakedServer } from './soaked-server.ts';

/** More than the server lets in and queues; as many as a proxy with a large pool would hold. */
const MOST_CONNECTIONS = 2000;
const SAMPLE_MILLISECONDS = 1000;

/** One stretch of load; `leaving` is the share of clients that hang up. */
type Stretch = { rate: number; seconds: number; leaving?: number };

/** The server under test, the process that loads it, and the seed that all is drawn from. */
export class SoakRun {
  readonly server: SoakedServer;
  readonly report: SoakReport;
  readonly #load = new LoadProcess();
  readonly #texts: string[];
  #seed: number;

  private constructor(server: SoakedServer, report: SoakReport, texts: string[], seed: number) {
    this.server = server;
    this.report = report;
    this.#texts = texts;
    this.#seed = seed;
  }

  static async start(report: SoakReport, seed: number, environment: Record<string, string>): Promise<SoakRun> {
    const server = await SoakedServer.start(environment);
    return new SoakRun(server, report, await server.texts(), seed);
  }

  /** Loads the server. @returns what became of the requests, and the most memory that the server held meanwhile, in MB */
  async load({ rate, seconds, leaving = 0 }: Stretch): Promise<LoadResult & { megabytes: number }> {
    let megabytes = 0;
    const sampler = setInterval(async () => {
      megabytes = Math.max(megabytes, await this.server.megabytes().catch(() => 0));
    }, SAMPLE_MILLISECONDS);
    try {
      const { port } = this.server;
      const plan = { port, rate, seconds, leaving, texts: this.#texts, seed: this.#seed++, connections: MOST_CONNECTIONS };
      const result = await this.#load.send(plan);
      return { ...result, megabytes: Math.max(megabytes, await this.server.megabytes()) };
    } finally {
      clearInterval(sampler);
    }
  }

  async stop(): Promise<void> {
    this.#load.stop();
    if (!this.server.isAlive) return;
    const began = performance.now();
    const { code, stderr } = await this.server.stop();
    const seconds = (performance.now() - began) / 1000;
    this.report.promise(code === 0 && seconds <= 10, `the server ended with ${code} after ${round(seconds)} s`);
    this.report.promise(stderr === '', `the server wrote to stderr: ${stderr.slice(0, 500)}`);
  }
}

/** A stretch of load on one line. How busy the load itself was tells whether its figures can be trusted. */
export function describeLoad(result: LoadResult): string {
  const { sent, answered, shed, resets, silent, left, latency, ownCpu, lateness, connectionsOpened } = result;
  const otherwise = Object.entries(result.otherwise).map(([status, count]) => `, ${count} × ${status}`);
  return `${sent} sent, ${answered} answered (p50 ${round(latency.p50)} ms, p99 ${round(latency.p99)} ms), ${shed} shed (p99 ${round(result.shedLatency.p99)} ms), ${resets} resets, ${silent} silent, ${left} left${otherwise.join('')}; load: ${round(ownCpu * 100)} % of a core, p99 ${round(lateness)} ms late, ${connectionsOpened} connections`;
}

/** Whoever was not answered was told so, and nobody's connection broke. */
export function promiseAllTold(report: SoakReport, name: string, { otherwise, resets, silent }: LoadResult): void {
  for (const [status, count] of Object.entries(otherwise)) report.promise(false, `${name}: ${count} responses of ${status}`);
  report.promise(resets === 0, `${name}: ${resets} connections broke`);
  report.promise(silent === 0, `${name}: ${silent} requests had no response`);
}
