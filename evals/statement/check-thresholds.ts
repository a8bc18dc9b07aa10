import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { languageSchema } from '../../server/wire.ts';
import { type Rate, rateOf } from './metrics.ts';
import type { ParaphraseResult } from './paraphrases.ts';
import { type CaseResult, METRIC_NAMES } from './run-cases.ts';

/** How many triples of paraphrases cite the same right paragraph. */
export const PARAPHRASE_METRIC = 'paraphrase consistency';

const thresholdsSchema = z.array(
  z.strictObject({
    metric: z.enum([...METRIC_NAMES, PARAPHRASE_METRIC]),
    languages: z.array(languageSchema).min(1),
    kind: z.string().optional(),
    atLeast: z.number().min(0).max(1).optional(),
    atMost: z.number().min(0).max(1).optional(),
    gate: z.number().min(0).max(1).optional(),
  }),
);

/**
 * The bar for one metric over some languages (and one kind of case), on the reporting half. `gate` is where a run fails while the bar
 * itself is not reached yet: it holds what was reached and goes away with the gap.
 */
export type Threshold = z.infer<typeof thresholdsSchema>[number];

export type ThresholdCheck = { threshold: Threshold; rate: Rate | undefined; isMet: boolean; passesGate: boolean };

export type ReportedResults = { cases: readonly CaseResult[]; paraphrases: readonly ParaphraseResult[] };

export const readThresholds = async (file: string): Promise<Threshold[]> =>
  thresholdsSchema.parse(JSON.parse(await readFile(file, 'utf8')));

/** Holds results against the bars. A bar without any case to measure it by is not met. */
export function checkThresholds(results: ReportedResults, thresholds: readonly Threshold[]): ThresholdCheck[] {
  return thresholds.map((threshold) => {
    const { atLeast, atMost, gate } = threshold;
    const rate = rateOf(valuesFor(threshold, results));
    const isWithin = (low: number | undefined, high: number | undefined) =>
      rate !== undefined && rate.value >= (low ?? 0) && rate.value <= (high ?? 1);
    const isMet = isWithin(atLeast, atMost);
    const passesGate = isMet || (gate !== undefined && (atLeast !== undefined ? isWithin(gate, undefined) : isWithin(undefined, gate)));
    return { threshold, rate, isMet, passesGate };
  });
}

function valuesFor({ metric, languages, kind }: Threshold, { cases, paraphrases }: ReportedResults): number[] {
  if (metric === PARAPHRASE_METRIC)
    return paraphrases
      .filter(({ paraphrase }) => languages.includes(paraphrase.language))
      .map(({ isConsistent }) => (isConsistent ? 1 : 0));
  return cases
    .filter(({ evalCase }) => languages.includes(evalCase.language) && (kind === undefined || evalCase.kind === kind))
    .flatMap(({ scores }) => scores[metric] ?? []);
}
