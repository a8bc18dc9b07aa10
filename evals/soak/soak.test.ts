import { expect, onTestFinished, test } from 'vitest';
import { statementDataFolder } from '../../server/testing/statement.ts';
import { SoakReport } from './soak-report.ts';
import { promiseAllTold, SoakRun } from './soak-run.ts';

/** The short version of `npm run soak`: what must hold on any machine, however busy. Rates are for the long one. */
const SEED = Number(process.env['SOAK_SEED'] ?? Date.now() % 2 ** 31);

async function start(): Promise<SoakRun> {
  console.log(`SOAK_SEED=${SEED}`);
  const run = await SoakRun.start(new SoakReport(console.log), SEED, { DATA_DIR: await statementDataFolder() });
  onTestFinished(() => run.stop());
  return run;
}

test('far more requests than can be answered: everybody is answered or told, no connection breaks, and the server goes on', async () => {
  const run = await start();
  const result = await run.load({ rate: 4000, seconds: 3 });
  promiseAllTold(run.report, 'overload', result);
  expect(run.report.violations).toEqual([]);
  expect(result.sent).toBe(12_000);
  expect(result.answered + result.shed).toBe(12_000);
  expect(result.shed).toBeGreaterThan(0);
  expect(result.answered).toBeGreaterThan(0);
  expect(await run.server.metric('youju_requests_shed_total')).toBe(result.shed);
  // Nobody is slow or refused once the load is gone.
  await expect.poll(async () => run.server.metric('youju_requests_queued')).toBe(0);
  expect((await run.load({ rate: 5, seconds: 2 })).answered).toBe(10);
});

test('clients that leave or do not read: the others are answered or told, and nothing is left over', async () => {
  const run = await start();
  const leaving = await run.load({ rate: 200, seconds: 2, leaving: 0.3 });
  promiseAllTold(run.report, 'clients that leave', leaving);
  expect(leaving.left).toBeGreaterThan(0);
  expect(leaving.answered + leaving.shed + leaving.left).toBe(400);
  await expect.poll(() => run.server.metric('youju_requests_in_flight'), { timeout: 5000 }).toBe(0);
  expect(run.report.violations).toEqual([]);
});
