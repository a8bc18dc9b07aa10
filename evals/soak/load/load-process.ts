import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { packageRoot } from '../../../ingest/package-root.ts';
import { type LoadPlan, type LoadResult, loadResultSchema } from './load-plan.ts';

/** The process that loads a server. */
export class LoadProcess {
  readonly #child: ChildProcess = fork(path.join(packageRoot, 'dist', 'evals', 'soak', 'load', 'send-load-program.js'));

  async send(plan: LoadPlan): Promise<LoadResult> {
    const told = once(this.#child, 'message');
    this.#child.send(plan);
    const [result] = await told;
    return loadResultSchema.parse(result);
  }

  stop(): void {
    this.#child.disconnect();
  }
}
