import type { OpenIndex } from '../../../ingest/index/open-generation.ts';
import { type FuzzReport, type FuzzRun, indexesOf, type Violation } from '../fuzz-report.ts';
import { RandomSource } from '../random-source.ts';
import { type PathologicalShape, pathologicalShapes } from './pathological-strings.ts';
import { INGEST_FUNCTIONS, textFunctions } from './text-functions.ts';

const MOST_CPU_MILLISECONDS = 20;
/** Ingest: so many code points, and four times as many. */
const INGEST_LENGTHS = { short: 10_000, long: 40_000 };
/** Four times the text may cost this many times as much: linear work with what a garbage collector and a cache add. Quadratic is 16. */
const MOST_GROWTH = 9;
/** Below this a ratio says nothing. */
const TELLING_MILLISECONDS = 40;

/** What a call cost, by function: the dearest. */
type Dearest = Map<string, { milliseconds: number; on: string }>;

/**
 * Gives every text function pathological strings at its greatest length: a case is one shape of string, and a round over all shapes
 * is followed by one with other mixtures.
 * @param limit milliseconds of CPU that a call may take
 */
export function fuzzText({ seed, ...run }: FuzzRun, index: OpenIndex, limit = MOST_CPU_MILLISECONDS): FuzzReport {
  const functions = textFunctions(index);
  const dearest: Dearest = new Map();
  const violations: Violation[] = [];
  // What is loaded on first use (dictionaries) is no cost of a string.
  for (const { run: call } of functions) for (let turn = 0; turn < 5; turn++) call('双方加强合作。The Parties cooperate.');
  for (const at of indexesOf({ seed, ...run })) {
    const { name: on, ofLength } = shapeOf(seed, at);
    for (const { name, length, run: call } of functions) {
      const text = ofLength(length);
      const milliseconds = settledCpu(() => call(text), limit);
      if (milliseconds > (dearest.get(name)?.milliseconds ?? -1)) dearest.set(name, { milliseconds, on });
      if (milliseconds > limit) violations.push({ index: at, fault: `${name} took ${milliseconds.toFixed(1)} ms`, input: on });
    }
    violations.push(...growthOfIngest(seed, at));
  }
  const figures = Object.fromEntries(
    [...dearest].map(([name, { milliseconds, on }]) => [`${name}, ms of CPU at most`, `${milliseconds.toFixed(1)} (${on})`] as const),
  );
  return { figures: { functions: functions.length + INGEST_FUNCTIONS.length, shapes: SHAPES, ...figures }, violations };
}

const SHAPES = pathologicalShapes(new RandomSource(0, 0)).length;

function shapeOf(seed: number, at: number): PathologicalShape {
  const shape = pathologicalShapes(new RandomSource(seed, Math.floor(at / SHAPES)))[at % SHAPES];
  if (!shape) throw new Error('there is no such shape');
  return shape;
}

function growthOfIngest(seed: number, at: number): Violation[] {
  const { name: on, ofLength } = shapeOf(seed, at);
  const text = ofLength(INGEST_LENGTHS.short);
  const longer = ofLength(INGEST_LENGTHS.long);
  return INGEST_FUNCTIONS.flatMap(({ name, run }) => {
    const cost = settledCpu(() => run(longer), TELLING_MILLISECONDS);
    const growth =
      cost <= TELLING_MILLISECONDS
        ? 0
        : cost /
          Math.max(
            1,
            medianCpu(() => run(text)),
          );
    const fault = `${name}: four times the text cost ${growth.toFixed(1)} times as much (${cost.toFixed(0)} ms)`;
    return growth > MOST_GROWTH ? [{ index: at, fault, input: on }] : [];
  });
}

/** Milliseconds of CPU of this process. */
function cpu(work: () => unknown): number {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

/**
 * Where a call is dear once, the median of so many decides: it may be a collection of garbage, or code that is compiled anew. In a new
 * process the same quotation was checked in 104, 69, 34, 19 … and from the tenth call on in 11 ms.
 */
const SETTLING_CALLS = 15;

function settledCpu(work: () => unknown, limit: number): number {
  const once = cpu(work);
  return once <= limit ? once : medianCpu(work);
}

function medianCpu(work: () => unknown): number {
  const calls = Array.from({ length: SETTLING_CALLS }, () => cpu(work)).toSorted((a, b) => a - b);
  return calls[Math.floor(SETTLING_CALLS / 2)] ?? 0;
}
