import { text } from 'node:stream/consumers';
import { Command, Option } from 'commander';
import { configureEmbedding, parseEnvironment } from '../ingest/ingest-configuration.ts';
import { openStore } from '../ingest/open-store.ts';
import { runCommand } from '../ingest/run-command.ts';
import { YoujuError } from '../ingest/youju-error.ts';
import { openOrIngest } from './open-or-ingest.ts';
import { checkQuote } from './quote-check/check-quote.ts';
import { describeCheck } from './quote-check/describe-check.ts';
import { serverEnvironment } from './server-configuration.ts';
import { languageSchema, quoteCheckRequestSchema } from './wire.ts';

const command = new Command('verify')
  .description('Tells whether a quotation stands in the documents: word for word, altered, or not at all.')
  .argument('<quotation>', 'the quotation, or - to read it from standard input')
  .addOption(new Option('--language <tag>', "language of the labels (default: the document's)").choices(languageSchema.options))
  .option('--document <documentId>', 'check against this document only')
  .option('--json', 'print the whole result as JSON')
  .addHelpText('after', '\nExit code: 0 verbatim; 1 altered or absent; 2 not checked, for the reason on standard error.')
  .action(async (given: string, options: { language?: string; document?: string; json?: boolean }) => {
    const configuration = parseEnvironment(serverEnvironment, process.env);
    // The end of the last line is the shell's, not the quotation's; outer white space does not count anyhow.
    const quote = given === '-' ? await text(process.stdin) : given;
    const request = quoteCheckRequestSchema.safeParse({ quote, language: options.language, documentId: options.document });
    if (!request.success)
      throw new YoujuError('bad-configuration', request.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`).join('; '));
    const { store } = await openStore(configuration);
    const currentIndex = await openOrIngest(store, configureEmbedding(configuration), () =>
      console.error('no index yet: ingesting the documents of the repository'),
    );
    const publicUrl = configuration.PUBLIC_URL ?? `http://localhost:${configuration.PORT}`;
    const result = checkQuote(request.data, { index: currentIndex.get(), publicUrl });
    console.log(options.json ? JSON.stringify(result, null, 2) : describeCheck(result, quote));
    if (result.verdict !== 'verbatim') process.exitCode = 1;
  });

/** As grep has it: 1 is an answer, 2 is none. */
const NOT_CHECKED = 2;

await runCommand(command, NOT_CHECKED);
