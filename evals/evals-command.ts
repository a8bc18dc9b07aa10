import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Command } from 'commander';
import { packageRoot } from '../ingest/package-root.ts';
import { evaluate } from './evaluate.ts';
import type { CaseResult } from './run-cases.ts';
import { writeReport } from './write-report.ts';

const REPORT = path.join(packageRoot, 'evals', 'report.md');

await new Command('evals')
  .description('Asks all eval cases, prints the table, writes evals/report.md and fails at its gates.')
  .option('--show-tuning', 'list what went wrong in the tuning half')
  .action(async (options: { showTuning?: boolean }) => {
    const evaluation = await evaluate();
    const report = writeReport({ generator: 'extractive', ...evaluation });
    await writeFile(REPORT, report);
    console.log(report);
    if (options.showTuning) for (const result of evaluation.tuning.filter(wentWrong)) console.log(describe(result));
    const missed = evaluation.checks.filter(({ isMet }) => !isMet);
    const failed = evaluation.checks.filter(({ passesGate }) => !passesGate);
    console.log(
      missed.length === 0
        ? 'all bars met'
        : `${missed.length} of ${evaluation.checks.length} bars not met yet, ${failed.length} gates failed`,
    );
    process.exitCode = failed.length === 0 ? 0 : 1;
  })
  .parseAsync();

const wentWrong = ({ scores }: CaseResult) =>
  scores['wrongly answered'] === 1 || scores['answered right'] === 0 || (scores['citation precision'] ?? 1) < 1;

const describe = ({ evalCase: { id, question, expect }, answer, cited, retrieved }: CaseResult) =>
  `${id} ${question}\n  expected ${expect.status === 'answered' ? expect.paragraphs.join(', ') || 'several' : 'declined'}; ${answer.status} ${cited.join(', ')}; retrieved ${retrieved.slice(0, 5).join(', ')}`;
