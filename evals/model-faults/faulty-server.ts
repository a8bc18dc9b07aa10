import { EmbeddingModel } from '../../ingest/embedding/embedding-model.ts';
import { FolderStore } from '../../ingest/index/folder-store.ts';
import type { OpenIndex } from '../../ingest/index/open-generation.ts';
import { ChatModel } from '../../server/answering/model/chat-model.ts';
import type { ModelGuards } from '../../server/answering/model/model-budget.ts';
import { SharedAnswers } from '../../server/answering/sharing/shared-answers.ts';
import { CurrentIndex } from '../../server/current-index.ts';
import { FeedbackLog } from '../../server/feedback/record-feedback.ts';
import { createHttpServer } from '../../server/http/create-server.ts';
import { createLogger } from '../../server/logs/create-logger.ts';
import { ServerMetrics } from '../../server/metrics/server-metrics.ts';

/** Whose it is tells `find-secret`: it must never come back. */
export const CANARY_KEY = 'sk-canary-7Qd3xW9pLm2ZtV5k';

type Options = {
  dataFolder: string;
  /** Where the chat endpoint is; without it answers are extracts. */
  chat?: { baseUrl: string; timeoutMilliseconds: number; guards?: ModelGuards };
  embeddings?: { baseUrl: string };
};

/** The real application on a socket, with a chat model that nothing guards but what is given. */
export type FaultyServer = {
  url: string;
  index: () => OpenIndex;
  logs: string[];
  metrics: () => Promise<string>;
  close: () => Promise<void>;
};

export async function startFaultyServer({ dataFolder, chat, embeddings }: Options): Promise<FaultyServer> {
  const embeddingModel = new EmbeddingModel(embeddings ? { model: 'scripted', apiKey: CANARY_KEY, baseUrl: embeddings.baseUrl } : {});
  const currentIndex = new CurrentIndex(new FolderStore(dataFolder), embeddingModel);
  await currentIndex.refresh();
  const logs: string[] = [];
  const metrics = new ServerMetrics(() => currentIndex.get());
  const chatModel = chat && new ChatModel({ model: 'scripted', apiKey: CANARY_KEY, ...chat }, chat.guards);
  const { server, stop } = createHttpServer({
    currentIndex,
    embeddingModel,
    chatModel,
    shared: new SharedAnswers({ onAnswer: (source) => metrics.model.countAnswer(source) }),
    metrics,
    feedback: new FeedbackLog(dataFolder),
    logger: createLogger({ LOG_LEVEL: 'trace' }, { write: (line) => logs.push(line) }),
    configuration: {
      PUBLIC_URL: undefined,
      ALLOWED_ORIGINS: [],
      API_TOKENS: [],
      TRUST_PROXY_HOPS: 0,
      LOG_QUESTIONS: false,
      RATE_LIMIT_PER_MINUTE: 0,
      CHAT_TIMEOUT_SECONDS: 20,
      MAX_IN_FLIGHT: 64,
    },
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    index: () => currentIndex.get(),
    logs,
    metrics: () => metrics.registry.metrics(),
    close: async () => {
      currentIndex.stop();
      server.closeAllConnections();
      await stop();
    },
  };
}
