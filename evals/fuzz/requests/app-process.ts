import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { z } from 'zod';
import { packageRoot } from '../../../ingest/package-root.ts';

const helloSchema = z.object({ port: z.number(), routes: z.array(z.string()) });
const usageSchema = z.object({ cpuMilliseconds: z.number(), rss: z.number(), heapUsed: z.number() });
type Usage = z.infer<typeof usageSchema>;

/** The application under test in a process of its own: its CPU time is that of the requests and of nothing else. */
export class AppProcess {
  readonly port: number;
  readonly routes: string[];
  readonly #child: ChildProcess;
  #stderr = '';

  private constructor(child: ChildProcess, { port, routes }: z.infer<typeof helloSchema>) {
    this.#child = child;
    this.port = port;
    this.routes = routes;
    child.stderr?.setEncoding('utf8').on('data', (text) => {
      this.#stderr += String(text);
    });
    child.stdout?.setEncoding('utf8').on('data', (text) => {
      this.#stderr += String(text);
    });
  }

  static async start(dataFolder: string): Promise<AppProcess> {
    const program = path.join(packageRoot, 'dist', 'evals', 'fuzz', 'requests', 'served-app.js');
    const child = fork(program, [dataFolder], { execArgv: ['--expose-gc'], stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
    return new AppProcess(child, helloSchema.parse((await once(child, 'message'))[0]));
  }

  get isAlive(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** What the process printed since the last call: the log has errors only. */
  takePrinted(): string {
    const printed = this.#stderr;
    this.#stderr = '';
    return printed;
  }

  /** CPU time so far and memory; for `memory` after a collection. */
  async usage(question: 'usage' | 'memory' = 'usage'): Promise<Usage> {
    const told = once(this.#child, 'message');
    this.#child.send(question);
    return usageSchema.parse((await told)[0]);
  }

  async stop(): Promise<void> {
    if (!this.isAlive) return;
    const exited = once(this.#child, 'exit');
    this.#child.disconnect();
    await exited;
  }
}
