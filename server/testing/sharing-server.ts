import { parseEnvironment } from '../../ingest/ingest-configuration.ts';
import { openStores } from '../open-stores.ts';
import { serverEnvironment } from '../server-configuration.ts';
import { startTestServer, type TestServer } from './test-server.ts';

/** A server that shares a database with others and follows what is published there, as the product opens it. */
export async function startSharingServer(url: string, ratePerMinute = 0): Promise<TestServer & { switched: string[] }> {
  const environment = parseEnvironment(serverEnvironment, { DATABASE_URL: url, DATABASE_CONNECTIONS: '4' });
  const stores = await openStores(environment, () => {});
  const server = await startTestServer({ stores, configuration: { RATE_LIMIT_PER_MINUTE: ratePerMinute } });
  const switched: string[] = [];
  server.currentIndex.watch(
    (generation) => switched.push(generation),
    () => {},
  );
  return { ...server, switched };
}
