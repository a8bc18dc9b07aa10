import { readdir } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { generationsFolder } from '../index/generation-files.ts';
import { type RunningProgram, startIngest } from './run-program.ts';

const namesIn = (folder: string) => readdir(folder).catch(() => []);

/** How long a run takes, and how long before its end it begins to write a generation; in milliseconds. */
type RunDuration = { whole: number; publishing: number };

/** Waits until a run writes a generation that was not there before, or has ended. */
async function untilItWrites(run: RunningProgram, dataFolder: string, known: readonly string[]): Promise<void> {
  let hasEnded = false;
  run.ending.finally(() => {
    hasEnded = true;
  });
  while (!hasEnded && (await namesIn(generationsFolder(dataFolder))).every((name) => known.includes(name))) await delay(2);
}

/** Lets the ingest command run to its end and takes the time. */
export async function measureRun(ingestArguments: string[], dataFolder: string): Promise<RunDuration> {
  const known = await namesIn(generationsFolder(dataFolder));
  const start = performance.now();
  const run = startIngest(ingestArguments);
  await untilItWrites(run, dataFolder, known);
  const writes = performance.now();
  const { code, stderr } = await run.ending;
  if (code !== 0) throw new Error(`the ingest failed: ${stderr}`);
  const end = performance.now();
  return { whole: end - start, publishing: end - writes };
}

/**
 * Starts an ingest and kills it at a moment in 0…1: of its whole duration, or of the time in which it publishes. Where the
 * run turns out to be shorter than `duration` says, the duration is corrected.
 * @returns whether it was killed before its end
 */
export async function killRun(
  ingestArguments: string[],
  dataFolder: string,
  duration: RunDuration,
  moment: number,
  whilePublishing: boolean,
): Promise<boolean> {
  const known = await namesIn(generationsFolder(dataFolder));
  const start = performance.now();
  const run = startIngest(ingestArguments);
  if (whilePublishing) await untilItWrites(run, dataFolder, known);
  await Promise.race([delay(moment * (whilePublishing ? duration.publishing : duration.whole)), run.ending]);
  run.child.kill('SIGKILL');
  const { signal } = await run.ending;
  const wasKilled = signal === 'SIGKILL';
  if (!wasKilled && !whilePublishing) duration.whole = Math.min(duration.whole, performance.now() - start);
  if (!wasKilled && whilePublishing) duration.publishing *= 0.9;
  return wasKilled;
}
