import { cp, readFile, writeFile } from 'node:fs/promises';
import { expect, onTestFinished, test } from 'vitest';
import { currentPointer } from '../../ingest/index/generation-files.ts';
import { temporaryFolder } from '../../ingest/testing/temporary-folder.ts';
import { postRaw, sendRaw } from '../testing/clients/send-raw.ts';
import { expectProblem } from '../testing/expect-problem.ts';
import { copyOfStatement, EXPO_QUESTION, statementDataFolder } from '../testing/statement.ts';
import { startTestServer } from '../testing/test-server.ts';

const QUESTION = JSON.stringify({ question: EXPO_QUESTION });

test('before an index there is, the process is healthy, not ready, and says when to come back', async () => {
  const dataFolder = await temporaryFolder();
  const server = await startTestServer({ dataFolder, withoutIndex: true });
  onTestFinished(server.close);
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200);

  const readiness = await sendRaw(server.port, { path: '/readyz' });
  expect(readiness.status).toBe(503);
  expect(Number(readiness.headers['retry-after'])).toBeGreaterThan(0);
  for (const response of [
    await postRaw(server.port, QUESTION),
    await sendRaw(server.port, { path: '/api/documents' }),
    await sendRaw(server.port, { path: '/' }),
  ]) {
    expectProblem(response, 503, 'index-missing');
    expect(Number(response.headers['retry-after'])).toBeGreaterThan(0);
    // Where the data lies is not the client's to know.
    expect(response.body).not.toContain(dataFolder);
  }

  await cp(await statementDataFolder(), dataFolder, { recursive: true });
  await server.currentIndex.refresh();
  const ready = await fetch(`${server.url}/readyz`);
  expect(ready.status).toBe(200);
  expect(await ready.json()).toEqual({ status: 'ready', indexGeneration: server.currentIndex.get().manifest.generation });
  expect((await postRaw(server.port, QUESTION)).status).toBe(200);
});

test('a publication that cannot be opened is told with its code and no path, and the old index goes on answering', async () => {
  const dataFolder = await copyOfStatement();
  const server = await startTestServer({ dataFolder });
  onTestFinished(server.close);
  const served = server.currentIndex.get().manifest.generation;
  const readiness = async () => {
    await server.currentIndex.refresh().catch(() => {});
    const response = await fetch(`${server.url}/readyz`);
    return { status: response.status, body: await response.json() };
  };
  const ready = { status: 'ready', indexGeneration: served };
  const published = await readFile(currentPointer(dataFolder));
  await writeFile(currentPointer(dataFolder), '20990101000000-00000000\n');
  const refused = { code: 'index-corrupt', generation: '20990101000000-00000000' };
  expect(await readiness()).toEqual({ status: 200, body: { ...ready, refused } });
  expect((await postRaw(server.port, QUESTION)).status).toBe(200);
  await writeFile(currentPointer(dataFolder), '../../../etc/passwd\n');
  expect(await readiness()).toEqual({ status: 200, body: { ...ready, refused: { code: 'index-corrupt' } } });
  await writeFile(currentPointer(dataFolder), published);
  expect(await readiness()).toEqual({ status: 200, body: ready });
});
