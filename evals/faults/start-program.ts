import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { packageRoot } from '../../ingest/package-root.ts';

export type Ending = { code: number | null; signal: NodeJS.Signals | null; stdout: string; stderr: string };
export type StartedProgram = { child: ChildProcess; ending: Promise<Ending>; output: () => string };

/** Starts a compiled program of the project in a process of its own, with no environment but what is given. */
export function startProgram(program: string, args: string[], environment: Record<string, string> = {}): StartedProgram {
  // Set to nothing, so that a `.env` of the project has no say.
  const unset = {
    EMBEDDING_MODEL: '',
    OPENAI_API_KEY: '',
    OPENAI_BASE_URL: '',
    CHAT_MODEL: '',
    DATA_DIR: '',
    DATABASE_URL: '',
    PUBLIC_URL: '',
    API_TOKENS: '',
  };
  const child = spawn(process.execPath, [path.join(packageRoot, 'dist', program), ...args], {
    cwd: packageRoot,
    env: { PATH: process.env['PATH'] ?? '', ...unset, ...environment },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const ending = new Promise<Ending>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
  return { child, ending, output: () => stdout };
}

/**
 * Runs a program that takes its cases one after another and prints one line of JSON for each; where it dies, it is started again
 * behind the case that killed it.
 * @returns the lines, and the number of each case that killed the process
 */
export async function runCases(program: string, argsFrom: (first: number) => string[]): Promise<{ lines: unknown[]; crashes: number[] }> {
  const lines: unknown[] = [];
  const crashes: number[] = [];
  for (;;) {
    const { code, signal, stdout, stderr } = await startProgram(program, argsFrom(lines.length + crashes.length)).ending;
    for (const line of stdout.split('\n')) if (line.startsWith('{')) lines.push(JSON.parse(line));
    if (code === 0) return { lines, crashes };
    // An exception is a fault of this program; a signal is what a broken native library does.
    if (signal === null) throw new Error(`${program} failed: ${stderr}`);
    crashes.push(lines.length + crashes.length);
  }
}
