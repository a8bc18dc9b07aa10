import { stat } from 'node:fs/promises';
import path from 'node:path';
import hnswlib from 'hnswlib-node';
import type { EmbeddingModel } from '../../../ingest/embedding/embedding-model.ts';
import { LexicalIndex } from '../../../ingest/index/lexical-index.ts';
import type { OpenIndex } from '../../../ingest/index/open-generation.ts';
import type { VectorIndex } from '../../../ingest/index/vector-index.ts';
import { packageRoot } from '../../../ingest/package-root.ts';
import { retrievePassages } from '../../../server/answering/retrieve-passages.ts';
import { understandQuestion } from '../../../server/question/understand-question.ts';
import { withTemporaryFolder } from '../../eval-index.ts';
import { readEvalCases } from '../../statement/eval-case.ts';
import type { BenchmarkTable } from '../benchmark-part.ts';
import { bytesHeldBy } from '../measure-memory.ts';
import { ratio, takeTurns } from '../take-turns.ts';
import { addPoints, storedVectors } from './add-points.ts';

const NEIGHBOURS = 10;
const RECALL = 0.95;
const WARM_UP = 100;
/** Questions that recall is measured with. */
const SAMPLE = 60;

/** The whole of retrieval – embedding the question, both searches, fusing them – beside a bare vector search, on questions of five languages. */
export async function compareWhole(index: OpenIndex<VectorIndex>, embeddingModel: EmbeddingModel): Promise<BenchmarkTable> {
  const cases = await readEvalCases(path.join(packageRoot, 'evals', 'cases'));
  const questions = [...new Set(cases.filter(({ half }) => half === 'tuning').map(({ question }) => question))];
  const understood = questions.map((question) => understandQuestion(question, index));
  const vectors: number[][] = [];
  for (const question of questions) vectors.push(await embeddingModel.embedQuestion(question));
  const nearest = addPoints(storedVectors(index));
  const { width, recall } = widenUntil(
    nearest,
    index,
    vectors.filter((_, at) => at % Math.ceil(vectors.length / SAMPLE) === 0),
  );
  const retriever = { index, embeddingModel };
  const onDegraded = (error: unknown) => {
    throw error;
  };
  const contestants = [
    {
      name: `hnswlib-node’s search: ${index.vectorIndex.dimension} dimensions, ef ${width}, recall@${NEIGHBOURS} ${recall.toFixed(3)}`,
      ask: (at: number) => nearest.searchKnn(vectors[at] ?? [], NEIGHBOURS),
    },
    {
      name: 'Youju’s whole retrieval',
      ask: (at: number) => {
        const question = understood[at];
        return question && retrievePassages(retriever, question, {}, onDegraded);
      },
    },
  ];
  const times = await takeTurns(contestants, { questions: questions.length, warmUp: WARM_UP });
  const [bare, whole] = [await fileSize(nearest), lexicalBytes(index, understood)];
  return {
    caption: `Whole retrieval, ${index.manifest.counts.paragraphs} paragraphs`,
    columns: ['', 'median', 'p99', 'memory'],
    rows: contestants.map(({ name }, number) => [
      name,
      ratio(times[number]?.median ?? 0, times[0]?.median ?? 1),
      ratio(times[number]?.p99 ?? 0, times[0]?.p99 ?? 1),
      number === 0 ? ratio(1, 1) : ratio(bare + whole, bare),
    ]),
  };
}

/** Widens the search until it finds enough of the true neighbours. Ties are as good as one another. */
function widenUntil(
  nearest: hnswlib.HierarchicalNSW,
  { manifest, vectorIndex }: OpenIndex<VectorIndex>,
  sample: readonly number[][],
): { width: number; recall: number } {
  const exact = new hnswlib.BruteforceSearch('cosine', vectorIndex.dimension);
  exact.initIndex(manifest.counts.chunks);
  for (let chunk = 0; chunk < manifest.counts.chunks; chunk++) exact.addPoint(nearest.getPoint(chunk), chunk);
  const farthest = sample.map((vector) => (exact.searchKnn(vector, NEIGHBOURS).distances.at(-1) ?? 0) + 1e-6);
  for (let width = NEIGHBOURS; ; width = Math.ceil(width * 1.25)) {
    nearest.setEf(width);
    const found = sample.map(
      (vector, at) => nearest.searchKnn(vector, NEIGHBOURS).distances.filter((distance) => distance <= (farthest[at] ?? 0)).length,
    );
    const recall = found.reduce((sum, count) => sum + count, 0) / (NEIGHBOURS * sample.length);
    if (recall >= RECALL || width > manifest.counts.chunks) return { width, recall };
  }
}

/** What hnswlib holds in memory it writes to the file as it is. */
const fileSize = (nearest: hnswlib.HierarchicalNSW): Promise<number> =>
  withTemporaryFolder(async (folder) => {
    const file = path.join(folder, 'vectors.hnsw');
    nearest.writeIndexSync(file);
    return (await stat(file)).size;
  });

/** What the lexical index holds once questions were asked, a copy of its file included. */
function lexicalBytes({ lexicalIndex }: OpenIndex, understood: readonly { terms: Parameters<LexicalIndex['rank']>[0] }[]): number {
  const bytes = lexicalIndex.toBuffer();
  return bytesHeldBy(
    () => LexicalIndex.fromBuffer(Buffer.from(bytes)),
    (own) => {
      for (const { terms } of understood) own.rank(terms, { sentenceWeight: 0.4 });
    },
  ).used;
}
