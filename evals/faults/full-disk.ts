import { execFile } from 'node:child_process';
import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { generationFolder } from '../../ingest/index/generation-files.ts';
import { openCurrentIndex } from '../../ingest/index/open-generation.ts';
import { removeLeftovers } from '../../ingest/index/publish-generation.ts';
import { count, type FaultReport, newReport, promise } from './fault-report.ts';
import { AskedServer } from './serve-while.ts';
import { startProgram } from './start-program.ts';
import { dataFolderOf, ingestArguments, leftovers, otherThan, type Version, versionOf, writeVersions } from './two-versions.ts';

const run = promisify(execFile);
const DISK_BYTES = 8 * 2 ** 20;
const BLOCK = 4096;

/**
 * Ingests onto a real disk (a tmpfs) that is full after `steps` different shares of what a generation needs, then onto a read-only
 * one, while a server serves from it. Needs the right to mount: `undefined` without.
 */
export async function fillDisk(root: string, steps: number): Promise<FaultReport | undefined> {
  const disk = dataFolderOf(root);
  await mkdir(disk, { recursive: true });
  try {
    await run('mount', ['-t', 'tmpfs', '-o', `size=${DISK_BYTES}`, 'tmpfs', disk]);
  } catch {
    return undefined;
  }
  const report = newReport('full and read-only disks (tmpfs)');
  try {
    await writeVersions(root);
    await ingestOntoDisk(report, root, disk, steps);
  } finally {
    await run('umount', [disk]);
  }
  return report;
}

async function ingestOntoDisk(report: FaultReport, root: string, disk: string, steps: number): Promise<void> {
  const published = new Map<string, Version>();
  const ingest = (version: Version) => startProgram('ingest/ingest-command.js', ingestArguments(root, version)).ending;
  const note = async () => {
    const index = await openCurrentIndex(disk);
    const version = versionOf(index) ?? 'shanghai';
    promise(report, versionOf(index) !== undefined, 'what is published is a mixture');
    published.set(index.manifest.generation, version);
    return { version, generation: index.manifest.generation };
  };
  const expectWorking = async (version: Version, when: string) => {
    const { code, stderr } = await ingest(version);
    promise(report, code === 0 && (await note()).version === version, `the ingest ${when} ends with ${code}: ${stderr}`);
    const left = await leftovers(disk);
    promise(report, left.length === 0, `the ingest ${when} leaves ${left.join(' ')}`);
  };
  const expectRefused = async (reason: string) => {
    const before = await note();
    const { code, signal, stderr } = await ingest(otherThan(before.version));
    const isTold = stderr.startsWith('bad-data-folder: ') && stderr.trimEnd().split('\n').length === 1;
    promise(report, code === 1 && isTold, `${reason}: the ingest ends with ${code ?? signal}: ${stderr}`);
    promise(report, (await note()).generation === before.generation, `${reason}: the old index was lost`);
    count(report, `ingests refused, ${reason}`);
  };

  await expectWorking('shanghai', 'at first');
  const server = new AskedServer(report, disk);
  await server.start();
  const needed = await bytesIn(generationFolder(disk, (await note()).generation));
  const filler = path.join(disk, 'filler');
  for (let step = 0; step < steps; step++) {
    // Else the next ingest gets back what this one left.
    await removeLeftovers(disk);
    await fillUp(filler, Math.floor((needed * step) / steps));
    await expectRefused('disk full');
    await rm(filler);
    if (step % 5 === 4) await expectWorking(otherThan((await note()).version), 'after a full disk');
  }
  await run('mount', ['-o', 'remount,ro', disk]);
  await expectRefused('read-only');
  await run('mount', ['-o', 'remount,rw', disk]);
  await expectWorking(otherThan((await note()).version), 'after a read-only disk');
  await server.stop('SIGTERM');
  server.verify(published);
}

async function bytesIn(folder: string): Promise<number> {
  const sizes = await Promise.all((await readdir(folder)).map(async (name) => (await stat(path.join(folder, name))).size));
  return sizes.reduce((sum, size) => sum + Math.ceil(size / BLOCK) * BLOCK, 0);
}

/** Fills the disk until so many bytes, in whole blocks, are free. */
async function fillUp(file: string, free: number): Promise<void> {
  const { stdout } = await run('df', ['--output=avail', '-B1', path.dirname(file)]);
  const available = Number(stdout.split('\n')[1]);
  await writeFile(file, Buffer.alloc(Math.max(0, available - Math.ceil(free / BLOCK) * BLOCK)));
}
