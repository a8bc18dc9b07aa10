import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../ingest/testing/temporary-folder.ts';
import { ScriptedChatModel } from './testing/chat-model/scripted-chat-model.ts';
import { ask, askForStream, eventsOf, getDocument } from './testing/clients/ask.ts';
import { findMisquotes } from './testing/find-misquotes.ts';
import { serveCompiled, startServer } from './testing/run-server.ts';
import { EXPO_CITY, EXPO_QUESTION, STATEMENT_ID, STATEMENT_SOURCE, statementDataFolder } from './testing/statement.ts';

const KEY_CANARY = 'sk-canary-91c3e0';

/** Every file of a folder with its content's hash and the time it was written. */
async function stateOf(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true });
  const files: string[] = [];
  for (const name of names.toSorted()) {
    const file = path.join(folder, name);
    const entry = await stat(file);
    if (entry.isFile())
      files.push(
        `${name} ${entry.mtimeMs} ${createHash('sha256')
          .update(await readFile(file))
          .digest('hex')}`,
      );
  }
  return files;
}

async function startModel(): Promise<ScriptedChatModel> {
  const model = await ScriptedChatModel.start();
  onTestFinished(() => model.close());
  return model;
}

const withModel = (model: ScriptedChatModel, dataFolder: string) => ({
  DATA_DIR: dataFolder,
  CHAT_MODEL: 'scripted-model',
  OPENAI_API_KEY: KEY_CANARY,
  OPENAI_BASE_URL: model.baseUrl,
});

describe('the compiled server', () => {
  test('ingests into a fresh folder, prints its address and answers; started again it ingests nothing', async () => {
    const dataFolder = path.join(await temporaryFolder(), 'not', 'yet', 'there');
    const first = await serveCompiled({ DATA_DIR: dataFolder });
    const answer = await ask(first.url, { question: EXPO_QUESTION });
    expect(answer).toMatchObject({ status: 'answered', generator: 'extractive', indexGeneration: first.generation });
    expect(answer.answer).toContain(EXPO_CITY);
    expect(findMisquotes(answer, await getDocument(first.url, STATEMENT_ID), STATEMENT_SOURCE)).toEqual([]);
    expect((await fetch(`${first.url}/widget.js`)).status).toBe(200);
    first.child.kill('SIGTERM');
    expect(await first.ending).toMatchObject({ code: 0, stderr: '' });

    const before = await stateOf(dataFolder);
    const second = await serveCompiled({ DATA_DIR: dataFolder });
    expect(second.generation).toBe(first.generation);
    expect((await ask(second.url, { question: EXPO_QUESTION })).answer).toBe(answer.answer);
    expect(await stateOf(dataFolder)).toEqual(before);
    second.child.kill('SIGINT');
    expect(await second.ending).toMatchObject({ code: 0, stdout: expect.not.stringContaining('no index yet') });
  });

  test('exits with 0 on SIGTERM while a stream is open', async () => {
    const model = await startModel();
    model.play('hangs mid-stream');
    const server = await serveCompiled({ ...withModel(model, await statementDataFolder()), CHAT_TIMEOUT_SECONDS: '600' });
    const stream = eventsOf(await askForStream(server.url, { question: EXPO_QUESTION }));
    expect((await stream.next()).value).toMatchObject({ event: 'citation' });
    const stopped = performance.now();
    server.child.kill('SIGTERM');
    expect(await server.ending).toMatchObject({ code: 0, signal: null });
    // A container is killed ten seconds after SIGTERM.
    expect(performance.now() - stopped).toBeLessThan(9500);
    await stream.next().catch(() => undefined);
    await expect.poll(() => model.abandoned).toBe(1);
  });

  test('lets a stream end that can, telling newcomers meanwhile', async () => {
    const model = await startModel();
    model.play('hangs mid-stream');
    const server = await serveCompiled({ ...withModel(model, await statementDataFolder()), CHAT_TIMEOUT_SECONDS: '4' });
    const stream = eventsOf(await askForStream(server.url, { question: EXPO_QUESTION }));
    expect((await stream.next()).value).toMatchObject({ event: 'citation' });
    server.child.kill('SIGTERM');
    await expect.poll(async () => (await fetch(`${server.url}/readyz`)).status, { timeout: 3000 }).toBe(503);
    let last: unknown;
    for await (const event of stream) last = event;
    expect(last).toMatchObject({ event: 'answer-end', data: { status: 'answered', degraded: 'model-timeout' } });
    expect(await server.ending).toMatchObject({ code: 0 });
  });

  test('writes neither questions nor the key, at the loudest', async () => {
    const model = await startModel();
    const server = await serveCompiled({ ...withModel(model, await statementDataFolder()), LOG_LEVEL: 'trace' });
    for (const script of [
      'faithful',
      'refuses the key and repeats it',
      'repeats the key in a broken event',
      'fails',
      'hangs up',
    ] as const) {
      model.play(script);
      // In a conversation of its own, or the first answer would be given again.
      const history = [{ role: 'user', content: script }];
      expect((await ask(server.url, { question: EXPO_QUESTION, history })).status).toBe('answered');
    }
    await fetch(`${server.url}/api/ask`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: `{"question":"${EXPO_QUESTION}",`,
    });
    server.child.kill('SIGTERM');
    const { stdout, stderr } = await server.ending;
    expect(stdout).toContain('"path":"/api/ask"');
    expect(stdout).toContain('HTTP 401');
    for (const secret of [KEY_CANARY, EXPO_QUESTION, '进口博览会']) expect(`${stdout}${stderr}`).not.toContain(secret);
    expect(stderr).toBe('');
  });

  test('ended by an unforeseen error, it tells the kind and the place, and nothing that the error carries', async () => {
    // In two parts, since a frame names this module by its text.
    const canary = `${JSON.stringify(KEY_CANARY.slice(0, 5))} + ${JSON.stringify(KEY_CANARY.slice(5))}`;
    const failing = `process.on('SIGUSR2', () => Promise.reject(Object.assign(new SyntaxError(${canary}), { body: ${canary} })))`;
    const NODE_OPTIONS = `--import=data:text/javascript,${encodeURIComponent(failing)}`;
    const server = await serveCompiled({ DATA_DIR: await statementDataFolder(), NODE_OPTIONS });
    server.child.kill('SIGUSR2');
    const { code, stdout, stderr } = await server.ending;
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '')).toMatchObject({ level: 60, err: { type: 'SyntaxError' } });
    expect(stdout).not.toContain(KEY_CANARY);
  });

  test('sends no trace to anyone, whatever the environment says', async () => {
    const model = await startModel();
    let traces = 0;
    const collector = createServer((_request, response) => {
      traces++;
      response.end('{}');
    }).listen(0, '127.0.0.1');
    await once(collector, 'listening');
    onTestFinished(() => {
      collector.close();
    });
    const address = collector.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const tracing = {
      LANGSMITH_TRACING: 'true',
      LANGCHAIN_TRACING_V2: 'true',
      LANGSMITH_API_KEY: 'x',
      LANGSMITH_ENDPOINT: `http://127.0.0.1:${port}`,
    };
    const server = await serveCompiled({ ...withModel(model, await statementDataFolder()), ...tracing });
    expect((await ask(server.url, { question: EXPO_QUESTION })).generator).toBe('scripted-model');
    server.child.kill('SIGTERM');
    await server.ending;
    expect(traces).toBe(0);
  });
});

describe('the compiled server does not start', () => {
  test.each([
    [{ PORT: 'eighty' }, 'PORT'],
    [{ PUBLIC_URL: 'policy.example' }, 'PUBLIC_URL'],
    [{ TRUST_PROXY_HOPS: 'true', LOG_LEVEL: 'loud' }, 'TRUST_PROXY_HOPS'],
    [{ CHAT_TIMEOUT_SECONDS: '0' }, 'CHAT_TIMEOUT_SECONDS'],
  ])('with %j, and names the variable', async (environment, name) => {
    const { code, stderr } = await startServer({ DATA_DIR: await statementDataFolder(), ...environment }).ending;
    expect(code).toBe(1);
    expect(stderr).toMatch(/^bad-configuration: /);
    expect(stderr).toContain(name);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  test('on a port that is taken, and names it', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    onTestFinished(() => {
      taken.close();
    });
    const address = taken.address();
    const port = String(typeof address === 'object' && address !== null ? address.port : 0);
    const { code, stderr } = await startServer({ DATA_DIR: await statementDataFolder(), PORT: port }).ending;
    expect(code).toBe(1);
    expect(stderr).toContain(port);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  test('on an index that is damaged, and says what to do', async () => {
    const dataFolder = await temporaryFolder();
    await writeFile(path.join(dataFolder, 'CURRENT'), 'nonsense\n');
    const { code, stderr } = await startServer({ DATA_DIR: dataFolder }).ending;
    expect(code).toBe(1);
    expect(stderr).toMatch(/^index-corrupt: .*npm run ingest/);
  });

  test('on an index of another embedding model, and says what to do', async () => {
    const { code, stderr } = await startServer({ DATA_DIR: await statementDataFolder(), EMBEDDING_MODEL: 'another-model' }).ending;
    expect(code).toBe(1);
    expect(stderr).toMatch(/^index-mismatch: .*another-model.*npm run ingest/);
  });
});
