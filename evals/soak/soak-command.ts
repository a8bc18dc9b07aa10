import { randomInt } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Command } from 'commander';
import { runCommand } from '../../ingest/run-command.ts';
import { leaveEarly, stallReaders } from './phases/bad-clients.ts';
import { findRate } from './phases/find-rate.ts';
import { holdSteady, overload } from './phases/overload.ts';
import { SoakReport } from './soak-report.ts';
import { SoakRun } from './soak-run.ts';

type Options = Record<'minutes' | 'searchSeconds' | 'overloadSeconds' | 'readers' | 'seed', number> & { rate?: number };

const WARM_UP = { rate: 100, seconds: 10 };

const command = new Command('soak')
  .description('Loads the server beyond what it can answer, at a steady rate, and with clients that do not read; exits 1 on any violation.')
  .option('--minutes <n>', 'at 0.7 R', Number, 5)
  .option('--overload-seconds <n>', 'at 3 R, and at 10 R', Number, 60)
  .option('--search-seconds <n>', 'for each rate tried in the search for R', Number, 5)
  .option('--readers <n>', 'that stall', Number, 500)
  .option('--rate <n>', 'R, where it is not to be searched', Number)
  .option('--seed <n>', 'of questions and arrivals', Number, randomInt(2 ** 31))
  .action(async ({ minutes, searchSeconds, overloadSeconds, readers, rate: given, seed }: Options) => {
    console.log(`seed ${seed}`);
    const report = new SoakReport(console.log);
    await inFreshFolder(async (dataFolder) => {
      const run = await SoakRun.start(report, seed, { DATA_DIR: dataFolder });
      try {
        await run.load(WARM_UP);
        const rate = given ?? (await findRate(run, searchSeconds));
        if (rate > 0) {
          await holdSteady(run, rate, minutes);
          for (const times of [3, 10]) await overload(run, rate, times, overloadSeconds);
          await stallReaders(run, rate, readers);
          await leaveEarly(run, rate, overloadSeconds / 4);
        }
        report.promise(run.server.isAlive, 'the server died');
      } finally {
        await run.stop();
      }
    });
    console.log(`  ${report.violations.length} violations`);
    process.exitCode = report.violations.length > 0 ? 1 : 0;
  });

async function inFreshFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'youju-soak-'));
  try {
    await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

await runCommand(command);
