import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { packageRoot } from '../../../ingest/package-root.ts';

/** A compiled program that serves, in a process of its own, with its log in a file: as an operator has it, and nobody here has to read it. */
export class ServedProgram {
  readonly port: number;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, port: number) {
    this.#child = child;
    this.port = port;
  }

  /** @param logFile what it prints goes here; it must say where it “answers at” */
  static async start(
    program: string,
    logFile: string,
    args: string[] = [],
    environment: Record<string, string> = {},
  ): Promise<ServedProgram> {
    const log = openSync(logFile, 'w');
    const child = spawn(process.execPath, [path.join(packageRoot, 'dist', program), ...args], {
      cwd: packageRoot,
      env: { PATH: process.env['PATH'] ?? '', ...environment },
      stdio: ['ignore', log, 'inherit'],
    });
    closeSync(log);
    for (;;) {
      const port = /answers at http:\/\/[^:]+:(\d+)/u.exec(await readFile(logFile, 'utf8'))?.[1];
      if (port !== undefined) return new ServedProgram(child, Number(port));
      if (child.exitCode !== null) throw new Error(`${program} does not start: see what it printed above`);
      await delay(20);
    }
  }

  /** Seconds of CPU time that it has taken so far, all its threads together. */
  async cpuSeconds(): Promise<number> {
    const metrics = await (await fetch(`http://127.0.0.1:${this.port}/metrics`)).text();
    return Number(/^process_cpu_seconds_total (\S+)/mu.exec(metrics)?.[1]);
  }

  async stop(): Promise<void> {
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGTERM');
    await ended;
  }
}
