import type { AnsweringDependencies } from '../../server/answering/answer-question.ts';
import type { EvalCase } from '../statement/eval-case.ts';
import { type CaseResult, type MetricName, runCases } from '../statement/run-cases.ts';
import type { ParagraphSet } from '../xquad/read-xquad.ts';
import { measureParagraphRecall, XQUAD_LANGUAGES, type XquadIndex } from '../xquad/run-xquad.ts';
import { PIPELINE_STEPS } from './pipeline-steps.ts';

/** What the product reaches without one step, by column; the first row is the whole pipeline. */
export type AblationRow = { step: string; values: Record<string, number> };

const METRICS: MetricName[] = ['recall@1', 'recall@5', 'answered right', 'citation precision', 'wrongly answered', 'wrongly declined'];

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

const meansOf = (results: readonly CaseResult[]): Record<string, number> =>
  Object.fromEntries(METRICS.map((metric) => [metric, mean(results.flatMap(({ scores }) => scores[metric] ?? []))]));

/** An XQuAD set with an index over it; only its tuning half is asked. */
export type XquadAblation = { set: ParagraphSet; xquad: XquadIndex; dependencies: AnsweringDependencies };

/** Switches each step of reading a question off in turn and measures what is left, on tuning halves alone. */
export async function runAblation(
  tuning: readonly EvalCase[],
  dependencies: AnsweringDependencies,
  onXquad: XquadAblation | undefined,
): Promise<AblationRow[]> {
  const rows: AblationRow[] = [];
  for (const { name, without } of [{ name: 'nothing: the whole pipeline', without: dependencies.understand }, ...PIPELINE_STEPS]) {
    const values = meansOf(await runCases(tuning, { ...dependencies, understand: without }));
    if (onXquad) {
      for (const language of XQUAD_LANGUAGES) {
        const questions = onXquad.set.questions[language].filter(({ half }) => half === 'tuning');
        const recall = await measureParagraphRecall(questions, onXquad.xquad, { ...onXquad.dependencies, understand: without });
        values[`XQuAD ${language} @1`] = recall.recallAt1?.value ?? 0;
        values[`XQuAD ${language} @5`] = recall.recallAt5?.value ?? 0;
      }
    }
    rows.push({ step: name, values });
  }
  return rows;
}
