import path from 'node:path';
import { packageRoot } from '../../ingest/package-root.ts';
import { type RunningProgram, startNode } from '../../ingest/testing/run-program.ts';

const program = (name: string) => path.join(packageRoot, 'dist', 'server', name);

/** Set to nothing, so that neither a `.env` of the project nor the shell that runs the tests has a say. */
export const UNSET = {
  PUBLIC_URL: '',
  ALLOWED_ORIGINS: '',
  API_TOKENS: '',
  OPENAI_API_KEY: '',
  OPENAI_BASE_URL: '',
  EMBEDDING_MODEL: '',
  TRUST_PROXY_HOPS: '',
  RATE_LIMIT_PER_MINUTE: '0',
  CHAT_MODEL: '',
  CHAT_TIMEOUT_SECONDS: '',
  CHAT_CALLS_PER_DAY: '',
  MAX_IN_FLIGHT: '',
  LOG_LEVEL: '',
  LOG_QUESTIONS: '',
  HOST: '',
  DATABASE_URL: '',
  DATABASE_CONNECTIONS: '',
  PORT: '0',
};

/** The compiled `ask` command. */
export const startAsk = (args: string[], environment: Record<string, string> = {}): RunningProgram =>
  startNode([program('ask-command.js'), ...args], { ...UNSET, ...environment });

/** The compiled `verify` command. */
export const startVerify = (args: string[], environment: Record<string, string> = {}): RunningProgram =>
  startNode([program('verify-command.js'), ...args], { ...UNSET, ...environment });

/** The built server on a port of the system's choice. */
export const startServer = (environment: Record<string, string>): RunningProgram =>
  startNode([path.join(packageRoot, 'dist', 'bundle', 'start.cjs')], { ...UNSET, ...environment });

export type RunningServer = RunningProgram & { url: string; generation: string };

/** The compiled server, once it has printed where it answers. */
export async function serveCompiled(environment: Record<string, string>): Promise<RunningServer> {
  const running = startServer(environment);
  let printed = '';
  running.child.stdout?.on('data', (text) => {
    printed += String(text);
  });
  await running.printed('answers at');
  const [, url, generation] = /answers at (http:\S+) \(.*index (\S+)\)/u.exec(printed) ?? [];
  if (url === undefined || generation === undefined) throw new Error(`the server printed no address: ${printed}`);
  return { ...running, url, generation };
}
