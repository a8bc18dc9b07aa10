import type { OpenIndex } from '../../../ingest/index/open-generation.ts';
import { type FuzzReport, type FuzzRun, indexesOf, type Violation } from '../fuzz-report.ts';
import { RandomSource } from '../random-source.ts';
import { type PathologicalString, pathologicalStrings } from './pathological-strings.ts';
import { INGEST_FUNCTIONS, textFunctions } from './text-functions.ts';

const MOST_CPU_MILLISECONDS = 20;
/** Ingest: so many code points, and four times as many. */
const INGEST_LENGTHS = { short: 20_000, long: 80_000 };
/** Four times the text may cost this many times as much: linear work with what a garbage collector and a cache add. Quadratic is 16. */
const MOST_GROWTH = 9;
/** Below this a ratio says nothing. */
const TELLING_MILLISECONDS = 40;

/** Gives every text function every pathological string at its greatest length. A case is one round over all of them. */
export function fuzzText({ seed, ...run }: FuzzRun, index: OpenIndex): FuzzReport {
  const functions = textFunctions(index);
  const dearest = new Map<string, { milliseconds: number; on: string }>();
  const violations: Violation[] = [];
  let calls = 0;
  const note = (name: string, milliseconds: number, on: string) => {
    if (milliseconds > (dearest.get(name)?.milliseconds ?? -1)) dearest.set(name, { milliseconds, on });
  };
  // What is loaded on first use (dictionaries) is no cost of a string.
  for (const { run: call } of functions) for (let turn = 0; turn < 5; turn++) call('双方加强合作。The Parties cooperate.');
  for (const at of indexesOf({ seed, ...run })) {
    for (const { name, length, run: call } of functions)
      for (const { name: on, text } of pathologicalStrings(length, new RandomSource(seed, at))) {
        const milliseconds = settledCpu(() => call(text), MOST_CPU_MILLISECONDS);
        note(name, milliseconds, on);
        if (milliseconds > MOST_CPU_MILLISECONDS)
          violations.push({ index: at, fault: `${name} took ${milliseconds.toFixed(1)} ms`, input: on });
        calls++;
      }
    calls += growthOfIngest(at, seed, violations);
  }
  const figures = Object.fromEntries(
    [...dearest].map(([name, { milliseconds, on }]) => [`${name}, ms of CPU at most`, `${milliseconds.toFixed(1)} (${on})`] as const),
  );
  return { figures: { calls, functions: functions.length + INGEST_FUNCTIONS.length, ...figures }, violations };
}

function growthOfIngest(at: number, seed: number, violations: Violation[]): number {
  const strings = (length: number): PathologicalString[] => pathologicalStrings(length, new RandomSource(seed, at));
  const long = strings(INGEST_LENGTHS.long);
  let calls = 0;
  for (const [place, { name: on, text }] of strings(INGEST_LENGTHS.short).entries()) {
    const longer = long[place]?.text ?? '';
    for (const { name, run } of INGEST_FUNCTIONS) {
      calls += 2;
      const once = settledCpu(() => run(longer), TELLING_MILLISECONDS);
      if (once <= TELLING_MILLISECONDS) continue;
      const short = Math.max(
        1,
        medianCpu(() => run(text)),
      );
      const growth = once / short;
      if (growth > MOST_GROWTH)
        violations.push({
          index: at,
          fault: `${name}: four times the text cost ${growth.toFixed(1)} times as much (${once.toFixed(0)} ms)`,
          input: on,
        });
    }
  }
  return calls;
}

/** Milliseconds of CPU of this process. */
function cpu(work: () => unknown): number {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

/** What is dear once may be a collection of garbage or code compiled anew: where it matters, the median of three decides. */
function settledCpu(work: () => unknown, limit: number): number {
  const once = cpu(work);
  return once <= limit ? once : medianCpu(work);
}

const medianCpu = (work: () => unknown): number => [cpu(work), cpu(work), cpu(work)].toSorted((a, b) => a - b)[1] ?? 0;
