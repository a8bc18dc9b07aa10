import { open } from 'node:fs/promises';
import hnswlib from 'hnswlib-node';
import { assertVector } from '../embedding/vector-gate.ts';
import { YoujuError } from '../youju-error.ts';

const SPACE = 'cosine';
/** HNSW parameters (Malkov & Yashunin 2018): M links a node, search widths at build and query time. */
const LINKS = 16;
const BUILD_WIDTH = 200;
const SEARCH_WIDTH = 128;
const SEED = 100;

export type VectorMatch = { unit: number; similarity: number };

/** Finds the units of one generation whose vectors are nearest. */
export interface VectorSearch {
  /** Whether it searches in this process, so that nobody is waited for. */
  readonly isLocal: boolean;
  /**
   * The nearest units, best first, with cosine similarity clamped to 0…1.
   * @param k clamped to 1…count
   * @param signal ends the waiting, where there is any
   * @throws YoujuError `bad-vector`, `store-unavailable`
   */
  search(vector: number[], k: number, signal?: AbortSignal): VectorMatch[] | Promise<VectorMatch[]>;
}

/**
 * An hnswlib-node index of one vector a unit. Every vector passes the gate first; a file is loaded into a new object only,
 * after its hash was checked, because reading a damaged file or reusing an object after a failed read kills the process.
 */
export class VectorIndex implements VectorSearch {
  readonly isLocal = true;
  readonly dimension: number;
  readonly #index: hnswlib.HierarchicalNSW;

  private constructor(index: hnswlib.HierarchicalNSW, dimension: number) {
    this.#index = index;
    this.dimension = dimension;
    index.setEf(SEARCH_WIDTH);
  }

  /** An index without vectors, and room for so many. */
  static empty(dimension: number, capacity: number): VectorIndex {
    const index = new hnswlib.HierarchicalNSW(SPACE, dimension);
    index.initIndex(capacity, LINKS, BUILD_WIDTH, SEED);
    return new VectorIndex(index, dimension);
  }

  /**
   * Adds the vector of the next unit.
   * @param source of the vector, for the message
   * @throws YoujuError `bad-vector`
   */
  add(vector: number[], source: string): void {
    assertVector(vector, this.dimension, source);
    this.#index.addPoint(vector, this.#index.getCurrentCount());
  }

  /**
   * Read in another thread: 100,000 vectors take 0.1 s.
   * @param file an index file whose sha256 was checked against the manifest
   * @throws YoujuError `index-corrupt` when the file cannot be read or does not hold what the manifest says
   */
  static async read(file: string, dimension: number, count: number): Promise<VectorIndex> {
    const index = new hnswlib.HierarchicalNSW(SPACE, dimension);
    let cause: unknown;
    try {
      if ((await storedDimension(file)) === dimension) {
        await index.readIndex(file);
        if (index.getCurrentCount() === count) return new VectorIndex(index, dimension);
      }
    } catch (error) {
      cause = error;
    }
    throw new YoujuError('index-corrupt', `${file} does not hold ${count} vectors of ${dimension} numbers: run \`npm run ingest\``, {
      cause,
    });
  }

  write(file: string): void {
    this.#index.writeIndexSync(file);
  }

  /** The stored vector of a unit (normalised to length 1). */
  vectorOf(unit: number): number[] {
    return this.#index.getPoint(unit);
  }

  search(vector: number[], k: number): VectorMatch[] {
    assertVector(vector, this.dimension, 'the question’s embedding');
    const count = this.#index.getCurrentCount();
    const { neighbors, distances } = this.#index.searchKnn(vector, Math.min(Math.max(1, k), count));
    return neighbors.map((unit, rank) => ({ unit, similarity: Math.min(1, Math.max(0, 1 - (distances[rank] ?? 1))) }));
  }
}

/** Where hnswlib's file header says that an element's label and vector start (its `label_offset_` and `offsetData_`). */
const LABEL_OFFSET = 32;
const VECTOR_OFFSET = 40;
const HEADER_LENGTH = 48;

/** The dimension a file was written with: hnswlib reads it with any other just as well and then answers garbage. */
async function storedDimension(file: string): Promise<number> {
  const header = Buffer.alloc(HEADER_LENGTH);
  const handle = await open(file, 'r');
  try {
    await handle.read(header);
  } finally {
    await handle.close();
  }
  return Number(header.readBigUInt64LE(LABEL_OFFSET) - header.readBigUInt64LE(VECTOR_OFFSET)) / Float32Array.BYTES_PER_ELEMENT;
}
