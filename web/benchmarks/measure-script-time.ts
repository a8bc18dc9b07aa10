import type { Browser } from 'playwright-core';
import type { Contestant } from './contestants.ts';
import { openContestant } from './open-contestant.ts';

/** Milliseconds of the page's main thread until the launcher was visible: running scripts, and all tasks (parsing, style, layout too). */
export type MainThreadTime = { script: number; all: number };

/** Odd, so that the median is a run that happened. */
export const ROUNDS = 11;

async function measureOnce(browser: Browser, contestant: Contestant, origin: string): Promise<MainThreadTime> {
  const { context, devtools, visit } = await openContestant(browser, contestant, origin);
  await devtools.send('Performance.enable');
  await visit();
  const { metrics } = await devtools.send('Performance.getMetrics');
  await context.close();
  const milliseconds = (name: string) => 1000 * (metrics.find((metric) => metric.name === name)?.value ?? Number.NaN);
  return { script: milliseconds('ScriptDuration'), all: milliseconds('TaskDuration') };
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** The median of several runs by slug. Contestants take turns, so that a busy moment of the machine meets all of them. */
export async function measureScriptTime(
  browser: Browser,
  contestants: readonly Contestant[],
  origin: string,
): Promise<Map<string, MainThreadTime>> {
  const runs = new Map<string, MainThreadTime[]>(contestants.map(({ slug }) => [slug, []]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const contestant of contestants) runs.get(contestant.slug)?.push(await measureOnce(browser, contestant, origin));
  }
  const medians = [...runs].map(([slug, times]): [string, MainThreadTime] => [
    slug,
    { script: median(times.map(({ script }) => script)), all: median(times.map(({ all }) => all)) },
  ]);
  return new Map(medians);
}
