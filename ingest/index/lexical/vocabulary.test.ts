import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packFile, unpackFile } from '../packed-file.ts';
import { Vocabulary } from './vocabulary.ts';

const written = (terms: readonly string[]) =>
  Vocabulary.unpack('terms', unpackFile(packFile(Vocabulary.pack('terms', terms, terms.length))));

describe('a vocabulary', () => {
  it('numbers its terms in their order and knows no others', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string({ unit: 'binary', maxLength: 6 }), { maxLength: 60 }), fc.string(), (terms, other) => {
        const vocabulary = written(terms);
        expect([...vocabulary]).toEqual(terms);
        expect(vocabulary.size).toBe(terms.length);
        expect(terms.map((term) => vocabulary.numberOf(term))).toEqual([...terms.keys()]);
        expect(vocabulary.numberOf(other)).toBe(terms.includes(other) ? terms.indexOf(other) : undefined);
      }),
    );
  });

  it('takes terms as long as a text that never breaks', () => {
    const long = 'a'.repeat(300_000);
    expect([...written(['能源', long])]).toEqual(['能源', long]);
  });

  it('of nothing knows nothing', () => {
    expect(written([]).numberOf('能源')).toBeUndefined();
  });
});
