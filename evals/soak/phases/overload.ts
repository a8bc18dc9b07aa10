import type { LoadResult } from '../load/load-plan.ts';
import { round } from '../soak-report.ts';
import { describeLoad, promiseAllTold, type SoakRun } from '../soak-run.ts';
import { P99_MILLISECONDS } from './find-rate.ts';

/** Of R, a rate at which everybody is answered easily. */
const NORMAL = 0.5;
const RECOVERY_SECONDS = 12;
const RECOVERED_WITHIN_SECONDS = 10;
const LEAST_GOODPUT = 0.9;
const MOST_MEGABYTES = 150;

/** At 0.7 R everybody is answered. */
export async function holdSteady(run: SoakRun, rate: number, minutes: number): Promise<void> {
  const result = await run.load({ rate: 0.7 * rate, seconds: minutes * 60 });
  run.report.figure(`0.7 R, ${minutes} min`, `${describeLoad(result)}; ${round(result.megabytes)} MB`);
  promiseAllTold(run.report, '0.7 R', result);
  run.report.promise(result.shed === 0, `0.7 R: ${result.shed} of ${result.sent} requests were refused`);
}

/**
 * So many times what can be answered. Goodput is what was answered within a second of its scheduled time, per second; afterwards the
 * server must be back to normal (0.5 R, p99 of each second within the bar) in time.
 */
export async function overload(run: SoakRun, rate: number, times: number, seconds: number): Promise<void> {
  const name = `${times} R, ${seconds} s`;
  const before = await run.server.megabytes();
  const result = await run.load({ rate: times * rate, seconds });
  const goodput = result.answeredInTime / seconds;
  run.report.figure(name, describeLoad(result));
  run.report.figure(`${name}, goodput`, `${round(goodput)} a second, ${round((goodput / rate) * 100)} % of R`);
  run.report.figure(`${name}, memory`, `${round(before)} MB, then at most ${round(result.megabytes)} MB`);
  promiseAllTold(run.report, name, result);
  run.report.promise(goodput >= LEAST_GOODPUT * rate, `${name}: goodput ${round(goodput)} a second is below ${LEAST_GOODPUT} R`);
  run.report.promise(result.megabytes - before <= MOST_MEGABYTES, `${name}: ${round(result.megabytes - before)} MB more`);

  const after = await run.load({ rate: NORMAL * rate, seconds: RECOVERY_SECONDS });
  const recovered = secondsToNormal(after);
  run.report.figure(`${name}, back to normal`, `after ${recovered} s (${describeLoad(after)})`);
  promiseAllTold(run.report, `after ${name}`, after);
  run.report.promise(recovered <= RECOVERED_WITHIN_SECONDS, `${name}: not back to normal ${RECOVERED_WITHIN_SECONDS} s after`);
}

/** How many seconds it took until no second was slow any more. */
const secondsToNormal = ({ p99BySecond }: LoadResult): number => p99BySecond.findLastIndex((p99) => p99 > P99_MILLISECONDS) + 1;
