import { describe, expect, it } from 'vitest';
import { VectorIndex } from '../index/vector-index.ts';
import { startModule } from '../testing/run-program.ts';
import { assertVector } from './vector-gate.ts';

const holed: number[] = [1, 2];
holed[3] = 4;

const refused: [string, unknown][] = [
  ['null in it', [1, null, 3, 4]],
  ['undefined in it', [1, undefined, 3, 4]],
  ['a hole in it', holed],
  ['a string in it', [1, '2', 3, 4]],
  ['NaN in it', [1, Number.NaN, 3, 4]],
  ['Infinity in it', [1, Number.POSITIVE_INFINITY, 3, 4]],
  ['a nested array in it', [1, [2], 3, 4]],
  ['a bigint in it', [1, 2n, 3, 4]],
  ['a number too few', [1, 2, 3]],
  ['a number too many', [1, 2, 3, 4, 5]],
  ['no numbers', []],
  ['only zeros', [0, 0, 0, 0]],
  ['zeros of both signs', [0, -0, 0, -0]],
  ['numbers too small for single precision', [0, 1e-30, 0, 0]],
  ['numbers too large for single precision', [1e39, 1, 0, 0]],
  ['squares too large for single precision', [1e20, 1e20, 0, 0]],
  ['the type Float32Array', Float32Array.of(1, 2, 3, 4)],
  ['the type string', '[1,2,3,4]'],
  ['the shape of an array only', { length: 4, 0: 1, 1: 2, 2: 3, 3: 4 }],
  ['nothing', null],
  ['less than nothing', undefined],
];

describe('the vector gate', () => {
  it.each(refused)('refuses a vector with %s', (_, vector) => {
    expect(() => assertVector(vector, 4, 'the endpoint')).toThrow(
      expect.objectContaining({ code: 'bad-vector', message: expect.stringContaining('the endpoint') }),
    );
  });

  it.each([[[1, 2, 3, 4]], [[0, 0, 0, -1e-10]], [[1e10, -1e10, 0, 0]], [[0.1, 0, 0, 0]]])('lets %j through', (vector) => {
    expect(() => assertVector(vector, 4, 'the endpoint')).not.toThrow();
  });

  it('names the number that is at fault', () => {
    expect(() => assertVector([1, null, 3, 4], 4, 'the endpoint')).toThrow(/number 1 is null/);
  });

  it('stands before the index: nothing refused is ever built into it', () => {
    const index = VectorIndex.empty(2, 3);
    index.add([1, 0], 'the endpoint');
    for (const vector of [
      [0, 0],
      [1, 0, 0],
    ])
      expect(() => index.add(vector, 'the endpoint')).toThrow(expect.objectContaining({ code: 'bad-vector' }));
    expect(index.search([1, 1], 3)).toHaveLength(1);
  });
});

describe('a process with an index', () => {
  const setup = `
    import hnswlib from 'hnswlib-node';
    import { VectorIndex } from 'ingest/index/vector-index.js';
    const index = VectorIndex.empty(4, 2);
    for (const vector of [[1, 0, 0, 0], [0, 1, 0, 0]]) index.add(vector, 'the test');
    const holed = [1, 2]; holed[3] = 4;
    const bad = [[1, null, 3, 4], [1, undefined, 3, 4], holed, [1, '2', 3, 4], [1, NaN, 3, 4], [1, Infinity, 3, 4], [1, 2, 3], [],
      [0, 0, 0, 0], Float32Array.of(1, 2, 3, 4), null, undefined, 'vector', {}, [1e39, 0, 0, 0]];
  `;

  it('survives whatever the gate refuses, and searches on as before', async () => {
    const { ending } = startModule(`${setup}
      let refused = 0;
      for (const vector of bad) {
        try { index.search(vector, 2); } catch (error) { if (error.code === 'bad-vector') refused++; }
        try { VectorIndex.empty(4, 2).add(vector, 'the test'); } catch (error) { if (error.code === 'bad-vector') refused++; }
      }
      console.log(refused, bad.length, JSON.stringify(index.search([0, 3, 0, 0], 1)));
    `);
    expect(await ending).toEqual({ code: 0, signal: null, stdout: '30 15 [{"unit":1,"similarity":1}]\n', stderr: '' });
  });

  it('would die of a null without the gate', async () => {
    const { ending } = startModule(`${setup}
      const bare = new hnswlib.HierarchicalNSW('cosine', 4);
      bare.initIndex(2, 16, 200, 100);
      try { bare.addPoint(bad[0], 0); } catch {}
      console.log('alive');
    `);
    const { code, stdout } = await ending;
    expect(code).not.toBe(0);
    expect(stdout).toBe('');
  });
});
