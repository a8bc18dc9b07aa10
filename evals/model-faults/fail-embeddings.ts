import path from 'node:path';
import { EmbeddingModel } from '../../ingest/embedding/embedding-model.ts';
import { FolderStore } from '../../ingest/index/folder-store.ts';
import { ingestDocuments } from '../../ingest/ingest-documents.ts';
import { documentsFolder, termsFolder } from '../../ingest/package-root.ts';
import { startEmbeddings } from '../../ingest/testing/scripted-embeddings.ts';
import { findSecret } from '../../server/testing/find-secret.ts';
import { type FuzzReport, Tally, type Violation } from '../fuzz/fuzz-report.ts';
import { RandomSource } from '../fuzz/random-source.ts';
import { misquotesIn, toldDocument } from '../fuzz/statement-source.ts';
import { askInProtocol, PROTOCOLS } from './ask-in-protocol.ts';
import { EMBEDDING_QUERY_FAULTS } from './embedding-query-faults.ts';
import type { FaultRuns } from './fail-chat-model.ts';
import { FairClock } from './fair-clock.ts';
import { CANARY_KEY, type FaultyServer, startFaultyServer } from './faulty-server.ts';

/** A question waits this long for its vector. */
const DEADLINE_MILLISECONDS = 5000;
const GRACE_MILLISECONDS = 1000;
const QUESTION = '第二届中国国际进口博览会在哪里举办？';
const CITED = 'part-2-item-1';

type Lane = {
  server: FaultyServer;
  clock: FairClock;
  answerWith: Awaited<ReturnType<typeof startEmbeddings>>['answerWith'];
  close: () => Promise<void>;
};

/** Runs every fault of an embeddings endpoint against questions, once the index is built: each is answered by its words alone. */
export async function failEmbeddings({ seed, runs, dataFolder, lanes }: FaultRuns): Promise<FuzzReport> {
  const names = Object.keys(EMBEDDING_QUERY_FAULTS);
  const jobs = Array.from({ length: runs }, (_, run) => names.map((name, place) => ({ name, index: run * names.length + place }))).flat();
  const queue = jobs.values();
  const tally = new Tally();
  const violations: Violation[] = [];
  const folder = path.join(dataFolder, 'with-endpoint');
  await ingestWithEndpoint(folder);
  await Promise.all(
    Array.from({ length: Math.min(lanes, jobs.length) }, async () => {
      const lane = await startLane(folder);
      try {
        for (const { name, index } of queue) {
          const found = await askUnder(lane, name, new RandomSource(seed, index), tally);
          violations.push(...found.map((fault) => ({ index, fault: `${name}: ${fault}`, input: QUESTION })));
        }
        const told = `${lane.server.logs.join('')}${await lane.server.metrics()}`;
        violations.push(...findSecret(told, CANARY_KEY).map((form) => ({ index: -1, fault: `the key was logged, ${form}`, input: '' })));
      } finally {
        await lane.close();
      }
    }),
  );
  return { figures: tally.figures(), violations };
}

async function ingestWithEndpoint(dataFolder: string): Promise<void> {
  const endpoint = await startEmbeddings();
  const embeddingModel = new EmbeddingModel({ model: 'scripted', apiKey: CANARY_KEY, baseUrl: endpoint.baseUrl });
  await ingestDocuments({ paths: [documentsFolder], termFolder: termsFolder, store: new FolderStore(dataFolder), embeddingModel });
  endpoint.close();
}

async function startLane(dataFolder: string): Promise<Lane> {
  const endpoint = await startEmbeddings();
  const server = await startFaultyServer({ dataFolder, embeddings: { baseUrl: endpoint.baseUrl } });
  const clock = new FairClock();
  const close = async () => {
    clock.stop();
    await server.close();
    endpoint.close();
  };
  return { server, clock, answerWith: endpoint.answerWith, close };
}

async function askUnder({ server, clock, answerWith }: Lane, name: string, random: RandomSource, tally: Tally): Promise<string[]> {
  const fault = EMBEDDING_QUERY_FAULTS[name];
  if (!fault) throw new Error(`there is no fault ${name}`);
  answerWith(fault);
  // The model that an app without a chat model serves is the extractive one.
  const protocol = random.pick(Object.keys(PROTOCOLS).filter((candidate) => !candidate.startsWith('/v1')));
  const failuresBefore = await failuresOf(server);
  const started = clock.now();
  const { answer, raw, status } = await askInProtocol(server.url, protocol, { question: QUESTION, earlier: '你好' });
  const milliseconds = clock.now() - started;
  tally.add('questions');
  tally.add(`${name}: ${answer?.status ?? `HTTP ${status}`}`);
  const faults = findSecret(raw, CANARY_KEY).map((form) => `the key was answered, ${form}`);
  if (milliseconds > DEADLINE_MILLISECONDS + GRACE_MILLISECONDS) faults.push(`it took ${Math.round(milliseconds)} ms`);
  if (!answer) return [...faults, `no answer, HTTP ${status}: ${raw.slice(0, 200)}`];
  faults.push(...misquotesIn(answer, toldDocument(server.index())));
  if (!answer.citations.some(({ paragraphId }) => paragraphId === CITED)) faults.push(`it does not cite ${CITED}`);
  if ((await failuresOf(server)) === failuresBefore) faults.push('the failure was not counted: the vector was used');
  return faults;
}

/** How many questions did without vectors so far, as the server itself measures it. */
async function failuresOf({ metrics }: FaultyServer): Promise<number> {
  return Number(/^youju_embedding_failures_total (\d+)$/mu.exec(await metrics())?.[1]);
}
