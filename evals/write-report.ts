import { languageSchema } from '../server/wire.ts';
import type { AblationRow } from './ablation/run-ablation.ts';
import type { Evaluation, XquadReport } from './evaluate.ts';
import type { ThresholdCheck } from './statement/check-thresholds.ts';
import { type Rate, rateOf } from './statement/metrics.ts';
import type { ParaphraseResult } from './statement/paraphrases.ts';
import { type CaseResult, METRIC_NAMES, type MetricName } from './statement/run-cases.ts';
import { XQUAD_LANGUAGES } from './xquad/run-xquad.ts';

/** One way to answer; without an evaluation where no endpoint was at hand. */
export type ModeResult = { name: string; evaluation?: Evaluation };

export type ReportInput = {
  evaluation: Evaluation;
  modes: readonly ModeResult[];
  xquad: XquadReport | undefined;
  ablation: AblationRow[] | undefined;
};

/** The report as Markdown: bars, then every metric by language and by kind, with n and its 95 % interval. */
export function writeReport({ evaluation, modes, xquad, ablation }: ReportInput): string {
  const { reporting, tuning, paraphrases, checks, several } = evaluation;
  return [
    '# Eval report',
    '',
    `${reporting.length} cases in the reporting half, ${tuning.length} in the tuning half, ${paraphrases.length} triples of paraphrases. Written by \`npm run evals\`; intervals are 95 % Wilson score intervals.`,
    'The halves were written by different authors from the statement alone; weights and rules saw the tuning half only.',
    '',
    '## Bars (reporting half, no key)',
    '',
    ...table(['metric', 'languages', 'bar', 'measured', 'met', 'gate'], checks.map(checkRow)),
    '',
    '## Modes (reporting half)',
    '',
    ...modesTable(modes),
    '',
    '## Paragraph retrieval on XQuAD (240 Chinese paragraphs, asked in three languages)',
    '',
    ...(xquad ? xquadTable(xquad) : ['not run: name the folder with `--xquad`.']),
    '',
    '## Reporting half by language',
    '',
    ...byGroup(languageGroups(reporting)),
    '',
    '## Reporting half by kind',
    '',
    ...byKind(reporting),
    '',
    '## The same paragraph for three wordings',
    '',
    ...paraphraseTable(paraphrases),
    '',
    '## Several documents (sister statements made up for it)',
    '',
    ...table(
      ['metric', 'gate', 'reporting half', 'tuning half'],
      several.map((check) => [check.metric, `≥ ${check.gate}`, showRate(check.reporting), showRate(check.tuning)]),
    ),
    '',
    '## Tuning half by language',
    '',
    ...byGroup(languageGroups(tuning)),
    '',
    '## Without one step (tuning halves)',
    '',
    ...(ablation ? ablationTable(ablation) : ['not run: ask for it with `--ablation`.']),
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

function checkRow({ threshold: { metric, languages, kind, atLeast, atMost, gate }, rate, isMet }: ThresholdCheck): string[] {
  const bar = atLeast !== undefined ? `≥ ${atLeast}` : `≤ ${atMost}`;
  return [
    kind === undefined ? metric : `${metric} (${kind})`,
    languages.length === languageSchema.options.length ? 'all' : languages.join(', '),
    bar,
    showRate(rate),
    isMet ? 'yes' : '**no**',
    gate === undefined ? 'the bar' : `${atLeast !== undefined ? '≥' : '≤'} ${gate}`,
  ];
}

function modesTable(modes: readonly ModeResult[]): string[] {
  const metrics: MetricName[] = ['recall@5', 'answered right', 'citation precision', 'wrongly answered', 'wrongly declined', 'verbatim'];
  return table(
    ['mode', ...metrics],
    modes.map(({ name, evaluation }) => [
      name,
      ...metrics.map((metric) => (evaluation ? showRate(rateIn(evaluation.reporting, metric)) : 'not run')),
    ]),
  );
}

const xquadTable = (report: XquadReport): string[] =>
  table(
    ['half', ...XQUAD_LANGUAGES.flatMap((language) => [`${language} → zh recall@1`, `${language} → zh recall@5`])],
    (['reporting', 'tuning'] as const).map((half) => [
      half,
      ...XQUAD_LANGUAGES.flatMap((language) => {
        const { recallAt1, recallAt5 } = report[half][language];
        return [showShare(recallAt1), showShare(recallAt5)];
      }),
    ]),
  );

/** Three decimals: the bars for paragraph retrieval are set in hundredths. */
const showShare = (rate: Rate | undefined) =>
  rate === undefined ? '–' : `${rate.value.toFixed(3)} [${rate.low.toFixed(3)}, ${rate.high.toFixed(3)}] n=${rate.n}`;

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

function paraphraseTable(results: readonly ParaphraseResult[]): string[] {
  const rateOfLanguage = (half: string, language?: string) =>
    showRate(
      rateOf(
        results
          .filter(({ paraphrase }) => paraphrase.half === half && (language === undefined || paraphrase.language === language))
          .map(({ isConsistent }) => (isConsistent ? 1 : 0)),
      ),
    );
  return table(
    ['half', 'all', ...languageSchema.options],
    ['reporting', 'tuning'].map((half) => [
      half,
      rateOfLanguage(half),
      ...languageSchema.options.map((language) => rateOfLanguage(half, language)),
    ]),
  );
}

/** The first row is the whole pipeline; the others show the difference to it. */
function ablationTable([whole, ...rows]: AblationRow[]): string[] {
  if (!whole) return [];
  const columns = Object.keys(whole.values);
  const difference = (row: AblationRow, column: string) => {
    const change = (row.values[column] ?? 0) - (whole.values[column] ?? 0);
    return Math.abs(change) < 0.0005 ? '0' : `${change > 0 ? '+' : '−'}${Math.abs(change).toFixed(3)}`;
  };
  return table(
    ['without', ...columns],
    [
      [whole.step, ...columns.map((column) => (whole.values[column] ?? 0).toFixed(3))],
      ...rows.map((row) => [row.step, ...columns.map((column) => difference(row, column))]),
    ],
  );
}

const table = (head: string[], rows: string[][]): string[] =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
