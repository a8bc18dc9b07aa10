import { cp } from 'node:fs/promises';
import { expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../../ingest/testing/temporary-folder.ts';
import { postRaw, sendRaw } from '../testing/clients/send-raw.ts';
import { expectProblem } from '../testing/expect-problem.ts';
import { EXPO_QUESTION, statementDataFolder } from '../testing/statement.ts';
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
