import { randomInt } from 'node:crypto';
import { Command, Option } from 'commander';
import { EmbeddingModel } from '../../ingest/embedding/embedding-model.ts';
import { FolderStore } from '../../ingest/index/folder-store.ts';
import { openCurrentIndex } from '../../ingest/index/open-generation.ts';
import { ingestDocuments } from '../../ingest/ingest-documents.ts';
import { documentsFolder, termsFolder } from '../../ingest/package-root.ts';
import { runCommand } from '../../ingest/run-command.ts';
import { withTemporaryFolder } from '../eval-index.ts';
import { wholeNumber } from '../whole-number.ts';
import type { FuzzReport, FuzzRun } from './fuzz-report.ts';
import { fuzzModels } from './models/fuzz-models.ts';
import { fuzzQuestions } from './questions/fuzz-questions.ts';
import { fuzzRequests } from './requests/fuzz-requests.ts';
import { fuzzText } from './text/fuzz-text.ts';

/** What is fuzzed, with how many cases a full run has. */
const TARGETS: Record<string, { cases: number; fuzz: (run: FuzzRun, dataFolder: string) => Promise<FuzzReport> }> = {
  requests: { cases: 50_000, fuzz: fuzzRequests },
  questions: { cases: 20_000, fuzz: async (run, dataFolder) => fuzzQuestions(run, await openCurrentIndex(dataFolder)) },
  models: { cases: 5_000, fuzz: async (run, dataFolder) => fuzzModels(run, await openCurrentIndex(dataFolder)) },
  text: { cases: 1000, fuzz: async (run, dataFolder) => fuzzText(run, await openCurrentIndex(dataFolder)) },
};
const MOST_SHOWN = 50;

type Options = { count?: number; seed: number; only?: string; first: number };

const command = new Command('fuzz')
  .description('Attacks the server, the answers, the chat model’s checks and the text functions at random; exits 1 on any violation.')
  .option('--count <n>', 'cases of each, instead of a full run (requests 50,000, questions 20,000, models 5,000, text 1,000)', wholeNumber)
  .option('--seed <n>', 'repeats a run', wholeNumber, randomInt(2 ** 31))
  .addOption(new Option('--only <target>', 'fuzz one thing').choices(Object.keys(TARGETS)))
  .option('--first <n>', 'the index to begin with: a violation’s seed and index make its case again', wholeNumber, 0)
  .action(async ({ count, seed, only, first }: Options) => {
    const embeddingModel = new EmbeddingModel({});
    await withTemporaryFolder(async (dataFolder) => {
      await ingestDocuments({ paths: [documentsFolder], termFolder: termsFolder, store: new FolderStore(dataFolder), embeddingModel });
      for (const [name, { cases, fuzz }] of Object.entries(TARGETS)) {
        if (only !== undefined && only !== name) continue;
        console.log(`${name}: ${count ?? cases} cases from ${first}, seed ${seed}`);
        tell(name, seed, await fuzz({ seed, first, count: count ?? cases }, dataFolder));
      }
    });
  });

function tell(name: string, seed: number, { figures, violations }: FuzzReport): void {
  for (const [figure, value] of Object.entries(figures)) console.log(`  ${figure}: ${value}`);
  for (const { index, fault, input } of violations.slice(0, MOST_SHOWN)) {
    console.log(
      `  VIOLATION ${fault}\n    again: npm run fuzz -- --only ${name} --seed ${seed} --first ${index} --count 1\n    input: ${input}`,
    );
  }
  console.log(`  ${violations.length} violations`);
  if (violations.length > 0) process.exitCode = 1;
}

await runCommand(command);
