import { spawn } from 'node:child_process';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { Client as OldClient } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport as OldTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { describe, expect, onTestFinished, test } from 'vitest';
import { packageRoot } from '../ingest/package-root.ts';
import { startNode } from '../ingest/testing/run-program.ts';
import { temporaryFolder } from '../ingest/testing/temporary-folder.ts';
import { ScriptedChatModel } from './testing/chat-model/scripted-chat-model.ts';
import { currentClient, type McpClient, oldClient } from './testing/clients/mcp-clients.ts';
import { UNSET } from './testing/run-server.ts';
import { EXPO_CITY, EXPO_QUESTION, STATEMENT_ID, statementDataFolder } from './testing/statement.ts';
import { strictAnswer, strictQuoteCheck } from './testing/wire-schemas.ts';

const PROGRAM = path.join(packageRoot, 'dist', 'server', 'mcp-command.js');
const NAME = { name: 'youju-tests', version: '1' };

type Started = { command: string; args: string[]; env: Record<string, string>; cwd: string; stderr: 'ignore' };

/** How a desktop assistant starts it: with a command of its own, from a folder of its own. */
async function started(environment: Record<string, string> = {}): Promise<Started> {
  const env = { PATH: process.env['PATH'] ?? '', ...UNSET, DATA_DIR: await statementDataFolder(), ...environment };
  return { command: process.execPath, args: [PROGRAM], env, cwd: '/', stderr: 'ignore' };
}

const CLIENTS = {
  'of 2026-07-28': async (start: Started) => {
    const client = new Client(NAME, { versionNegotiation: { mode: { pin: '2026-07-28' } } });
    await client.connect(new StdioClientTransport(start));
    return currentClient(client);
  },
  'of 2026 in the protocol of 2025': async (start: Started) => {
    const client = new Client(NAME);
    await client.connect(new StdioClientTransport(start));
    return currentClient(client);
  },
  'of 2025': async (start: Started) => {
    const client = new OldClient(NAME);
    await client.connect(new OldTransport(start));
    return oldClient(client);
  },
} satisfies Record<string, (start: Started) => Promise<McpClient>>;

describe.each(Object.entries(CLIENTS))('over stdio, a client %s', (_, connect) => {
  async function connected(environment?: Record<string, string>): Promise<McpClient> {
    const client = await connect(await started(environment));
    onTestFinished(() => client.close());
    return client;
  }

  test('asks, searches, fetches, verifies and reads', async () => {
    const client = await connected({ PUBLIC_URL: 'https://policy.example' });
    expect((await client.tools()).map(({ name }) => name)).toEqual(['ask', 'search', 'fetch', 'verify_quote']);
    const answered = strictAnswer.parse((await client.call('ask', { question: EXPO_QUESTION })).structured);
    expect(answered).toMatchObject({ status: 'answered', answer: expect.stringContaining(EXPO_CITY) });
    expect(answered.citations[0]?.url).toMatch(/^https:\/\/policy\.example\/documents\//u);
    expect((await client.call('ask', { question: '今天天气怎么样？' })).structured).toMatchObject({ status: 'abstained' });
    expect((await client.call('search', { query: '能源' })).structured).toMatchObject({
      results: expect.arrayContaining([{ id: expect.any(String), title: expect.any(String), url: expect.any(String) }]),
    });
    const verdict = strictQuoteCheck.parse((await client.call('verify_quote', { quote: answered.citations[0]?.quote })).structured);
    expect(verdict.verdict).toBe('verbatim');
    const { structured } = await client.call('fetch', { id: STATEMENT_ID });
    expect(await client.read(`youju://documents/${STATEMENT_ID}`)).toBe(structured?.['text']);
    expect((await client.call('ask', { question: '' })).isError).toBe(true);
  });

  test('that cancels a call ends that answer, and goes on', async () => {
    const model = await ScriptedChatModel.start();
    onTestFinished(() => model.close());
    model.play('hangs mid-stream');
    const client = await connected({
      CHAT_MODEL: 'scripted',
      OPENAI_API_KEY: 'none',
      OPENAI_BASE_URL: model.baseUrl,
      CHAT_TIMEOUT_SECONDS: '120',
    });
    const cancel = new AbortController();
    const call = client.call('ask', { question: EXPO_QUESTION }, cancel.signal);
    call.catch(() => {});
    while (model.calls === 0) await wait(10);
    cancel.abort();
    await expect(call).rejects.toThrow();
    while (model.abandoned === 0) await wait(10);
    expect((await client.call('fetch', { id: STATEMENT_ID })).isError).toBe(false);
  });
});

describe('the mcp command', () => {
  const INITIALIZE = `${JSON.stringify({
    jsonrpc: '2.0',
    id: 1,
    method: 'initialize',
    params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: NAME },
  })}\n`;
  const start = async (environment: Record<string, string> = {}) =>
    startNode([PROGRAM], { ...UNSET, DATA_DIR: await statementDataFolder(), ...environment });

  test('writes nothing but JSON-RPC to stdout, whatever comes in', async () => {
    const { child, printed, ending } = await start({ LOG_LEVEL: 'trace', DATA_DIR: await temporaryFolder() });
    child.stdin?.write(`garbage\n\n[]\n{"jsonrpc":"2.0"}\n${INITIALIZE}{"jsonrpc":"2.0","id":2,"method":"no/such"}\n`);
    await Promise.all([printed('"id":1'), printed('"id":2')]);
    child.stdin?.end();
    const { code, stdout, stderr } = await ending;
    expect(code).toBe(0);
    const messages = stdout
      .trimEnd()
      .split('\n')
      .map((line): unknown => JSON.parse(line));
    expect(messages).toHaveLength(2);
    expect(messages).toContainEqual(expect.objectContaining({ id: 1, result: expect.objectContaining({ protocolVersion: '2025-06-18' }) }));
    expect(messages).toContainEqual(expect.objectContaining({ id: 2, error: expect.objectContaining({ code: -32601 }) }));
    expect(stderr).toContain('no index yet');
  });

  test.each(['SIGTERM', 'SIGINT'] as const)('ends with 0 on %s', async (signal) => {
    const { child, printed, ending } = await start();
    child.stdin?.write(INITIALIZE);
    await printed('"id":1');
    child.kill(signal);
    expect(await ending).toMatchObject({ code: 0, signal: null });
  });

  test('ends with 0 when stdin was closed from the start, or its client is gone in the middle of an answer', async () => {
    const closed = await start();
    closed.child.stdin?.end();
    expect(await closed.ending).toMatchObject({ code: 0, stdout: '' });

    const model = await ScriptedChatModel.start();
    onTestFinished(() => model.close());
    model.play('hangs mid-stream');
    const gone = await start({
      CHAT_MODEL: 'scripted',
      OPENAI_API_KEY: 'none',
      OPENAI_BASE_URL: model.baseUrl,
      CHAT_TIMEOUT_SECONDS: '120',
    });
    const params = { name: 'ask', arguments: { question: EXPO_QUESTION } };
    gone.child.stdin?.write(`${INITIALIZE}${JSON.stringify({ jsonrpc: '2.0', id: 2, method: 'tools/call', params })}\n`);
    while (model.calls === 0) await wait(10);
    gone.child.stdin?.end();
    expect(await gone.ending).toMatchObject({ code: 0 });
    while (model.abandoned === 0) await wait(10);
  });

  test('says on stderr what is wrong with the environment', async () => {
    const { code, stdout, stderr } = await (await start({ TRUST_PROXY_HOPS: 'x' })).ending;
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^bad-configuration: /u);
  });

  test('is started by npm from any folder, with only JSON-RPC on stdout', async () => {
    const child = spawn('npm', ['run', '--silent', 'mcp', '--prefix', packageRoot], {
      cwd: await temporaryFolder(),
      env: { ...process.env, ...UNSET, DATA_DIR: await statementDataFolder() },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    let stdout = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stdin.write(INITIALIZE);
    while (!stdout.includes('\n') && child.exitCode === null) await wait(20);
    child.stdin.end();
    await new Promise((resolve) => child.once('close', resolve));
    expect(JSON.parse(stdout)).toMatchObject({ id: 1, result: { serverInfo: { name: 'youju' } } });
    expect(child.exitCode).toBe(0);
  });
});
