import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packFile, unpackFile } from './packed-file.ts';

const name = fc.stringMatching(/^[a-z][a-z.]{0,8}$/);
const arrays = fc.dictionary(
  name,
  fc.oneof(
    fc.uint8Array({ maxLength: 9 }),
    fc.uint16Array({ maxLength: 9 }),
    fc.uint32Array({ maxLength: 9 }),
    fc.float32Array({ maxLength: 9 }),
  ),
  { noNullPrototype: true },
);

describe('a packed file', () => {
  it('gives back what was packed, to the bit', () => {
    fc.assert(
      fc.property(arrays, (given) => {
        const file = unpackFile(packFile(given));
        for (const [key, array] of Object.entries(given)) {
          const read =
            array instanceof Uint32Array
              ? file.integers(key)
              : array instanceof Float32Array
                ? file.floats(key)
                : array instanceof Uint16Array
                  ? file.shorts(key)
                  : file.bytes(key);
          expect(Buffer.from(read.buffer, read.byteOffset, read.byteLength)).toEqual(
            Buffer.from(array.buffer, array.byteOffset, array.byteLength),
          );
        }
      }),
    );
  });

  it('can be read at any offset of a larger buffer', () => {
    const packed = packFile({ bytes: Uint8Array.of(9), numbers: Uint32Array.of(1, 2, 3), weights: Float32Array.of(0.5) });
    for (let offset = 0; offset < 8; offset++) {
      const file = unpackFile(Buffer.concat([Buffer.alloc(offset, 7), packed]).subarray(offset));
      expect([...file.bytes('bytes')]).toEqual([9]);
      expect([...file.integers('numbers')]).toEqual([1, 2, 3]);
      expect([...file.floats('weights')]).toEqual([0.5]);
    }
  });

  it('is read where it lies, without a copy', () => {
    const packed = Buffer.from(new Uint8Array(packFile({ numbers: Uint32Array.of(1) })).buffer);
    expect(unpackFile(packed).integers('numbers').buffer).toBe(packed.buffer);
  });

  it('refuses to give an array it does not hold, or holds in the other type', () => {
    const file = unpackFile(packFile({ numbers: Uint32Array.of(1) }));
    expect(() => file.integers('weights')).toThrow(expect.objectContaining({ code: 'index-corrupt' }));
    expect(() => file.floats('numbers')).toThrow(expect.objectContaining({ code: 'index-corrupt' }));
  });
});
