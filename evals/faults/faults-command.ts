import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Command } from 'commander';
import { runCommand } from '../../ingest/run-command.ts';
import { damageIndex } from './damage-index.ts';
import { failCalls } from './fail-calls.ts';
import { describeReport, type FaultReport } from './fault-report.ts';
import { MANNERS } from './faulty-file-system.ts';
import { fillDisk } from './full-disk.ts';
import { killIngests } from './kill-ingests.ts';

const DISK_STEPS = 20;

const command = new Command('faults')
  .description('Damages indexes, disks and running ingests in every way and counts which promises break. Minutes.')
  .option('--kills <count>', 'ingests to kill', Number, 500)
  .option('--flips <count>', 'bits to flip', Number, 1000)
  .option('--truncations <count>', 'files to cut', Number, 200)
  .option('--stride <count>', 'of the file-system calls of an ingest, fail every so manieth', Number, 1)
  .option('--seed <number>', 'of what is random', Number, Date.now() % 2 ** 31)
  .action(async ({ kills, flips, truncations, stride, seed }: Record<'kills' | 'flips' | 'truncations' | 'stride' | 'seed', number>) => {
    console.log(`seed ${seed}`);
    const parts: ((root: string) => Promise<FaultReport | undefined>)[] = [
      (root) => damageIndex(root, { flips, truncations, seed }),
      ...MANNERS.flatMap((manner) => ['ENOSPC', 'EIO'].map((code) => (root: string) => failCalls(root, 'publish', manner, code, stride))),
      (root) => fillDisk(root, DISK_STEPS),
      (root) => killIngests(root, kills, seed),
      (root) => failCalls(root, 'ingest', 'refused', 'EIO', stride),
      (root) => failCalls(root, 'ingest', 'refused', 'ENOSPC', stride),
    ];
    let broken = 0;
    for (const part of parts) {
      const report = await inFreshFolder(part);
      console.log(report ? describeReport(report) : 'full and read-only disks: not run, mounting is not allowed here');
      broken += report?.broken.length ?? 0;
    }
    console.log(`${broken} promises broken`);
    process.exitCode = broken > 0 ? 1 : 0;
  });

async function inFreshFolder(part: (root: string) => Promise<FaultReport | undefined>): Promise<FaultReport | undefined> {
  const root = await mkdtemp(path.join(tmpdir(), 'youju-faults-'));
  try {
    return await part(root);
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

await runCommand(command);
