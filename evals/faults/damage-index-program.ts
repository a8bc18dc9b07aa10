import { writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { EmbeddingModel } from '../../ingest/embedding/embedding-model.ts';
import { FolderStore } from '../../ingest/index/folder-store.ts';
import { currentPointer } from '../../ingest/index/generation-files.ts';
import { YoujuError } from '../../ingest/youju-error.ts';
import { CurrentIndex } from '../../server/current-index.ts';
import { healthRoutes } from '../../server/http/health-routes.ts';
import { planFaults } from './index-faults.ts';
import { versionOf } from './two-versions.ts';

/**
 * Program: damages the published generation in one way after another and prints, for each, what a server does that was serving the
 * previous one, and one that starts now.
 */
const [dataFolder = '', current = '', previous = '', flips = '', truncations = '', seed = '', first = ''] = process.argv.slice(2);
const faults = await planFaults({
  dataFolder,
  current,
  previous,
  flips: Number(flips),
  truncations: Number(truncations),
  seed: Number(seed),
});
const codeOf = (error: unknown) => (error instanceof YoujuError ? error.code : `untold: ${String(error)}`);

/** An index with the routes that say whether it is ready. */
async function openServer() {
  const index = new CurrentIndex(new FolderStore(dataFolder), new EmbeddingModel({}));
  const server = express().use(healthRoutes(index, new AbortController().signal)).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address: AddressInfo | string | null = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  const readiness = async () => {
    const response = await fetch(`http://127.0.0.1:${port}/readyz`);
    return { status: response.status, body: await response.text() };
  };
  return { index, readiness, close: () => server.close() };
}

type Served = Awaited<ReturnType<typeof openServer>>;

async function look({ index, readiness }: Served) {
  const refresh = await index.refresh().then(() => 'ok', codeOf);
  const version = index.isReady ? versionOf(index.get()) : undefined;
  return { refresh, version, generation: index.isReady ? index.get().manifest.generation : undefined, readiness: await readiness() };
}

/** A server that opened the previous generation while it was the published one. */
async function servePrevious(): Promise<Served> {
  const served = await openServer();
  await writeFile(currentPointer(dataFolder), previous);
  await served.index.refresh();
  await writeFile(currentPointer(dataFolder), `${current}\n`);
  return served;
}

let serving = await servePrevious();
for (const [turn, fault] of faults.entries()) {
  if (turn < Number(first)) continue;
  const undo = await fault.apply();
  const starting = await openServer();
  const result = { name: fault.name, serving: await look(serving), starting: await look(starting) };
  starting.close();
  await undo();
  console.log(JSON.stringify(result));
  if (result.serving.refresh !== 'ok') continue;
  serving.close();
  serving = await servePrevious();
}
serving.close();
