import { EmbeddingModel } from '../../../ingest/embedding/embedding-model.ts';
import { openCurrentIndex } from '../../../ingest/index/open-generation.ts';
import { withTemporaryFolder } from '../../eval-index.ts';
import { withGeneratedDocuments } from '../../scale/generated-index.ts';
import { measureIngest } from '../../scale/growth/measure-growth.ts';
import type { BenchmarkPart } from '../benchmark-part.ts';
import { addPoints, storedVectors } from '../retrieval/add-points.ts';
import { quantile } from '../take-turns.ts';

const ROUNDS = 3;

/** How often the rate of bare `addPoint` an ingest goes. */
type RateRatios = { byClock: number; byCpuTime: number };

export const ingest: BenchmarkPart = {
  title: 'Ingest',
  about: `How fast chunks are ingested – files read, text analysed and embedded by the embedded default, the index built, written and checked – beside hnswlib-node's bare
\`addPoint\` of the same vectors (256 dimensions), in turn. Medians of ${ROUNDS} rounds. By the clock, ingest's threads share the cores with whatever else there is; its CPU time is that of all threads.`,
  measure: async ({ paragraphs }) => {
    const ratios = await withGeneratedDocuments(paragraphs, new EmbeddingModel({}), async (documents) => {
      const rounds: RateRatios[] = [];
      for (let round = 0; round < ROUNDS; round++) rounds.push(await compareOnce(documents));
      return rounds;
    });
    const medianOf = (read: (round: RateRatios) => number) => `${quantile(ratios.map(read), 0.5).toFixed(2)} ×`;
    return [
      {
        columns: ['made-up paragraphs', 'rate of ingest / rate of addPoint, by the clock', 'by CPU time'],
        rows: [[paragraphs.toLocaleString('en'), medianOf(({ byClock }) => byClock), medianOf(({ byCpuTime }) => byCpuTime)]],
      },
    ];
  },
};

const compareOnce = (documents: string): Promise<RateRatios> =>
  withTemporaryFolder(async (dataFolder) => {
    const { seconds, cpuSeconds } = await measureIngest(documents, dataFolder);
    const vectors = storedVectors(await openCurrentIndex(dataFolder));
    const [began, cpu] = [performance.now(), process.cpuUsage()];
    addPoints(vectors);
    const { user, system } = process.cpuUsage(cpu);
    return { byClock: (performance.now() - began) / 1000 / seconds, byCpuTime: (user + system) / 1e6 / cpuSeconds };
  });
