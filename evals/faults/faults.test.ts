import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { damageIndex } from './damage-index.ts';
import { failCalls } from './fail-calls.ts';
import { describeReport, type FaultReport } from './fault-report.ts';
import { fillDisk } from './full-disk.ts';
import { killIngests } from './kill-ingests.ts';

/** The short version of `npm run faults`. */
const SEED = Number(process.env['FAULT_SEED'] ?? Date.now() % 2 ** 31);

async function folder(): Promise<string> {
  const root = await mkdtemp(path.join(tmpdir(), 'youju-faults-'));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  return root;
}

function expectKept(report: FaultReport): void {
  console.log(`FAULT_SEED=${SEED} ${describeReport(report)}`);
  expect(report.broken).toEqual([]);
}

describe('every promise is kept', { timeout: 300_000 }, () => {
  test('by indexes that are damaged', async () => {
    const report = await damageIndex(await folder(), { flips: 40, truncations: 20, seed: SEED });
    expectKept(report);
    expect(report.outcomes['refused as index-corrupt']).toBeGreaterThan(60);
  });

  test.each([
    ['refused', 'ENOSPC'],
    ['half-unnoticed', 'EIO'],
  ] as const)('by an ingest and a server whose file-system calls fail: %s', async (manner, code) => {
    const report = await failCalls(await folder(), 'publish', manner, code, 7);
    expectKept(report);
    expect(report.outcomes['switches refused'] ?? 0).toBeGreaterThanOrEqual(manner === 'refused' ? 1 : 0);
  });

  test('by ingests that are killed while a server answers', async () => {
    const report = await killIngests(await folder(), 12, SEED);
    expectKept(report);
    expect(report.outcomes['kills']).toBe(12);
    expect(report.outcomes['questions answered']).toBeGreaterThan(12);
  });

  test('by ingests onto a disk that is full or read-only', async ({ skip }) => {
    const report = await fillDisk(await folder(), 3);
    if (!report) return skip('mounting is not allowed here');
    expectKept(report);
    expect(report.outcomes).toMatchObject({ 'ingests refused, disk full': 3, 'ingests refused, read-only': 1 });
  });
});
