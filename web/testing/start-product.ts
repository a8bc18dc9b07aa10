import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** The product itself, running as its users run it. */
export type RunningProduct = { origin: string; dataFolder: string; stop: () => Promise<void> };

/** Starts the compiled server on a free port and a fresh data folder, or one with an index, and waits for the URL it prints. */
export async function startProduct(indexFolder?: string): Promise<RunningProduct> {
  const dataFolder = indexFolder ?? (await mkdtemp(path.join(tmpdir(), 'youju-product-')));
  const environment = { ...process.env, DATA_DIR: dataFolder, PORT: '0', RATE_LIMIT_PER_MINUTE: '0', LOG_LEVEL: 'warn', CHAT_MODEL: '' };
  const server = spawn(process.execPath, ['dist/bundle/start.cjs'], { env: environment, stdio: ['ignore', 'pipe', 'inherit'] });
  let printed = '';
  for await (const chunk of server.stdout) {
    printed += String(chunk);
    if (printed.includes('answers at')) break;
  }
  const origin = /http:\/\/\S+/.exec(printed)?.[0];
  if (origin === undefined) throw new Error(`the server printed no URL: ${printed}`);
  return {
    origin,
    dataFolder,
    async stop() {
      server.kill('SIGTERM');
      if (server.exitCode === null) await once(server, 'exit');
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}
