import type { BenchmarkTable } from '../../benchmarks/benchmark-part.ts';
import type { Growth, SizeMeasurement } from './size-measurement.ts';

/** Sizes that were not measured: all that stands in these tables is reckoned. */
const RECKONED = [1_000_000, 10_000_000, 100_000_000];

/** How much of a core is to be busy with answers: beyond that, waiting grows faster than work. */
const BUSY = 0.6;

/**
 * Bytes a row with its vector, and bytes a vector in an HNSW index (m 16), as PGlite with pgvector 0.8.7 stored 4,000 random vectors. A page
 * of 8 KiB holds 3, 6 or 10 of them with their links, whatever their number.
 */
const STORED: Record<string, { row: number; index: number }> = {
  'vector(512)': { row: 2847, index: 2734 },
  'halfvec(512)': { row: 1180, index: 1368 },
  'vector(256)': { row: 1180, index: 1368 },
  'halfvec(256)': { row: 594, index: 834 },
};

type Reading = (size: SizeMeasurement) => number;

/** A reading at another size, on the straight line through the two largest that were measured. */
function extended({ sizes }: Growth, read: Reading, paragraphs: number): number {
  const [smaller, larger] = [sizes.at(-2), sizes.at(-1)];
  if (smaller === undefined || larger === undefined) return Number.NaN;
  const slope = (read(larger) - read(smaller)) / (larger.paragraphs - smaller.paragraphs);
  return read(larger) + slope * (paragraphs - larger.paragraphs);
}

const bytesOf = (isMeant: (name: string) => boolean) => (size: SizeMeasurement) =>
  Object.entries(size.indexBytes).reduce((sum, [name, bytes]) => sum + (isMeant(name) ? bytes : 0), 0);
const isVectors = (name: string) => name.startsWith('vectors');

/** What a machine needs that holds a whole collection with the embedded default. */
export const reckonOneMachine = (growth: Growth): BenchmarkTable => ({
  columns: [
    'paragraphs',
    'memory',
    'disk, two generations',
    'first ingest, CPU hours',
    'CPU time of an answer',
    `answers a second and core, ${BUSY * 100} % busy`,
  ],
  rows: RECKONED.map((paragraphs) => {
    const reading = (read: Reading) => extended(growth, read, paragraphs);
    const answer = reading((size) => size.answer.mean);
    return [
      paragraphs.toLocaleString('en'),
      sizeOf(reading(({ residentBytes }) => residentBytes)),
      sizeOf(2 * reading(bytesOf(() => true))),
      (reading(({ ingest }) => ingest.cpuSeconds) / 3600).toFixed(1),
      `${answer.toFixed(0)} ms`,
      ((1000 * BUSY) / answer).toFixed(1),
    ];
  }),
});

/** What PostgreSQL holds, and what is left to each server: everything but the vectors. */
export const reckonDatabase = (growth: Growth): BenchmarkTable => ({
  columns: [
    'paragraphs',
    ...Object.keys(STORED).map((type) => `${type}: rows + HNSW`),
    'beside it, for each generation',
    'memory of each server',
  ],
  rows: RECKONED.map((paragraphs) => {
    const blobs = extended(
      growth,
      bytesOf((name) => !isVectors(name)),
      paragraphs,
    );
    const vectors = extended(growth, bytesOf(isVectors), paragraphs);
    return [
      paragraphs.toLocaleString('en'),
      ...Object.values(STORED).map(({ row, index }) => `${sizeOf(row * paragraphs)} + ${sizeOf(index * paragraphs)}`),
      sizeOf(blobs),
      sizeOf(extended(growth, ({ residentBytes }) => residentBytes, paragraphs) - vectors),
    ];
  }),
});

/** Collections of a million paragraphs each, on machines of their own. */
const SHARD = 1_000_000;

export const reckonShards = (growth: Growth): BenchmarkTable => {
  const answer = extended(growth, (size) => size.answer.mean, SHARD);
  const cores = (perSecond: number, searched: number) => Math.ceil((perSecond * searched * answer) / 1000 / BUSY).toLocaleString('en');
  return {
    columns: [
      'paragraphs',
      'shards',
      'memory together',
      'cores for 10 answers a second, each of one shard',
      '… each of all shards',
      'cores for 100, each of one shard',
      '… each of all',
    ],
    rows: RECKONED.map((paragraphs) => {
      const shards = paragraphs / SHARD;
      return [
        paragraphs.toLocaleString('en'),
        String(shards),
        sizeOf(shards * extended(growth, ({ residentBytes }) => residentBytes, SHARD)),
        cores(10, 1),
        cores(10, shards),
        cores(100, 1),
        cores(100, shards),
      ];
    }),
  };
};

const sizeOf = (bytes: number) => (bytes < 1e9 ? `${(bytes / 1e6).toFixed(0)} MB` : `${(bytes / 1e9).toFixed(bytes < 1e10 ? 1 : 0)} GB`);
