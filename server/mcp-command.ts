import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { Command } from 'commander';
import { pino } from 'pino';
import { configureEmbedding, parseEnvironment } from '../ingest/ingest-configuration.ts';
import { runCommand } from '../ingest/run-command.ts';
import { answerShared, SharedAnswers } from './answering/sharing/shared-answers.ts';
import { connectChatModel, warnOfUncounted } from './connect-chat-model.ts';
import { createLogger } from './logs/create-logger.ts';
import { openOrIngest } from './open-or-ingest.ts';
import { openStores } from './open-stores.ts';
import { createMcpServer } from './protocols/mcp/create-mcp-server.ts';
import { serverEnvironment } from './server-configuration.ts';

const STDERR = 2;

const command = new Command('mcp')
  .description('Serves the documents over the Model Context Protocol on stdin and stdout, until stdin ends. Logs go to stderr.')
  .action(async () => {
    const configuration = parseEnvironment(serverEnvironment, process.env);
    const logger = createLogger(configuration, pino.destination(STDERR));
    const embeddingModel = configureEmbedding(configuration);
    const { store, calls } = await openStores(configuration, warnOfUncounted(logger));
    const currentIndex = await openOrIngest(store, embeddingModel, () =>
      logger.info('no index yet: ingesting the documents of the repository'),
    );
    currentIndex.watch(
      (generation) => logger.info({ generation }, 'switched to a new generation'),
      (error) => logger.error({ err: error }, 'the new generation was refused, the old one goes on serving'),
    );
    const chatModel = connectChatModel(configuration, logger, calls);
    const shared = new SharedAnswers();
    const answering = () => ({
      index: currentIndex.get(),
      embeddingModel,
      chatModel,
      shared,
      publicUrl: configuration.PUBLIC_URL ?? `http://localhost:${configuration.PORT}`,
      onDegraded: (error: unknown) => logger.warn({ err: error }, 'a model failed, the answer goes on without it'),
    });
    const connection = serveStdio(
      () =>
        createMcpServer({
          answering,
          ask: (request, signal) => answerShared(request, answering(), signal),
          onFailure: (error) => logger.error({ err: error }, 'call failed'),
        }),
      { onerror: (error) => logger.debug({ err: error }, 'message refused') },
    );
    // What still runs is for nobody: the process need not outlive its client.
    const end = () => void connection.close().finally(() => process.exit(0));
    process.stdin.once('end', end);
    process.once('SIGTERM', end);
    process.once('SIGINT', end);
  });

await runCommand(command);
