import { Worker } from 'node:worker_threads';
import { configureEmbedding, dataEnvironment, parseEnvironment } from './ingest-configuration.ts';
import { ingestDocuments } from './ingest-documents.ts';
import { openStore } from './open-store.ts';
import { documentsFolder, termsFolder } from './package-root.ts';
import { YoujuError, type YoujuErrorCode } from './youju-error.ts';

/**
 * Ingests the repository's documents for a server that has no index yet, as its environment says, in a process of its own: what an
 * ingest takes of memory goes with it. One message tells the end.
 */
export type IngestOutcome = { generation: string } | { refusal: { code: YoujuErrorCode; message: string } };

/** An ingest is seldom idle: a thread sees when the server went away, and nobody waits for it any more. */
const WATCHER = `
  setInterval(() => { if (process.ppid !== ${process.ppid}) process.kill(process.pid, 'SIGKILL'); }, 100);
`;
new Worker(WATCHER, { eval: true }).unref();

async function ingest(): Promise<IngestOutcome> {
  try {
    const environment = parseEnvironment(dataEnvironment, process.env);
    const embeddingModel = configureEmbedding(environment);
    const { store } = await openStore(environment);
    return await ingestDocuments({ paths: [documentsFolder], termFolder: termsFolder, store, embeddingModel });
  } catch (error) {
    if (!(error instanceof YoujuError)) throw error;
    return { refusal: { code: error.code, message: error.message } };
  }
}

process.send?.(await ingest());
process.disconnect();
