import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packFile, unpackFile } from './packed-file.ts';

const name = fc.stringMatching(/^[a-z][a-z.]{0,8}$/);
const strings = fc.dictionary(name, fc.array(fc.string({ unit: 'binary', maxLength: 12 }), { maxLength: 6 }), { noNullPrototype: true });
const arrays = fc.dictionary(name, fc.oneof(fc.uint32Array({ maxLength: 9 }), fc.float32Array({ maxLength: 9 })), {
  noNullPrototype: true,
});

describe('a packed file', () => {
  it('gives back what was packed, to the bit', () => {
    fc.assert(
      fc.property(strings, arrays, (givenStrings, givenArrays) => {
        const file = unpackFile(packFile(givenStrings, givenArrays));
        for (const [key, list] of Object.entries(givenStrings)) expect(file.strings(key)).toEqual(list);
        for (const [key, array] of Object.entries(givenArrays)) {
          const read = array instanceof Uint32Array ? file.integers(key) : file.floats(key);
          expect(Buffer.from(read.buffer)).toEqual(Buffer.from(array.buffer, array.byteOffset, array.byteLength));
        }
      }),
    );
  });

  it('can be read at any offset of a larger buffer', () => {
    const packed = packFile({ words: ['能源'] }, { numbers: Uint32Array.of(1, 2, 3), weights: Float32Array.of(0.5) });
    for (let offset = 0; offset < 8; offset++) {
      const file = unpackFile(Buffer.concat([Buffer.alloc(offset, 7), packed]).subarray(offset));
      expect(file.strings('words')).toEqual(['能源']);
      expect([...file.integers('numbers')]).toEqual([1, 2, 3]);
      expect([...file.floats('weights')]).toEqual([0.5]);
    }
  });

  it('refuses to give an array it does not hold, or holds in the other type', () => {
    const file = unpackFile(packFile({}, { numbers: Uint32Array.of(1) }));
    expect(() => file.integers('weights')).toThrow(expect.objectContaining({ code: 'index-corrupt' }));
    expect(() => file.floats('numbers')).toThrow(expect.objectContaining({ code: 'index-corrupt' }));
    expect(file.strings('words')).toEqual([]);
  });
});
