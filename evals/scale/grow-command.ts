import { randomInt } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Command } from 'commander';
import { runCommand } from '../../ingest/run-command.ts';
import { describeReport } from '../faults/fault-report.ts';
import { type Growth, growCollection } from './grow-collection.ts';

const command = new Command('grow')
  .description(
    'Ingests a generated collection while it is interrupted, changes a hundredth of it under a server that is asked all the while, and counts what is embedded anew; exits 1 where a promise is broken. Some 10 minutes for 10,000 documents on two cores.',
  )
  .option('--documents <count>', 'of ten paragraphs each', Number, 10_000)
  .option('--interruptions <count>', 'kill -9 of the first ingest', Number, 3)
  .option('--seed <number>', 'of documents and moments', Number, randomInt(2 ** 31))
  .action(async (growth: Growth) => {
    console.log(`seed ${growth.seed}`);
    const root = await mkdtemp(path.join(tmpdir(), 'youju-grow-'));
    try {
      const report = await growCollection(root, growth, console.log);
      console.log(describeReport(report));
      process.exitCode = report.broken.length > 0 ? 1 : 0;
    } finally {
      await rm(root, { recursive: true, force: true });
    }
  });

await runCommand(command);
