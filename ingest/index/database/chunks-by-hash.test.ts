import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ChunksByHash } from './chunks-by-hash.ts';

const hashOf = (text: string) => createHash('sha256').update(text).digest();

test('finds every chunk of a hash, and none of another, as a map does', () => {
  // Few words, so that many chunks share one.
  const word = fc.constantFrom(...'甲乙丙丁戊己庚辛壬癸');
  fc.assert(
    fc.property(fc.array(word, { maxLength: 60 }), fc.array(word, { maxLength: 20 }), (words, asked) => {
      const chunks = new ChunksByHash(Buffer.concat(words.map(hashOf)));
      const hashes = Buffer.concat(asked.map(hashOf));
      for (const [nth, each] of asked.entries())
        expect(chunks.chunksOf(hashes, nth)).toEqual(words.flatMap((of, chunk) => (of === each ? [chunk] : [])));
    }),
  );
});
