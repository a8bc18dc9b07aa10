import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { packageRoot } from '../package-root.ts';

const ingestProgram: string = path.join(packageRoot, 'dist', 'ingest', 'ingest-command.js');

/** What a program wrote and how it ended: by `code`, or by `signal`. */
type Ending = { code: number | null; signal: NodeJS.Signals | null; stdout: string; stderr: string };

export type RunningProgram = {
  child: ChildProcess;
  /** Resolves when `text` has been written to stdout. */
  printed: (text: string) => Promise<void>;
  /** Resolves when `text` has been written to stderr. */
  complained: (text: string) => Promise<void>;
  ending: Promise<Ending>;
};

/** Starts Node with arguments in a process of its own, which does not outlive the test; its output goes into pipes. */
export function startNode(args: string[], environment: Record<string, string> = {}): RunningProgram {
  // Set to nothing, so that a `.env` of the project does not reach the tests.
  const unset = { EMBEDDING_MODEL: '', OPENAI_API_KEY: '', OPENAI_BASE_URL: '', DATA_DIR: '', DATABASE_URL: '' };
  const child = spawn(process.execPath, args, { cwd: packageRoot, env: { PATH: process.env['PATH'] ?? '', ...unset, ...environment } });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    child.emit('printed');
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
    child.emit('printed');
  });
  const ending = new Promise<Ending>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      resolve({ code, signal, stdout, stderr });
      child.emit('printed');
    });
  });
  const until = async (text: string, isWritten: () => boolean) => {
    while (!isWritten()) {
      if (child.exitCode !== null || child.signalCode !== null) throw new Error(`the program ended without printing “${text}”: ${stderr}`);
      await once(child, 'printed');
    }
  };
  const printed = (text: string) => until(text, () => stdout.includes(text));
  const complained = (text: string) => until(text, () => stderr.includes(text));
  return { child, printed, complained, ending };
}

/** The compiled ingest command. */
export const startIngest = (args: string[], environment?: Record<string, string>): RunningProgram =>
  startNode([ingestProgram, ...args], environment);

/** Runs lines of an ES module against the compiled project; `ingest/…` imports resolve into `dist/ingest/`. */
export function startModule(lines: string): RunningProgram {
  const root = path.join(packageRoot, 'dist', 'ingest');
  return startNode(['--input-type=module', '--eval', lines.replaceAll("'ingest/", `'${root}/`)]);
}
