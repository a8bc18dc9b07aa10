import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, onTestFinished, test } from 'vitest';
import { RandomSource } from '../evals/fuzz/random-source.ts';
import { type Asked, askInProtocol, PROTOCOLS } from '../evals/model-faults/ask-in-protocol.ts';
import { CHAT_FAULTS } from '../evals/model-faults/chat-faults.ts';
import { EMBEDDING_QUERY_FAULTS } from '../evals/model-faults/embedding-query-faults.ts';
import { packageRoot } from '../ingest/package-root.ts';
import { failWith } from '../ingest/testing/embedding-faults.ts';
import { serveEmbeddings } from '../ingest/testing/embeddings-endpoint.ts';
import { startIngest, startNode } from '../ingest/testing/run-program.ts';
import { answerRightly, type EmbeddingsAnswer } from '../ingest/testing/scripted-embeddings.ts';
import { temporaryFolder } from '../ingest/testing/temporary-folder.ts';
import { ScriptedChatModel } from './testing/chat-model/scripted-chat-model.ts';
import { findSecret } from './testing/find-secret.ts';
import { type RunningServer, serveCompiled, UNSET } from './testing/run-server.ts';
import { copyOfStatement, EXPO_QUESTION } from './testing/statement.ts';

/** Two secrets that the operator gave, and what they look like to no one else. */
const KEY = 'sk-canary-9Tb2yK6rHw4XvN8e';
const TOKEN = 'canary-token-4Hn8sR1cYb6G';
const SECRETS = { OPENAI_API_KEY: KEY, API_TOKENS: TOKEN, LOG_LEVEL: 'trace' };
const protocols = Object.keys(PROTOCOLS);

/** Whatever the project said, by where it said it. */
class Told {
  readonly #texts = new Map<string, string>();

  add(place: string, text: string): void {
    this.#texts.set(place, `${this.#texts.get(place) ?? ''}${text}\n`);
  }

  /** Every file below a folder, its name and its bytes. */
  async addFolder(folder: string): Promise<void> {
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true }))
      if (entry.isFile()) this.add(entry.name, (await readFile(path.join(entry.parentPath, entry.name))).toString('latin1'));
  }

  expectNoSecret(): void {
    const found = [...this.#texts].flatMap(([place, text]) =>
      [KEY, TOKEN].flatMap((secret) => findSecret(text, secret).map((form) => `${place}: ${secret}, ${form}`)),
    );
    expect(found).toEqual([]);
  }
}

async function scriptedModel(): Promise<ScriptedChatModel> {
  const model = await ScriptedChatModel.start();
  onTestFinished(() => model.close());
  return model;
}

/** Stops the server and adds what it printed, measured and wrote. */
async function stop(server: RunningServer, dataFolder: string, told: Told): Promise<void> {
  told.add('/metrics', await (await fetch(`${server.url}/metrics`)).text());
  server.child.kill('SIGTERM');
  const { code, stdout, stderr } = await server.ending;
  expect(code).toBe(0);
  told.add('stdout', stdout);
  told.add('stderr', stderr);
  await told.addFolder(dataFolder);
}

describe('neither the key of the models nor a token of a client is told', { timeout: 120_000 }, () => {
  test.each([
    ['is served', false],
    ['has no chat endpoint where it should be', true],
  ])('by a server whose chat model fails in every way and %s', async (_, isRefused) => {
    const told = new Told();
    const [model, dataFolder] = [await scriptedModel(), await copyOfStatement()];
    const server = await serveCompiled({
      ...SECRETS,
      DATA_DIR: dataFolder,
      CHAT_MODEL: 'scripted',
      OPENAI_BASE_URL: isRefused ? 'http://127.0.0.1:1/v1' : model.baseUrl,
      CHAT_TIMEOUT_SECONDS: '1',
    });
    const ask = async (protocol: string, asked: Asked) => told.add(protocol, (await askInProtocol(server.url, protocol, asked, TOKEN)).raw);
    const faults = Object.values(CHAT_FAULTS).filter((fault) => (fault.isRefused ?? false) === isRefused);
    let met = 0;
    for (const [place, fault] of faults.entries()) {
      model.play(fault.play(new RandomSource(1, place)).script);
      await ask(protocols[place % protocols.length] ?? '', { question: EXPO_QUESTION, earlier: `你好 ${place}` });
      met += Math.min(1, model.calls);
      // An answer in between keeps the breaker closed: each fault is to be met.
      model.play('faithful');
      await ask('/api/ask', { question: EXPO_QUESTION, earlier: `再见 ${place}` });
    }
    expect(met).toBe(isRefused ? 0 : faults.length);
    for (const token of ['', 'wrong', `${TOKEN}x`])
      told.add('refused', (await askInProtocol(server.url, '/mcp', { question: '', earlier: '' }, token)).raw);
    await stop(server, dataFolder, told);
    told.expectNoSecret();
  });

  test('by a server and an ingest whose embeddings endpoint fails in every way', async () => {
    const told = new Told();
    const dataFolder = await temporaryFolder();
    const endpoint = await serveEmbeddings();
    const environment = { ...SECRETS, DATA_DIR: dataFolder, EMBEDDING_MODEL: 'scripted', OPENAI_BASE_URL: endpoint.baseUrl };
    const ingest = async (answer: EmbeddingsAnswer): Promise<number | null> => {
      endpoint.answerWith(answer);
      const { code, stdout, stderr } = await startIngest([], environment).ending;
      told.add('ingest', `${stdout}${stderr}`);
      return code;
    };
    for (const status of [401, 429, 500]) expect(await ingest(failWith(status))).toBe(1);
    expect(await ingest(answerRightly)).toBe(0);
    const server = await serveCompiled(environment);
    const ask = (place: number) =>
      askInProtocol(
        server.url,
        protocols.filter((name) => !name.startsWith('/v1'))[place % 4] ?? '',
        { question: EXPO_QUESTION, earlier: '你好' },
        TOKEN,
      );
    for (const [place, [name, fault]] of Object.entries(EMBEDDING_QUERY_FAULTS).entries()) {
      endpoint.answerWith(fault);
      const reply = await ask(place);
      expect(reply.answer?.status, name).toBe('answered');
      told.add(name, reply.raw);
    }
    await stop(server, dataFolder, told);
    told.expectNoSecret();
  });

  test('by the MCP command', async () => {
    const told = new Told();
    const [model, dataFolder] = [await scriptedModel(), await copyOfStatement()];
    const { child, printed, ending } = startNode([path.join(packageRoot, 'dist', 'server', 'mcp-command.js')], {
      ...UNSET,
      ...SECRETS,
      DATA_DIR: dataFolder,
      CHAT_MODEL: 'scripted',
      OPENAI_BASE_URL: model.baseUrl,
    });
    const say = (id: number, method: string, params: object) =>
      child.stdin?.write(`${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`);
    say(0, 'initialize', { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'youju-tests', version: '1' } });
    await printed('"id":0');
    const scripts = [
      'refuses the key and repeats it',
      'repeats the key in a broken event',
      'sends broken events',
      'fails',
      'faithful',
    ] as const;
    for (const [place, script] of scripts.entries()) {
      model.play(script);
      const history = [{ role: 'user', content: script }];
      say(place + 1, 'tools/call', { name: 'ask', arguments: { question: EXPO_QUESTION, history } });
      await printed(`"id":${place + 1}`);
      expect(model.calls).toBeGreaterThan(0);
    }
    child.stdin?.end();
    const { stdout, stderr } = await ending;
    told.add('stdout', stdout);
    told.add('stderr', stderr);
    await told.addFolder(dataFolder);
    told.expectNoSecret();
  });
});

test('what is built knows neither, bundles and source maps included', async () => {
  const told = new Told();
  const folder = await temporaryFolder();
  const vite = path.join(packageRoot, 'node_modules', 'vite', 'bin', 'vite.js');
  const environment = { PATH: process.env['PATH'], ...SECRETS };
  for (const config of ['web/vite.config.ts', 'web/pages/vite.config.ts']) {
    const built = path.join(folder, path.dirname(config));
    const options = ['build', '-c', config, '--sourcemap', '--outDir', built];
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [vite, ...options], { cwd: packageRoot, env: environment });
    told.add('build', `${stdout}${stderr}`);
    expect((await readdir(built)).some((name) => name.endsWith('.js.map'))).toBe(true);
  }
  await told.addFolder(folder);
  await told.addFolder(path.join(packageRoot, 'dist'));
  told.expectNoSecret();
});
