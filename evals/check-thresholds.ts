import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { languageSchema } from '../server/wire.ts';
import { type Rate, rateOf } from './metrics.ts';
import { type CaseResult, METRIC_NAMES } from './run-cases.ts';

const thresholdsSchema = z.array(
  z.strictObject({
    metric: z.enum(METRIC_NAMES),
    languages: z.array(languageSchema).min(1),
    atLeast: z.number().min(0).max(1).optional(),
    atMost: z.number().min(0).max(1).optional(),
    gate: z.number().min(0).max(1).optional(),
  }),
);

/**
 * The bar for one metric over some languages, on the reporting half. `gate` is where a run fails while the bar itself is not
 * reached yet: it holds what was reached and goes away with the gap.
 */
export type Threshold = z.infer<typeof thresholdsSchema>[number];

export type ThresholdCheck = { threshold: Threshold; rate: Rate | undefined; isMet: boolean; passesGate: boolean };

export const readThresholds = async (file: string): Promise<Threshold[]> =>
  thresholdsSchema.parse(JSON.parse(await readFile(file, 'utf8')));

/** Holds results against the bars. A bar without any case to measure it by is not met. */
export function checkThresholds(results: readonly CaseResult[], thresholds: readonly Threshold[]): ThresholdCheck[] {
  return thresholds.map((threshold) => {
    const { metric, languages, atLeast, atMost, gate } = threshold;
    const rate = rateOf(
      results.filter(({ evalCase }) => languages.includes(evalCase.language)).flatMap(({ scores }) => scores[metric] ?? []),
    );
    const isWithin = (low: number | undefined, high: number | undefined) =>
      rate !== undefined && rate.value >= (low ?? 0) && rate.value <= (high ?? 1);
    const isMet = isWithin(atLeast, atMost);
    const passesGate = isMet || (gate !== undefined && (atLeast !== undefined ? isWithin(gate, undefined) : isWithin(undefined, gate)));
    return { threshold, rate, isMet, passesGate };
  });
}
