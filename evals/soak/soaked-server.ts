import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { type Ending, type StartedProgram, startProgram } from '../faults/start-program.ts';

const listSchema = z.object({ documents: z.array(z.object({ documentId: z.string() })).min(1) });
const documentSchema = z.object({ paragraphs: z.array(z.object({ text: z.string() })).min(1) });

/** The compiled server in a process of its own, with what it tells about itself. */
export class SoakedServer {
  readonly url: string;
  readonly port: number;
  readonly #program: StartedProgram;

  private constructor(program: StartedProgram, url: string) {
    this.#program = program;
    this.url = url;
    this.port = Number(new URL(url).port);
  }

  static async start(environment: Record<string, string>): Promise<SoakedServer> {
    const program = startProgram('server/main.js', [], { PORT: '0', RATE_LIMIT_PER_MINUTE: '0', LOG_LEVEL: 'warn', ...environment });
    const failure = program.ending.then(({ stderr }) => {
      throw new Error(`the server does not start: ${stderr}`);
    });
    failure.catch(() => {});
    while (!program.output().includes('answers at')) await Promise.race([delay(10), failure]);
    return new SoakedServer(program, /answers at (http:\S+)/u.exec(program.output())?.[1] ?? '');
  }

  get isAlive(): boolean {
    return this.#program.child.exitCode === null && this.#program.child.signalCode === null;
  }

  /** What questions can be made of: the paragraphs of all documents. */
  async texts(): Promise<string[]> {
    const { documents } = listSchema.parse(await (await fetch(`${this.url}/api/documents`)).json());
    const bodies = documents.map(async ({ documentId }) =>
      documentSchema.parse(await (await fetch(`${this.url}/api/documents/${documentId}`)).json()),
    );
    return (await Promise.all(bodies)).flatMap(({ paragraphs }) => paragraphs.map(({ text }) => text)).filter((text) => text.length >= 8);
  }

  /** The sum of a metric over all its labels; 0 where there is none. */
  async metric(name: string): Promise<number> {
    const text = await (await fetch(`${this.url}/metrics`)).text();
    const lines = text.split('\n').filter((line) => line.startsWith(`${name} `) || line.startsWith(`${name}{`));
    return lines.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' ') + 1)), 0);
  }

  /** Resident memory, in MB. */
  async megabytes(): Promise<number> {
    return (await this.metric('process_resident_memory_bytes')) / 2 ** 20;
  }

  /** Ends it as a container would. */
  async stop(): Promise<Ending> {
    this.#program.child.kill('SIGTERM');
    return this.#program.ending;
  }
}
