import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WordTrie } from './word-trie.ts';

const letter = fc.constantFrom(...'中哈合作𠀀');
const word = fc.array(letter, { minLength: 1, maxLength: 4 }).map((letters) => letters.join(''));
const text = fc.array(letter, { maxLength: 12 }).map((letters) => letters.join(''));

describe('WordTrie', () => {
  it('finds all words that stand in a text, one inside another too', () => {
    fc.assert(
      fc.property(fc.array(word, { maxLength: 12 }), text, (words, given) => {
        const trie = new WordTrie(words);
        const known = new Set(words);
        for (let start = 0; start <= given.length; start++) {
          const stretches = Array.from({ length: given.length - start }, (_, index) => given.slice(start, start + index + 1));
          expect(trie.wordsAt(given, start)).toEqual(stretches.filter((stretch) => stretch.length > 1 && known.has(stretch)));
        }
      }),
    );
  });

  it('finds nothing when it has no words', () => {
    expect(new WordTrie([]).wordsAt('合作', 0)).toEqual([]);
  });
});
