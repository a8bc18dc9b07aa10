import { Command, Option } from 'commander';
import { configureEmbedding, parseEnvironment } from '../ingest/ingest-configuration.ts';
import { runCommand } from '../ingest/run-command.ts';
import { YoujuError } from '../ingest/youju-error.ts';
import { answerQuestion } from './answering/answer-question.ts';
import { ChatModel } from './answering/model/chat-model.ts';
import { openOrIngest } from './open-or-ingest.ts';
import { openStores } from './open-stores.ts';
import { chatConfiguration, serverEnvironment } from './server-configuration.ts';
import { type AnswerBody, askRequestSchema, languageSchema } from './wire.ts';

const command = new Command('ask')
  .description('Answers one question on the terminal, with its citations.')
  .argument('<question>')
  .addOption(new Option('--language <tag>', 'language of the answer (default: that of the question)').choices(languageSchema.options))
  .option('--document <documentId...>', 'ask this document only, or these')
  .option('--json', 'print the whole answer as JSON')
  .action(async (question: string, options: { language?: string; document?: string[]; json?: boolean }) => {
    const configuration = parseEnvironment(serverEnvironment, process.env);
    const request = askRequestSchema.safeParse({ question, language: options.language, documentIds: options.document });
    if (!request.success)
      throw new YoujuError('bad-configuration', request.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`).join('; '));
    const embeddingModel = configureEmbedding(configuration);
    const { store, calls } = await openStores(configuration, (code) =>
      console.error(`this call cannot be counted in ${configuration.DATA_DIR} (${code})`),
    );
    const currentIndex = await openOrIngest(store, embeddingModel, () =>
      console.error('no index yet: ingesting the documents of the repository'),
    );
    const chat = chatConfiguration(configuration);
    const events = answerQuestion(request.data, {
      index: currentIndex.get(),
      embeddingModel,
      chatModel: chat && new ChatModel(chat, { calls }),
      publicUrl: configuration.PUBLIC_URL ?? `http://localhost:${configuration.PORT}`,
      onDegraded: (error) => console.error(error instanceof Error ? error.message : 'a model failed'),
    });
    for await (const event of events)
      if (event.event === 'answer-end') console.log(options.json ? JSON.stringify(event.data, null, 2) : describe(event.data));
  });

function describe(answer: AnswerBody): string {
  const mode = `— ${answer.generator}, index ${answer.indexGeneration}`;
  const places =
    answer.status === 'answered'
      ? answer.citations.map(({ marker, label, url }) => `[${marker}] ${label}  ${url}`)
      : answer.nearby.map(({ label, url }) => `≈ ${label}  ${url}`);
  return [answer.answer, '', ...places, mode].join('\n');
}

await runCommand(command);
