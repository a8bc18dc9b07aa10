import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { collectDefaultMetrics } from 'prom-client';
import { configureEmbedding, loadEnvironmentFile, parseEnvironment } from '../ingest/ingest-configuration.ts';
import { loadWordDictionary } from '../ingest/text/chinese/word-dictionary.ts';
import { YoujuError } from '../ingest/youju-error.ts';
import { SharedAnswers } from './answering/sharing/shared-answers.ts';
import { connectChatModel, warnOfUncounted } from './connect-chat-model.ts';
import { createHttpServer } from './http/create-server.ts';
import { createLogger } from './logs/create-logger.ts';
import { ServerMetrics } from './metrics/server-metrics.ts';
import { openOrIngest } from './open-or-ingest.ts';
import { openStores } from './open-stores.ts';
import { prepareCatalogue } from './question/documents/document-catalogue.ts';
import { serverEnvironment } from './server-configuration.ts';

/** Containers are killed ten seconds after SIGTERM. */
const SHUTDOWN_MILLISECONDS = 8_000;
/** Connections that wait to be accepted. Beyond the default of 511 a client tries again after a whole second. */
const BACKLOG = 4096;

/** Opens the index (ingesting first where there is none), serves it and follows new generations until told to stop. */
export function serve(): void {
  openAndListen().catch(fail);
}

async function openAndListen(): Promise<void> {
  loadEnvironmentFile();
  const configuration = parseEnvironment(serverEnvironment, process.env);
  const logger = createLogger(configuration);
  // Node's own report would print all that an error carries: requests, headers, keys.
  process.on('uncaughtException', (error) => {
    logger.fatal({ err: error }, 'ended by an unforeseen error');
    process.exit(1);
  });
  const embeddingModel = configureEmbedding(configuration);
  const { store, calls, ...kept } = await openStores(configuration, warnOfUncounted(logger));
  const [currentIndex] = await Promise.all([
    openOrIngest(store, embeddingModel, () => logger.info('no index yet: ingesting the documents of the repository')),
    // The first question is not to wait for it.
    loadWordDictionary(),
  ]);
  const metrics = new ServerMetrics(() => (currentIndex.isReady ? currentIndex.get() : undefined));
  collectDefaultMetrics({ register: metrics.registry });
  currentIndex.watch(
    (generation) => logger.info({ generation }, 'switched to a new generation'),
    (error) => {
      if (!currentIndex.isReachable) return logger.error({ err: error }, 'questions are refused until the database is back');
      metrics.countRefusedIndex();
      logger.error({ err: error }, 'the new generation was refused, the old one goes on serving');
    },
  );

  const chatModel = connectChatModel(configuration, logger, calls, (outcome) => metrics.model.countCall(outcome));
  const shared = new SharedAnswers({ onAnswer: (source) => metrics.model.countAnswer(source) });
  if (chatModel) metrics.model.watch(chatModel, shared);
  const { server, stop } = createHttpServer({ currentIndex, embeddingModel, chatModel, shared, ...kept, metrics, logger, configuration });
  server.listen({ port: configuration.PORT, host: configuration.HOST, backlog: BACKLOG }, () => {
    announce(server, configuration.PUBLIC_URL, currentIndex.get().manifest.generation, chatModel?.name);
    void prepareCatalogue(currentIndex.get());
    chatModel?.load().catch((error: unknown) => logger.error({ err: error }, 'the chat client cannot be loaded: run `npm install`'));
  });
  server.on('error', ({ message }) =>
    fail(
      new YoujuError(
        'bad-configuration',
        `cannot listen on ${configuration.HOST}, port ${configuration.PORT} (${message}): set PORT or HOST`,
      ),
    ),
  );
  const exit = () => {
    currentIndex.stop();
    setTimeout(() => process.exit(0), SHUTDOWN_MILLISECONDS).unref();
    void stop().then(() => process.exit(0));
  };
  process.once('SIGTERM', exit);
  process.once('SIGINT', exit);
}

function announce(server: Server, publicUrl: string | undefined, generation: string, model: string | undefined): void {
  const address = server.address();
  const { address: host, port } =
    address !== null && typeof address === 'object' ? address : ({ address: 'localhost', port: 0, family: '' } satisfies AddressInfo);
  const isEverywhere = host === '127.0.0.1' || host === '0.0.0.0' || host === '::';
  const shown = isEverywhere ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  console.log(
    `Youju 有据 answers at ${publicUrl ?? `http://${shown}:${port}`} (${model === undefined ? 'extracts, no model' : `chat model ${model}`}; index ${generation})`,
  );
}

function fail(error: unknown): void {
  if (error instanceof YoujuError) console.error(`${error.code}: ${error.message}`);
  else console.error(error);
  process.exit(1);
}
