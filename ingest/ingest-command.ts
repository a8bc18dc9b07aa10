import cliProgress from 'cli-progress';
import { Command } from 'commander';
import { configureEmbedding, dataEnvironment, parseEnvironment } from './ingest-configuration.ts';
import { type IngestProgress, type IngestSummary, ingestDocuments } from './ingest-documents.ts';
import { documentsFolder, termsFolder } from './package-root.ts';
import { runCommand } from './run-command.ts';

const command = new Command('ingest')
  .description('Reads documents, embeds what changed and publishes a new generation of the index.')
  .argument('[paths...]', '.txt files or folders of them; together they become the whole collection', [documentsFolder])
  .option('--data-dir <folder>', 'where the index lives (default: DATA_DIR, else ./data)')
  .option('--terms <folder>', 'folder of the term base', termsFolder)
  .addHelpText('after', '\nA running server switches to the new generation by itself. Ingesting unchanged text embeds nothing.')
  .action(async (paths: string[], options: { dataDir?: string; terms: string }) => {
    const environment = parseEnvironment(dataEnvironment, { ...process.env, ...(options.dataDir ? { DATA_DIR: options.dataDir } : {}) });
    const report = process.stdout.isTTY ? reportOnTerminal() : reportInLines();
    const summary = await ingestDocuments({
      paths,
      termFolder: options.terms,
      dataFolder: environment.DATA_DIR,
      embeddingModel: configureEmbedding(environment),
      onProgress: report.progress,
    }).finally(report.end);
    console.log(describe(summary));
  });

type Report = { progress: (progress: IngestProgress) => void; end: () => void };

const countsOf = ({ documents, paragraphs, chunks }: Extract<IngestProgress, { stage: 'read' }>) =>
  `read ${documents} documents: ${paragraphs} paragraphs, ${chunks} chunks`;

function reportOnTerminal(): Report {
  const bar = new cliProgress.SingleBar(
    { format: 'embedding {bar} {value}/{total} chunks', hideCursor: true },
    cliProgress.Presets.shades_classic,
  );
  let started = false;
  return {
    progress(progress) {
      if (progress.stage === 'read') return console.log(countsOf(progress));
      if (!started) bar.start(progress.total, 0);
      started = true;
      bar.update(progress.done);
    },
    end: () => bar.stop(),
  };
}

function reportInLines(): Report {
  return {
    progress: (progress) =>
      console.log(progress.stage === 'read' ? countsOf(progress) : `embedded ${progress.done}/${progress.total} chunks`),
    end: () => {},
  };
}

const describe = ({ generation, published, documents, paragraphs, added, kept, removed }: IngestSummary) =>
  `${documents} documents, ${paragraphs} paragraphs; chunks: ${added} added (embedded ${added}), ${kept} kept, ${removed} removed\n` +
  (published ? `published generation ${generation}` : `nothing changed: generation ${generation} stays`);

await runCommand(command);
