import hnswlib from 'hnswlib-node';
import type { OpenIndex } from '../../../ingest/index/open-generation.ts';
import type { VectorIndex } from '../../../ingest/index/vector-index.ts';

/** HNSW parameters as the product's own. */
const LINKS = 16;
const BUILD_WIDTH = 200;
const SEED = 100;

export const storedVectors = ({ vectorIndex, manifest }: OpenIndex<VectorIndex>): number[][] =>
  Array.from({ length: manifest.counts.chunks }, (_, chunk) => vectorIndex.vectorOf(chunk));

/** hnswlib-node as anybody would use it: one vector after another. */
export function addPoints(vectors: readonly number[][]): hnswlib.HierarchicalNSW {
  const nearest = new hnswlib.HierarchicalNSW('cosine', vectors[0]?.length ?? 0);
  nearest.initIndex(vectors.length, LINKS, BUILD_WIDTH, SEED);
  for (const [chunk, vector] of vectors.entries()) nearest.addPoint(vector, chunk);
  return nearest;
}
