import path from 'node:path';
import { Database } from '../../../ingest/database/database.ts';
import { EmbeddingModel } from '../../../ingest/embedding/embedding-model.ts';
import { DatabaseStore } from '../../../ingest/index/database/database-store.ts';
import { FolderStore } from '../../../ingest/index/folder-store.ts';
import { type OpenIndex, openCurrentIndex } from '../../../ingest/index/open-generation.ts';
import type { VectorIndex } from '../../../ingest/index/vector-index.ts';
import { ingestDocuments } from '../../../ingest/ingest-documents.ts';
import { packageRoot, termsFolder } from '../../../ingest/package-root.ts';
import { retrievePassages } from '../../../server/answering/retrieve-passages.ts';
import { understandQuestion } from '../../../server/question/understand-question.ts';
import { withTemporaryFolder } from '../../eval-index.ts';
import { withGeneratedDocuments } from '../../scale/generated-index.ts';
import { readEvalCases } from '../../statement/eval-case.ts';
import type { BenchmarkPart, BenchmarkTable } from '../benchmark-part.ts';
import { ratio, takeTurns } from '../take-turns.ts';
import { BareQueries } from './bare-queries.ts';
import { withScratchDatabase } from './scratch-database.ts';
import { SearchClient } from './search-client.ts';

const NEIGHBOURS = 10;
/** As many vectors as an answer asks for. */
const CANDIDATES = 128;
const WARM_UP = 100;
const SAMPLE = 60;
const embeddingModel = new EmbeddingModel({});

export const stores: BenchmarkPart = {
  title: 'One index for several servers',
  needs: 'DATABASE_URL',
  about: `The same made-up documents in a data folder and in PostgreSQL with pgvector (in a database of its own on the server at DATABASE_URL). Times are by
the clock, because the database works in other processes; contestants take turns, question by question, after ${WARM_UP} questions of warm-up. The questions are the Chinese ones of the evals' tuning
halves, because only these are embedded by the embedded default. Recall is that of ${NEIGHBOURS} neighbours; ties are as good as one another. The route is \`POST /api/search\` of the compiled server in a process of its own over one open connection, with everything
on: it counts the client, embeds the query, searches vectors and words, and puts them together.`,
  measure: ({ paragraphs }) =>
    withScratchDatabase(process.env['DATABASE_URL'] ?? '', (url) =>
      withGeneratedDocuments(paragraphs, embeddingModel, (folder) =>
        withTemporaryFolder((dataFolder) => compareOn(url, folder, dataFolder)),
      ),
    ),
};

async function compareOn(url: string, documents: string, dataFolder: string): Promise<BenchmarkTable[]> {
  const database = await Database.open(url, 2);
  const store = new DatabaseStore(database);
  for (const each of [new FolderStore(dataFolder), store])
    await ingestDocuments({ paths: [documents], termFolder: termsFolder, store: each, embeddingModel });
  const [bare, client] = [await BareQueries.connect(url), await SearchClient.start(url)];
  try {
    return [await compare(await openCurrentIndex(dataFolder), await store.open((await store.published()) ?? ''), bare, client)];
  } finally {
    await client.stop();
    await bare.end();
    await database.end();
  }
}

async function compare(
  folder: OpenIndex<VectorIndex>,
  shared: OpenIndex,
  bare: BareQueries,
  client: SearchClient,
): Promise<BenchmarkTable> {
  const cases = await readEvalCases(path.join(packageRoot, 'evals', 'cases'));
  const asked = cases.filter(({ half, language }) => half === 'tuning' && language.startsWith('zh')).map(({ question }) => question);
  const questions = [...new Set(asked)];
  const vectors: number[][] = [];
  for (const question of questions) vectors.push(await embeddingModel.embedQuestion(question));
  const vectorOf = (at: number) => vectors[at] ?? [];
  const understood = questions.map((question) => understandQuestion(question, folder));
  const onDegraded = (error: unknown) => {
    throw error;
  };
  const wholeOf = (index: OpenIndex) => (at: number) => {
    const question = understood[at];
    return question && retrievePassages({ index, embeddingModel }, question, {}, onDegraded);
  };
  const contestants = [
    { name: 'hnswlib-node’s search in the data folder', ask: (at: number) => folder.vectorIndex.search(vectorOf(at), CANDIDATES) },
    { name: 'pgvector’s search through the bare `pg` client', ask: (at: number) => bare.nearest(vectorOf(at), CANDIDATES) },
    { name: 'pgvector’s search through the store', ask: (at: number) => shared.vectorIndex.search(vectorOf(at), CANDIDATES) },
    { name: 'whole retrieval, data folder', ask: wholeOf(folder) },
    { name: 'whole retrieval, PostgreSQL', ask: wholeOf(shared) },
    {
      name: 'the route’s two statements through the bare `pg` client',
      ask: (at: number) => bare.countAndNearest(vectorOf(at), CANDIDATES),
    },
    { name: 'the route', ask: (at: number) => client.search(questions[at] ?? '') },
  ];
  const times = await takeTurns(contestants, { questions: questions.length, warmUp: WARM_UP, now: () => performance.now() });
  const sample = vectors.filter((_, at) => at % Math.ceil(vectors.length / SAMPLE) === 0);
  const recalls = await recallOf([folder, shared], sample, bare);
  const dimension = folder.manifest.embedding.dimension;
  const [inFolder, inDatabase] = recalls.map((recall) => recall.toFixed(3));
  return {
    caption: `${folder.manifest.counts.paragraphs} paragraphs, ${dimension} dimensions, ${CANDIDATES} neighbours; recall@${NEIGHBOURS} ${inFolder} (hnswlib-node), ${inDatabase} (pgvector)`,
    columns: ['', 'median', 'p99', 'median, beside hnswlib-node'],
    rows: contestants.map(({ name }, number) => {
      const { median = 0, p99 = 0 } = times[number] ?? {};
      return [name, `${median.toFixed(2)} ms`, `${p99.toFixed(2)} ms`, ratio(median, times[0]?.median ?? 1)];
    }),
  };
}

/** The share of the true neighbours that each index finds. Half precision moves a distance by a thousandth at most. */
async function recallOf(indexes: readonly OpenIndex[], sample: readonly number[][], bare: BareQueries): Promise<number[]> {
  const found = indexes.map((): number[] => []);
  for (const vector of sample) {
    const farthest = (await bare.exactDistance(vector, NEIGHBOURS)) + 1e-4;
    for (const [number, { vectorIndex }] of indexes.entries()) {
      const nearest = (await vectorIndex.search(vector, CANDIDATES)).slice(0, NEIGHBOURS);
      found[number]?.push(nearest.filter(({ similarity }) => 1 - similarity <= farthest).length / NEIGHBOURS);
    }
  }
  return found.map((shares) => shares.reduce((sum, share) => sum + share, 0) / shares.length);
}
