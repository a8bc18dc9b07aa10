import type { AddressInfo } from 'node:net';
import { EmbeddingModel } from '../../ingest/embedding/embedding-model.ts';
import { FolderStore } from '../../ingest/index/folder-store.ts';
import type { ChatModel } from '../answering/model/chat-model.ts';
import type { SharedAnswers } from '../answering/sharing/shared-answers.ts';
import { CurrentIndex } from '../current-index.ts';
import { FeedbackLog, type FeedbackStore } from '../feedback/record-feedback.ts';
import { createHttpServer } from '../http/create-server.ts';
import { createLogger } from '../logs/create-logger.ts';
import { ServerMetrics } from '../metrics/server-metrics.ts';
import type { OpenedStores } from '../open-stores.ts';
import { statementDataFolder } from './statement.ts';

/** The real application on a real socket, with what it logged. */
export type TestServer = {
  url: string;
  port: number;
  currentIndex: CurrentIndex;
  logs: string[];
  close: () => Promise<void>;
};

type Options = {
  dataFolder?: string;
  /** What is kept outside, where it is not the data folder. */
  stores?: OpenedStores;
  /** Leaves the index unopened, as before a first ingest. */
  withoutIndex?: boolean;
  chatModel?: ChatModel;
  shared?: SharedAnswers;
  metrics?: ServerMetrics;
  /** Where feedback goes, if not into the data folder. */
  feedback?: FeedbackStore;
  configuration?: Partial<Parameters<typeof createHttpServer>[0]['configuration']>;
};

function portOf(address: string | AddressInfo | null): number {
  if (address === null || typeof address === 'string') throw new Error('the server listens on no port');
  return address.port;
}

export async function startTestServer(options: Options = {}): Promise<TestServer> {
  const { withoutIndex, chatModel, shared, configuration, stores } = options;
  const embeddingModel = new EmbeddingModel({});
  const dataFolder = options.dataFolder ?? (await statementDataFolder());
  const currentIndex = new CurrentIndex(stores?.store ?? new FolderStore(dataFolder), embeddingModel);
  if (!withoutIndex) await currentIndex.refresh();
  const logs: string[] = [];
  const logger = createLogger({ LOG_LEVEL: 'trace' }, { write: (line) => logs.push(line) });
  const { server, stop } = createHttpServer({
    currentIndex,
    embeddingModel,
    chatModel,
    shared,
    metrics: options.metrics ?? new ServerMetrics(() => (currentIndex.isReady ? currentIndex.get() : undefined)),
    feedback: options.feedback ?? stores?.feedback ?? new FeedbackLog(dataFolder),
    answers: stores?.answers,
    clients: stores?.clients,
    logger,
    configuration: {
      PUBLIC_URL: undefined,
      ALLOWED_ORIGINS: [],
      API_TOKENS: [],
      TRUST_PROXY_HOPS: 0,
      RATE_LIMIT_PER_MINUTE: 0,
      LOG_QUESTIONS: false,
      CHAT_TIMEOUT_SECONDS: 20,
      MAX_IN_FLIGHT: 64,
      ...configuration,
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const port = portOf(server.address());
  const close = async () => {
    currentIndex.stop();
    server.closeAllConnections();
    await stop();
  };
  return { url: `http://127.0.0.1:${port}`, port, currentIndex, logs, close };
}
