import { expect, test } from 'vitest';
import { fillTables } from './fill-tables.ts';
import { reckonDatabase, reckonOneMachine, reckonShards } from './reckon-tiers.ts';
import type { Growth, SizeMeasurement } from './size-measurement.ts';

/** A made-up machine: 1 kB of vectors and 1 kB of all else a paragraph, 100 MB of itself, 1 ms and a microsecond a paragraph an answer. */
const sizeOf = (paragraphs: number): SizeMeasurement => ({
  paragraphs,
  chunks: paragraphs,
  sentences: paragraphs,
  dimensions: 512,
  indexBytes: { 'vectors.hnsw': 1e3 * paragraphs, 'lexical.bin': 1e3 * paragraphs },
  residentBytes: 1e8 + 2e3 * paragraphs,
  openSeconds: 1,
  retrieval: { median: 1, p99: 1, mean: 1 },
  answer: { median: 1, p99: 1, mean: 1 + paragraphs / 1e6 },
  ingest: { seconds: paragraphs / 1e3, cpuSeconds: (3.6 * paragraphs) / 1e3 },
});
const growth: Growth = { measuredOn: '', machine: '', sizes: [sizeOf(1e3), sizeOf(1e4), sizeOf(1e5)] };

test('what was not measured lies on the line through the two largest sizes', () => {
  expect(reckonOneMachine(growth).rows[0]).toEqual(['1,000,000', '2.1 GB', '4.0 GB', '1.0', '2 ms', '300.0']);
});

test('a server before a database holds all but the vectors, which the database holds', () => {
  const { columns, rows } = reckonDatabase(growth);
  const row = Object.fromEntries(columns.map((column, at) => [column, rows[0]?.[at]]));
  expect(row).toMatchObject({ 'memory of each server': '1.1 GB', 'halfvec(512): rows + HNSW': '1.2 GB + 1.4 GB' });
});

test('a question to all shards costs each of them, one to a shard that one', () => {
  const [, , hundred] = reckonShards(growth).rows;
  // Of a shard: 2 ms an answer, at 60 % busy; 10 a second of all hundred: 10 × 100 × 2 ms = 2 s a second.
  expect(hundred?.slice(1)).toEqual(['100', '210 GB', '1', '4', '1', '34']);
});

test('tables are put between their marks, again and again, and the text around them stays', () => {
  const page = 'Before.\n\n<!-- measured -->\n<!-- /measured -->\n\nBehind.\n';
  const table = { columns: ['size'], rows: [['57']] };
  const filled = fillTables(page, { measured: table });
  expect(filled).toContain('| 57 |');
  expect(filled).toMatch(/^Before\.[\s\S]*Behind\.\n$/u);
  expect(fillTables(filled, { measured: table })).toBe(filled);
  expect(() => fillTables('Nothing.', { measured: table })).toThrow('measured');
});
