import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Command } from 'commander';
import { EmbeddingModel } from '../ingest/embedding/embedding-model.ts';
import { configureEmbedding, parseEnvironment } from '../ingest/ingest-configuration.ts';
import { packageRoot } from '../ingest/package-root.ts';
import { runCommand } from '../ingest/run-command.ts';
import { ChatModel } from '../server/answering/model/chat-model.ts';
import { chatConfiguration, serverEnvironment } from '../server/server-configuration.ts';
import { collectExamples } from './calibration/collect-examples.ts';
import { fitEvidence, writeWeightsFile } from './calibration/fit-evidence.ts';
import { type EvalMode, type Evaluation, evaluate, evaluateAblation, evaluateXquad, withTuningCases } from './evaluate.ts';
import { exportFeedback } from './feedback/export-feedback.ts';
import { readEvalSet } from './feedback/read-eval-set.ts';
import { readFeedback, readKeptFeedback } from './feedback/read-feedback.ts';
import type { CaseResult } from './statement/run-cases.ts';
import { type ModeResult, writeReport } from './write-report.ts';
import { readXquad } from './xquad/read-xquad.ts';

const REPORT = path.join(packageRoot, 'evals', 'report.md');
const WEIGHTS = path.join(packageRoot, 'server', 'answering', 'evidence', 'evidence-weights.ts');

const FEEDBACK_HELP = `
Cases from feedback:
  npm run --silent evals -- --from-feedback > feedback-cases.json

  reads the database at DATABASE_URL, or else the file in DATA_DIR, or the file that is named, and
  prints one JSON object to stdout, and counts to stderr:
    cases     by language, ready for evals/cases/<language>.json: what every visitor who rated the question approved of. An
              answer is expected to cite the same paragraphs, a declined question to be declined.
    toReview  what is no expectation yet: rated down, rated differently, answered differently, or about a document that the
              repository does not hold. An editor says what is right and writes the case.
  Questions that evals/cases asks already, and ratings of answers that the server had forgotten, are left out and counted.
`;

type Options = { showTuning?: boolean; xquad?: string; ablation?: boolean; fit?: boolean; fromFeedback?: string | true };

const DEFAULT_MODE: EvalMode = { name: 'embedded default, extracts', embeddingModel: new EmbeddingModel({}) };

const command = new Command('evals')
  .description('Asks all eval cases, prints the table, writes evals/report.md and fails at its gates.')
  .option(
    '--xquad <folder>',
    'also measure paragraph retrieval on XQuAD: the folder that holds xquad.zh.json, xquad.en.json and xquad.ru.json',
  )
  .option('--ablation', 'also switch each step of the pipeline off in turn (minutes)')
  .option('--fit', 'fit the weights of the evidence to the tuning half, write them to the server’s source and stop')
  .option('--show-tuning', 'list what went wrong in the tuning half')
  .option('--from-feedback [file]', 'turn visitors’ feedback into eval cases, print them and stop (see below)')
  .addHelpText('after', FEEDBACK_HELP)
  .action(async (options: Options) => {
    if (options.fromFeedback !== undefined) await printCasesOf(options.fromFeedback);
    else await (options.fit ? fitWeights() : report(options));
  });

async function report(options: Options): Promise<void> {
  const set = options.xquad === undefined ? undefined : await readXquad(options.xquad);
  const evaluation = await evaluate(DEFAULT_MODE);
  const text = writeReport({
    evaluation,
    modes: [{ name: DEFAULT_MODE.name, evaluation }, ...(await evaluateEndpointModes())],
    xquad: set && (await evaluateXquad(set, DEFAULT_MODE)),
    ablation: options.ablation ? await evaluateAblation(DEFAULT_MODE, set) : undefined,
  });
  await writeFile(REPORT, text);
  console.log(text);
  if (options.showTuning) for (const result of evaluation.tuning.filter(wentWrong)) console.log(describe(result));
  endWith(evaluation);
}

/** The modes that need an endpoint, where the environment names its models. */
async function evaluateEndpointModes(): Promise<ModeResult[]> {
  const configuration = parseEnvironment(serverEnvironment, process.env);
  const embeddingModel = configureEmbedding(configuration);
  const chat = chatConfiguration(configuration);
  const run = async (name: string, chatModel?: ChatModel): Promise<ModeResult> => ({
    name,
    evaluation: await evaluate({ name, embeddingModel, chatModel }),
  });
  return [
    embeddingModel.isLocal
      ? { name: 'EMBEDDING_MODEL of an endpoint, extracts' }
      : await run(`embeddings of ${embeddingModel.name}, extracts`),
    chat ? await run(`written by ${chat.model}`, new ChatModel(chat)) : { name: 'written by CHAT_MODEL of an endpoint' },
  ];
}

async function fitWeights(): Promise<void> {
  const { weights, crossValidated } = fitEvidence(await withTuningCases(DEFAULT_MODE, collectExamples));
  await writeFile(WEIGHTS, writeWeightsFile(weights));
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  console.log(
    `wrote ${WEIGHTS}; cross-validated on the tuning half: ${percent(crossValidated.wronglyDeclined)} wrongly declined, ${percent(crossValidated.wronglyAnswered)} wrongly answered`,
  );
}

async function printCasesOf(file: string | true): Promise<void> {
  const { records, unreadableLines } = await (file === true ? readKeptFeedback(process.env) : readFeedback(file));
  const { cases, toReview, alreadyAsked, withoutAnswer } = exportFeedback(records, await readEvalSet());
  console.log(JSON.stringify({ cases, toReview }, null, 2));
  console.error(
    [
      `${records.length} ratings`,
      `${Object.values(cases).flat().length} cases`,
      `${toReview.length} questions to review`,
      `${alreadyAsked} questions that the evals ask already`,
      `${withoutAnswer} ratings of answers that the server had forgotten`,
      `${unreadableLines} unreadable lines`,
    ].join('\n'),
  );
}

function endWith({ checks, several }: Evaluation): void {
  const missed = checks.filter(({ isMet }) => !isMet);
  const failed = [...checks, ...several].filter(({ passesGate }) => !passesGate);
  console.log(
    missed.length === 0 ? 'all bars met' : `${missed.length} of ${checks.length} bars not met yet, ${failed.length} gates failed`,
  );
  process.exitCode = failed.length === 0 ? 0 : 1;
}

const wentWrong = ({ scores }: CaseResult) =>
  scores['wrongly answered'] === 1 || scores['answered right'] === 0 || (scores['citation precision'] ?? 1) < 1;

const describe = ({ evalCase: { id, question, expect }, answer, cited, retrieved }: CaseResult) =>
  `${id} ${question}\n  expected ${expect.status === 'answered' ? expect.paragraphs.join(', ') || 'several' : 'declined'}; ${answer.status} ${cited.join(', ')}; retrieved ${retrieved.slice(0, 5).join(', ')}`;

await runCommand(command);
