import { Command, InvalidArgumentError } from 'commander';
import { configureEmbedding, dataEnvironment, parseEnvironment } from './ingest-configuration.ts';
import { type IngestOptions, ingestDocuments } from './ingest-documents.ts';
import { describeSummary, reportInLines, reportOnTerminal } from './ingest-report.ts';
import { openStore } from './open-store.ts';
import { documentsFolder, termsFolder } from './package-root.ts';
import { READING_LIMITS } from './reading/source-reader.ts';
import { runCommand } from './run-command.ts';

type CommandOptions = {
  dataDir?: string;
  terms: string;
  maxSize: number;
  maxMemory: number;
  maxSeconds: number;
  threads?: number;
  strict?: true;
  watch?: true;
};

/** Something was published, and something was refused. */
const REFUSED_SOME = 2;

const command = new Command('ingest')
  .description('Reads documents, embeds what changed and publishes a new generation of the index.')
  .argument('[paths...]', '.txt, .md, .html, .docx and .pdf files or folders of them; together they become the whole collection', [
    documentsFolder,
  ])
  .option('--data-dir <folder>', 'where the index lives (default: DATA_DIR, else ./data)')
  .option('--terms <folder>', 'folder of the term base', termsFolder)
  .option('--max-size <megabytes>', 'a larger file is refused', positiveNumber, READING_LIMITS.size)
  .option('--max-seconds <seconds>', 'a file that takes longer is refused', positiveNumber, READING_LIMITS.seconds)
  .option('--max-memory <megabytes>', 'a file that needs more is refused', positiveNumber, READING_LIMITS.memory)
  .option('--threads <count>', 'that analyse text beside the one that indexes; 0 for none (default: as many as pay)', wholeNumber)
  .option('--strict', 'publish nothing if any file is refused')
  .option('--watch', 'ingest again whenever a document changes')
  .addHelpText(
    'after',
    '\nA running server switches to the new generation by itself. Ingesting unchanged text embeds nothing.' +
      '\nExit code: 0 all files went in, 2 some were refused and the others went in, 1 nothing was published.',
  )
  .action(async (paths: string[], given: CommandOptions) => {
    const environment = parseEnvironment(dataEnvironment, { ...process.env, ...(given.dataDir ? { DATA_DIR: given.dataDir } : {}) });
    const { store } = await openStore(environment);
    const options: IngestOptions = {
      paths,
      leavesOutRefused: given.strict !== true,
      readingLimits: { size: given.maxSize, memory: given.maxMemory, seconds: given.maxSeconds },
      termFolder: given.terms,
      threads: given.threads,
      store,
      embeddingModel: configureEmbedding(environment),
    };
    if (given.watch) {
      const { watchDocuments } = await import('./watch-documents.ts');
      await watchDocuments([...paths, given.terms], environment.DATA_DIR, () => ingestAndReport(options));
    } else if ((await ingestAndReport(options)) === 'refused-some') process.exitCode = REFUSED_SOME;
  });

function positiveNumber(value: string): number {
  const number = Number(value);
  if (Number.isFinite(number) && number > 0) return number;
  throw new InvalidArgumentError('it is no number above 0.');
}

function wholeNumber(value: string): number {
  const number = Number(value);
  if (Number.isInteger(number) && number >= 0) return number;
  throw new InvalidArgumentError('it is no whole number.');
}

async function ingestAndReport(options: IngestOptions): Promise<'all-in' | 'refused-some'> {
  const report = process.stdout.isTTY ? reportOnTerminal() : reportInLines();
  const summary = await ingestDocuments({ ...options, onProgress: report.progress }).finally(report.end);
  const { done, attention } = describeSummary(summary);
  console.log(done);
  if (attention !== '') console.error(attention);
  return summary.refused.length > 0 ? 'refused-some' : 'all-in';
}

await runCommand(command);
