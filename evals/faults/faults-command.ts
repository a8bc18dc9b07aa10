import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Command, Option } from 'commander';
import { runCommand } from '../../ingest/run-command.ts';
import { damageIndex } from './damage-index.ts';
import { failCalls } from './fail-calls.ts';
import { describeReport, type FaultReport } from './fault-report.ts';
import { MANNERS } from './faulty-file-system.ts';
import { fillDisk } from './full-disk.ts';
import { killIngests } from './kill-ingests.ts';

const DISK_STEPS = 20;

type Counts = Record<'kills' | 'flips' | 'truncations' | 'stride' | 'seed', number>;
type Part = (root: string, counts: Counts) => Promise<FaultReport | undefined>;

/** What is done to the server and to ingests, in the order in which it is run. */
const PARTS: Record<string, Part[]> = {
  damage: [(root, counts) => damageIndex(root, counts)],
  calls: [
    ...MANNERS.flatMap((manner) =>
      ['ENOSPC', 'EIO'].map(
        (code): Part =>
          (root, { stride }) =>
            failCalls(root, 'publish', manner, code, stride),
      ),
    ),
    ...['EIO', 'ENOSPC'].map(
      (code): Part =>
        (root, { stride }) =>
          failCalls(root, 'ingest', 'refused', code, stride),
    ),
  ],
  disks: [(root) => fillDisk(root, DISK_STEPS)],
  kills: [(root, { kills, seed }) => killIngests(root, kills, seed)],
};

const command = new Command('faults')
  .description('Damages indexes, disks and running ingests in every way and counts which promises break. Some 25 minutes on two cores.')
  .addOption(new Option('--only <part>', 'run one part').choices(Object.keys(PARTS)))
  .option('--kills <count>', 'ingests to kill', Number, 500)
  .option('--flips <count>', 'bits to flip', Number, 1000)
  .option('--truncations <count>', 'files to cut', Number, 200)
  .option('--stride <count>', 'of the file-system calls of an ingest, fail every so manieth', Number, 1)
  .option('--seed <number>', 'of what is random', Number, Date.now() % 2 ** 31)
  .action(async ({ only, ...counts }: Counts & { only?: string }) => {
    console.log(`seed ${counts.seed}`);
    let broken = 0;
    for (const part of only === undefined ? Object.values(PARTS).flat() : (PARTS[only] ?? [])) {
      const report = await inFreshFolder((root) => part(root, counts));
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
