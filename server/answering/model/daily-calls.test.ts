import { readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../../ingest/testing/temporary-folder.ts';
import { DailyCalls } from './daily-calls.ts';

const NOON = Date.UTC(2026, 10, 29, 12);
const DAY = 86_400_000;
const at = (milliseconds: number) => ({ now: () => milliseconds });

async function takeAll(calls: DailyCalls, times: number): Promise<number> {
  const taken = await Promise.all(Array.from({ length: times }, () => calls.take()));
  return taken.filter(Boolean).length;
}

describe('the calls of a day', () => {
  test('end at the cap, however many ask at once', async () => {
    const calls = new DailyCalls(await temporaryFolder(), 7, at(NOON));
    expect(await takeAll(calls, 20)).toBe(7);
    expect(await calls.take()).toBe(false);
    expect(await calls.today()).toBe(7);
  });

  test('outlive a restart, and are over with the day', async () => {
    const folder = await temporaryFolder();
    expect(await takeAll(new DailyCalls(folder, 7, at(NOON)), 5)).toBe(5);
    const clock = { milliseconds: NOON + 1000 };
    const restarted = new DailyCalls(folder, 7, { now: () => clock.milliseconds });
    expect(await restarted.today()).toBe(5);
    expect(await takeAll(restarted, 5)).toBe(2);
    clock.milliseconds += DAY;
    expect(await restarted.today()).toBe(0);
    expect(await takeAll(restarted, 9)).toBe(7);
    expect(await readdir(path.join(folder, 'chat-calls'))).toEqual(['2026-11-30']);
  });

  test('of several processes on one folder add up', async () => {
    const folder = await temporaryFolder();
    const [server, command] = [new DailyCalls(folder, 10, at(NOON)), new DailyCalls(folder, 10, at(NOON))];
    expect(await takeAll(server, 6)).toBe(6);
    expect(await takeAll(command, 3)).toBe(3);
    expect(await server.take()).toBe(true);
    expect(await server.take()).toBe(false);
  });

  test('have no limit at 0, and are counted all the same', async () => {
    const calls = new DailyCalls(await temporaryFolder(), 0, at(NOON));
    expect(await takeAll(calls, 30)).toBe(30);
    expect(await calls.today()).toBe(30);
  });

  test('are counted in memory where they cannot be written, with one warning', async () => {
    const folder = await temporaryFolder();
    await writeFile(path.join(folder, 'chat-calls'), 'in the way');
    const warnings: string[] = [];
    const calls = new DailyCalls(folder, 3, { ...at(NOON), onUnwritable: (code) => warnings.push(code) });
    expect(await takeAll(calls, 5)).toBe(3);
    expect(await calls.take()).toBe(false);
    expect(warnings).toEqual(['ENOTDIR']);
  });

  test('are written again where somebody removed the folder', async () => {
    const folder = await temporaryFolder();
    const calls = new DailyCalls(folder, 3, at(NOON));
    await calls.take();
    await rm(path.join(folder, 'chat-calls'), { recursive: true });
    await calls.take();
    expect(await calls.today()).toBe(2);
    expect(await calls.take()).toBe(true);
    expect(await calls.take()).toBe(false);
  });
});
