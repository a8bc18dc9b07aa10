import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildVectorIndex } from '../testing/build-index.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { VectorIndex } from './vector-index.ts';

const corners = [
  [1, 0, 0, 0],
  [0, 1, 0, 0],
  [0, 0, 1, 0],
  [1, 1, 0, 0],
];

async function writeIndex(): Promise<string> {
  const file = path.join(await temporaryFolder(), 'vectors.hnsw');
  buildVectorIndex(corners).write(file);
  return file;
}

describe('search', () => {
  const index = buildVectorIndex(corners);

  it('finds the nearest units, best first, with their cosine', () => {
    const matches = index.search([2, 0, 0, 0], 2);
    expect(matches.map(({ unit }) => unit)).toEqual([0, 3]);
    expect(matches[0]?.similarity).toBeCloseTo(1, 5);
    expect(matches[1]?.similarity).toBeCloseTo(Math.SQRT1_2, 5);
  });

  it.each([
    [0, 1],
    [-3, 1],
    [3, 3],
    [1_000_000, 4],
    [Number.POSITIVE_INFINITY, 4],
  ])('asked for %d gives %d', (k, given) => {
    expect(index.search([1, 0, 0, 0], k)).toHaveLength(given);
  });

  it('gives similarities from 0 to 1 only, and falling', () => {
    const vector = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(
        vector.filter((numbers) => numbers.some((number) => number !== 0)),
        (numbers) => {
          const similarities = index.search(numbers, 4).map(({ similarity }) => similarity);
          expect(similarities).toEqual(similarities.toSorted((a, b) => b - a));
          expect(similarities.every((similarity) => similarity >= 0 && similarity <= 1)).toBe(true);
        },
      ),
    );
  });

  it('finds each of 300 vectors by itself', () => {
    const vectors = fc.sample(fc.array(fc.integer({ min: -99, max: 99 }), { minLength: 16, maxLength: 16 }), { numRuns: 300, seed: 7 });
    const usable = vectors.filter((numbers) => numbers.some((number) => number !== 0));
    const large = buildVectorIndex(usable);
    for (const vector of usable) expect(large.search(vector, 1)[0]?.similarity).toBeCloseTo(1, 4);
  });
});

describe('an index file', () => {
  it('gives the same neighbours and the same vectors as the index it was written from', async () => {
    const index = buildVectorIndex(corners);
    const read = await VectorIndex.read(await writeIndex(), 4, 4);
    expect(read.search([3, 1, 0, 0], 4)).toEqual(index.search([3, 1, 0, 0], 4));
    expect(read.vectorOf(3)).toEqual(index.vectorOf(3));
    expect(Math.hypot(...read.vectorOf(3))).toBeCloseTo(1, 5);
  });

  it.each([
    ['another dimension', 5, 4],
    ['a smaller dimension', 2, 4],
    ['another count', 4, 5],
  ])('is refused with %s than the manifest says', async (_, dimension, count) => {
    const file = await writeIndex();
    await expect(VectorIndex.read(file, dimension, count)).rejects.toMatchObject({ code: 'index-corrupt' });
  });

  it('is refused where it is too short to say anything', async () => {
    const file = path.join(await temporaryFolder(), 'vectors.hnsw');
    await writeFile(file, '');
    await expect(VectorIndex.read(file, 4, 4)).rejects.toMatchObject({ code: 'index-corrupt' });
  });
});
