import { randomInt } from 'node:crypto';
import { Command, Option } from 'commander';
import { EmbeddingModel } from '../../ingest/embedding/embedding-model.ts';
import { FolderStore } from '../../ingest/index/folder-store.ts';
import { ingestDocuments } from '../../ingest/ingest-documents.ts';
import { documentsFolder, termsFolder } from '../../ingest/package-root.ts';
import { runCommand } from '../../ingest/run-command.ts';
import { withTemporaryFolder } from '../eval-index.ts';
import type { FuzzReport } from '../fuzz/fuzz-report.ts';
import { wholeNumber } from '../whole-number.ts';
import { failChatModel } from './fail-chat-model.ts';
import { failEmbeddings } from './fail-embeddings.ts';
import { guardChatModel } from './guard-chat-model.ts';

const PARTS = { chat: failChatModel, guards: guardChatModel, embeddings: failEmbeddings };
const MOST_SHOWN = 50;

type Options = { runs: number; seed: number; lanes: number; only?: string };

const command = new Command('model-faults')
  .description(
    'Lets the chat and the embeddings endpoint fail in every way under the real server, in every protocol; exits 1 on a broken promise.',
  )
  .option('--runs <count>', 'of each fault', wholeNumber, 200)
  .option('--seed <number>', 'of what is random', wholeNumber, randomInt(2 ** 31))
  .option('--lanes <count>', 'questions at a time, most of which wait for an endpoint that hangs', wholeNumber, 8)
  .addOption(new Option('--only <part>', 'run one part').choices(Object.keys(PARTS)))
  .action(async ({ runs, seed, lanes, only }: Options) => {
    await withTemporaryFolder(async (dataFolder) => {
      await ingestDocuments({
        paths: [documentsFolder],
        termFolder: termsFolder,
        store: new FolderStore(dataFolder),
        embeddingModel: new EmbeddingModel({}),
      });
      for (const [name, part] of Object.entries(PARTS)) {
        if (only !== undefined && only !== name) continue;
        console.log(`${name}: ${runs} runs, seed ${seed}`);
        tell(await part({ seed, runs, dataFolder, lanes }));
      }
    });
  });

function tell({ figures, violations }: FuzzReport): void {
  for (const [figure, value] of Object.entries(figures)) console.log(`  ${figure}: ${value}`);
  for (const { index, fault, input } of violations.slice(0, MOST_SHOWN))
    console.log(`  BROKEN (run ${index}) ${fault}\n    asked: ${input}`);
  console.log(`  ${violations.length} promises broken`);
  if (violations.length > 0) process.exitCode = 1;
}

await runCommand(command);
