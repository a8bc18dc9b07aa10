import { type Rate, rateOf } from '../statement/metrics.ts';
import { SEVERAL_METRICS, type SeveralMetric, type SeveralResult } from './run-several.ts';

/** What the reporting half may not fall below. Words of another year than the one asked are never acceptable. */
const GATES: Record<SeveralMetric, number> = {
  'right places': 0.8,
  'right documents': 1,
  'told apart': 1,
  'declined right': 0.8,
  verbatim: 1,
};

export type SeveralCheck = {
  metric: SeveralMetric;
  gate: number;
  reporting: Rate | undefined;
  tuning: Rate | undefined;
  passesGate: boolean;
};

/** Every metric in both halves; the gates hold in the reporting half. */
export const checkGates = (results: readonly SeveralResult[]): SeveralCheck[] =>
  SEVERAL_METRICS.map((metric) => {
    const rateIn = (half: string) =>
      rateOf(results.filter(({ severalCase }) => severalCase.half === half).flatMap(({ scores }) => scores[metric] ?? []));
    const reporting = rateIn('reporting');
    const gate = GATES[metric];
    return { metric, gate, reporting, tuning: rateIn('tuning'), passesGate: reporting !== undefined && reporting.value >= gate };
  });
