import type { Router } from 'express';
import { EmbeddingModel } from '../../../ingest/embedding/embedding-model.ts';
import { FolderStore } from '../../../ingest/index/folder-store.ts';
import { CurrentIndex } from '../../../server/current-index.ts';
import { FeedbackLog } from '../../../server/feedback/record-feedback.ts';
import { createApp } from '../../../server/http/create-app.ts';
import { createHttpServer } from '../../../server/http/create-server.ts';
import { createLogger } from '../../../server/logs/create-logger.ts';
import { ServerMetrics } from '../../../server/metrics/server-metrics.ts';

/** The real server in a process of its own. It tells its parent what it costs over IPC: no route of the product does. */

/** What a router answers, and the routers in it, as `GET /path/:parameter`. */
function registeredRoutes({ stack }: Pick<Router, 'stack'>): string[] {
  return stack.flatMap(({ route, handle }) => {
    if ('stack' in handle && Array.isArray(handle.stack)) return registeredRoutes({ stack: handle.stack });
    if (!route) return [];
    const methods = route.stack.flatMap(({ method }) => (method ? [method.toUpperCase()] : []));
    return methods.flatMap((method) => [route.path].flat().map((path) => `${method} ${path}`));
  });
}

const [dataFolder = ''] = process.argv.slice(2);
const embeddingModel = new EmbeddingModel({});
const currentIndex = new CurrentIndex(new FolderStore(dataFolder), embeddingModel);
await currentIndex.refresh();
const dependencies = {
  currentIndex,
  embeddingModel,
  metrics: new ServerMetrics(() => undefined),
  feedback: new FeedbackLog(dataFolder),
  logger: createLogger({ LOG_LEVEL: 'error' }),
  configuration: {
    PUBLIC_URL: undefined,
    ALLOWED_ORIGINS: ['*'],
    API_TOKENS: [],
    TRUST_PROXY_HOPS: 1,
    RATE_LIMIT_PER_MINUTE: 0,
    LOG_QUESTIONS: false,
    CHAT_TIMEOUT_SECONDS: 20,
    MAX_IN_FLIGHT: 64,
  },
};
const { server } = createHttpServer(dependencies);
const { router } = createApp({ ...dependencies, stopping: new AbortController().signal });
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  process.send?.({ port, routes: [...new Set(registeredRoutes(router))] });
});
process.on('message', (question) => {
  if (question === 'memory') globalThis.gc?.();
  const { user, system } = process.cpuUsage();
  const { rss, heapUsed } = process.memoryUsage();
  process.send?.({ cpuMilliseconds: (user + system) / 1000, rss, heapUsed });
});
process.on('disconnect', () => process.exit(0));
