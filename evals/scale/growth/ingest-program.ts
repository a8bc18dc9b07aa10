import { EmbeddingModel } from '../../../ingest/embedding/embedding-model.ts';
import { FolderStore } from '../../../ingest/index/folder-store.ts';
import { ingestDocuments } from '../../../ingest/ingest-documents.ts';
import { termsFolder } from '../../../ingest/package-root.ts';
import type { IngestMeasurement } from './size-measurement.ts';

/** Program: ingests a folder into an empty data folder and prints what that took. */
const [documents = '', dataFolder = ''] = process.argv.slice(2);
const began = performance.now();
await ingestDocuments({
  paths: [documents],
  termFolder: termsFolder,
  store: new FolderStore(dataFolder),
  embeddingModel: new EmbeddingModel({}),
});
const { user, system } = process.cpuUsage();
const measurement: IngestMeasurement = { seconds: (performance.now() - began) / 1000, cpuSeconds: (user + system) / 1e6 };
console.log(JSON.stringify(measurement));
