import hnswlib from 'hnswlib-node';
import type { OpenIndex } from '../../../ingest/index/open-generation.ts';
import type { VectorIndex } from '../../../ingest/index/vector-index.ts';

export const DIMENSIONS = 256;

/** HNSW parameters as the product's own. */
const LINKS = 16;
const BUILD_WIDTH = 200;
const SEED = 100;

/** Half as many dimensions as the embedded default has, about as near to one another as they were. */
export function folded(vector: readonly number[]): number[] {
  const sums = Array.from({ length: DIMENSIONS }, (_, at) => (vector[at] ?? 0) + (vector[at + DIMENSIONS] ?? 0));
  const length = Math.hypot(...sums);
  return length === 0 ? sums.fill(1) : sums.map((value) => value / length);
}

export const foldedVectors = ({ vectorIndex, manifest }: OpenIndex<VectorIndex>): number[][] =>
  Array.from({ length: manifest.counts.chunks }, (_, chunk) => folded(vectorIndex.vectorOf(chunk)));

/** hnswlib-node as anybody would use it: one vector after another. */
export function addPoints(vectors: readonly number[][]): hnswlib.HierarchicalNSW {
  const nearest = new hnswlib.HierarchicalNSW('cosine', DIMENSIONS);
  nearest.initIndex(vectors.length, LINKS, BUILD_WIDTH, SEED);
  for (const [chunk, vector] of vectors.entries()) nearest.addPoint(vector, chunk);
  return nearest;
}
