import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { count, type FaultReport, promise } from './fault-report.ts';
import { type StartedProgram, startProgram } from './start-program.ts';
import { QUESTION, VERSIONS, type Version } from './two-versions.ts';

const answerSchema = z.object({
  status: z.literal('answered'),
  indexGeneration: z.string(),
  citations: z.array(z.object({ paragraphId: z.string(), quote: z.string() })).min(1),
});
const readySchema = z.object({ indexGeneration: z.string() });

/** Between two questions, in milliseconds: a light load. */
const PAUSE = 50;
const CITIES: Record<Version, string> = { shanghai: '上海', astana: '阿斯塔纳' };

/** The compiled server under a light load of one question, each answer noted with its generation. */
export class AskedServer {
  readonly #report: FaultReport;
  readonly #dataFolder: string;
  /** What was answered, by generation: the quotes. */
  readonly #quotes = new Map<string, Set<string>>();
  #server: StartedProgram | undefined;
  #url = '';
  #isOver = false;
  #asking: Promise<void> = Promise.resolve();

  constructor(report: FaultReport, dataFolder: string) {
    this.#report = report;
    this.#dataFolder = dataFolder;
  }

  async start(): Promise<void> {
    const environment = { DATA_DIR: this.#dataFolder, PORT: '0', RATE_LIMIT_PER_MINUTE: '0', LOG_LEVEL: 'error' };
    const server = startProgram('server/main.js', [], environment);
    let ended = false;
    server.ending.finally(() => {
      ended = true;
    });
    while (!server.output().includes('answers at')) {
      if (ended) throw new Error(`the server does not start: ${(await server.ending).stderr}`);
      await delay(10);
    }
    this.#url = /answers at (http:\S+)/u.exec(server.output())?.[1] ?? '';
    this.#server = server;
    this.#isOver = false;
    this.#asking = this.#ask();
  }

  /** Ends the load, then the server; kill -9 proves that it starts again unaided. */
  async stop(signal: NodeJS.Signals): Promise<void> {
    this.#isOver = true;
    await this.#asking;
    this.#server?.child.kill(signal);
    const ending = await this.#server?.ending;
    promise(this.#report, signal === 'SIGKILL' || ending?.code === 0, `the server ended with ${ending?.code} ${ending?.signal}`);
  }

  async #ask(): Promise<void> {
    while (!this.#isOver) {
      const asked = await fetch(`${this.#url}/api/ask`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ question: QUESTION }),
      }).then(async (response) => answerSchema.parse(await response.json()), String);
      const ready = await fetch(`${this.#url}/readyz`);
      promise(this.#report, ready.status === 200 && readySchema.safeParse(await ready.json()).success, `/readyz said ${ready.status}`);
      if (typeof asked === 'string') promise(this.#report, false, `a question was lost: ${asked}`);
      else {
        count(this.#report, 'questions answered');
        const quotes = this.#quotes.get(asked.indexGeneration) ?? new Set();
        this.#quotes.set(asked.indexGeneration, quotes);
        for (const { quote } of asked.citations) quotes.add(quote);
      }
      await delay(PAUSE);
    }
  }

  /** Checks every answer against the version that its generation was published from. */
  verify(published: ReadonlyMap<string, Version>): void {
    for (const [generation, quotes] of this.#quotes) {
      count(this.#report, 'generations answered from');
      const version = published.get(generation);
      promise(this.#report, version !== undefined, `an answer came from ${generation}, which was never published`);
      if (version === undefined) continue;
      const all = [...quotes];
      promise(
        this.#report,
        all.some((quote) => quote.includes(CITIES[version])),
        `${generation} (${version}) answered ${all.join(' / ')}`,
      );
      for (const quote of all) promise(this.#report, VERSIONS[version].includes(quote), `“${quote}” is not in ${version}, ${generation}`);
    }
  }
}
