import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { packageRoot } from '../../../ingest/package-root.ts';
import { machine } from '../../benchmarks/benchmark-page.ts';
import type { BenchmarkPart, BenchmarkTable } from '../../benchmarks/benchmark-part.ts';
import { fillTables } from './fill-tables.ts';
import { measureGrowth } from './measure-growth.ts';
import { plotGrowth } from './plot-growth.ts';
import { reckonDatabase, reckonOneMachine, reckonShards } from './reckon-tiers.ts';
import type { Growth } from './size-measurement.ts';

const PAGE = path.join(packageRoot, 'docs', 'scaling.md');
const FOLDER = path.join(packageRoot, 'docs', 'scaling');

export const growth: BenchmarkPart = {
  title: 'Growth',
  about: `What grows with the collection: the statement, and made-up documents. Also as \`docs/scaling/growth.json\`, plotted in [scaling.md](scaling.md), which says what follows.
An answer includes understanding the question; both are CPU times of one process, of questions of five languages.`,
  measure: async ({ paragraphs }) => {
    const found: Growth = { measuredOn: new Date().toISOString().slice(0, 10), machine: machine(), sizes: await measureGrowth(paragraphs) };
    await writeFile(path.join(FOLDER, 'growth.json'), `${JSON.stringify(found, undefined, 2)}\n`);
    await writeFile(path.join(FOLDER, 'growth.svg'), await plotGrowth(found));
    const measured = tableOf(found);
    const tables = { measured, 'one-machine': reckonOneMachine(found), database: reckonDatabase(found), shards: reckonShards(found) };
    await writeFile(PAGE, fillTables(await readFile(PAGE, 'utf8'), tables));
    return [measured];
  },
};

const tableOf = ({ sizes }: Growth): BenchmarkTable => ({
  columns: [
    'paragraphs',
    'ingest',
    'index on disk',
    'resident memory',
    'CPU time to open',
    'retrieval: median / p99',
    'answer: median / p99',
  ],
  rows: sizes.map(({ paragraphs, ingest, indexBytes, residentBytes, openSeconds, retrieval, answer }) => [
    paragraphs.toLocaleString('en'),
    `${ingest.seconds.toFixed(1)} s, CPU ${ingest.cpuSeconds.toFixed(1)} s`,
    megabytes(Object.values(indexBytes).reduce((sum, bytes) => sum + bytes, 0)),
    megabytes(residentBytes),
    `${openSeconds.toFixed(2)} s`,
    ...[retrieval, answer].map(({ median, p99 }) => `${median.toFixed(2)} / ${p99.toFixed(1)} ms`),
  ]),
});

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;
