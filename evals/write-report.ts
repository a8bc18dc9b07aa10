import { languageSchema } from '../server/wire.ts';
import type { ThresholdCheck } from './check-thresholds.ts';
import { type Rate, rateOf } from './metrics.ts';
import { type CaseResult, METRIC_NAMES, type MetricName } from './run-cases.ts';

export type ReportInput = { generator: string; reporting: CaseResult[]; tuning: CaseResult[]; checks: ThresholdCheck[] };

/** The report as Markdown: bars, then every metric by language and by kind, with n and its 95 % interval. */
export function writeReport({ generator, reporting, tuning, checks }: ReportInput): string {
  return [
    '# Eval report',
    '',
    `Generator: ${generator}. ${reporting.length} cases in the reporting half, ${tuning.length} in the tuning half. Written by \`npm run evals\`; intervals are 95 % Wilson score intervals.`,
    'The languages share one document, so a topic may stand in one half in one language and in the other half in another.',
    '',
    '## Bars (reporting half)',
    '',
    ...table(['metric', 'languages', 'bar', 'measured', 'met', 'gate'], checks.map(checkRow)),
    '',
    '## Reporting half by language',
    '',
    ...byGroup(languageGroups(reporting)),
    '',
    '## Reporting half by kind',
    '',
    ...byKind(reporting),
    '',
    '## Tuning half by language',
    '',
    ...byGroup(languageGroups(tuning)),
    '',
  ].join('\n');
}

type Group = { name: string; results: CaseResult[] };

const languageGroups = (results: CaseResult[]): Group[] => [
  { name: 'all', results },
  ...languageSchema.options.map((language) => ({
    name: language,
    results: results.filter(({ evalCase }) => evalCase.language === language),
  })),
];

const rateIn = (results: readonly CaseResult[], metric: MetricName) => rateOf(results.flatMap(({ scores }) => scores[metric] ?? []));

const showRate = (rate: Rate | undefined) =>
  rate === undefined ? '–' : `${rate.value.toFixed(2)} [${rate.low.toFixed(2)}, ${rate.high.toFixed(2)}] n=${rate.n}`;

function checkRow({ threshold: { metric, languages, atLeast, atMost, gate }, rate, isMet }: ThresholdCheck): string[] {
  const bar = atLeast !== undefined ? `≥ ${atLeast}` : `≤ ${atMost}`;
  return [
    metric,
    languages.length === languageSchema.options.length ? 'all' : languages.join(', '),
    bar,
    showRate(rate),
    isMet ? 'yes' : '**no**',
    gate === undefined ? 'the bar' : `${atLeast !== undefined ? '≥' : '≤'} ${gate}`,
  ];
}

const byGroup = (groups: Group[]): string[] =>
  table(
    ['metric', ...groups.map(({ name }) => name)],
    METRIC_NAMES.map((metric) => [metric, ...groups.map(({ results }) => showRate(rateIn(results, metric)))]),
  );

function byKind(results: CaseResult[]): string[] {
  const kinds = [...new Set(results.map(({ evalCase }) => evalCase.kind))].toSorted();
  const metrics: MetricName[] = ['recall@5', 'answered right', 'citation precision', 'wrongly answered', 'wrongly declined'];
  return table(
    ['kind', ...metrics],
    kinds.map((kind) => [
      kind,
      ...metrics.map((metric) =>
        showRate(
          rateIn(
            results.filter(({ evalCase }) => evalCase.kind === kind),
            metric,
          ),
        ),
      ),
    ]),
  );
}

const table = (head: string[], rows: string[][]): string[] =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
