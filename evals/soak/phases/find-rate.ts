import type { LoadResult } from '../load/load-plan.ts';
import { round } from '../soak-report.ts';
import { describeLoad, type SoakRun } from '../soak-run.ts';

/** What counts as served: everybody answered, 99 of 100 within this. */
export const P99_MILLISECONDS = 300;
const FIRST_RATE = 100;
const FACTOR = 1.5;
/** The rate is found to within this share of it. */
const PRECISION = 0.1;
const MOST_TRIES = 14;

const isServed = ({ sent, answered, latency }: LoadResult) => answered === sent && latency.p99 <= P99_MILLISECONDS;

/** R: the highest rate of arrivals a second at which everybody is answered in time. Raised until it is too much, then halved between. */
export async function findRate(run: SoakRun, seconds: number): Promise<number> {
  let served = 0;
  let tooMuch = Number.POSITIVE_INFINITY;
  let rate = FIRST_RATE;
  for (let tries = 0; tries < MOST_TRIES && tooMuch - served > served * PRECISION; tries++) {
    let result = await run.load({ rate, seconds });
    // Once more: it may have been the machine's doing.
    if (!isServed(result)) result = await run.load({ rate, seconds });
    if (isServed(result)) served = rate;
    else tooMuch = rate;
    run.report.figure(`${round(rate)}/s ${served === rate ? 'served' : 'too much'}`, describeLoad(result));
    rate = tooMuch === Number.POSITIVE_INFINITY ? rate * FACTOR : (served + tooMuch) / 2;
  }
  run.report.figure('R', `${round(served)} a second`);
  run.report.promise(served > 0, `at ${round(tooMuch)} requests a second p99 is above ${P99_MILLISECONDS} ms already`);
  return served;
}
