import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { firstWords } from './first-words.ts';

describe('the first words of a text', () => {
  test.each([
    ['a short text as it is', '双方满意。', 20, '双方满意。'],
    ['whole sentences where they fit', '双方满意。双方友好。双方将继续合作', 12, '双方满意。双方友好。'],
    ['else whole clauses', '应主席邀请，总统于九月进行国事访问，高度评价', 12, '应主席邀请…'],
    ['else whole words', 'Cooperation between neighbouring countries', 25, 'Cooperation between…'],
    ['else characters', '中华人民共和国和哈萨克斯坦共和国联合声明', 8, '中华人民共和国和…'],
    ['no number torn at its point', 'It grew by 3.5 percent in the year', 24, 'It grew by 3.5 percent…'],
    ['line breaks and tabs as spaces', 'one\n\ttwo', 20, 'one two'],
  ])('are %s', (_what, text, limit, expected) => {
    expect(firstWords(text, limit)).toBe(expected);
  });

  test('begin the text, are well-formed and no longer than asked', () => {
    const character = fc.constantFrom('双', '方', '。', '，', '“', '𠀀', 'a', ' ', '.', '3', '\n');
    fc.assert(
      fc.property(fc.array(character, { maxLength: 200 }), fc.integer({ min: 6, max: 60 }), (characters, limit) => {
        const text = characters.join('');
        const words = firstWords(text, limit);
        expect(words.isWellFormed()).toBe(true);
        expect(words.length).toBeLessThanOrEqual(limit + 1);
        const flat = text.replace(/\s+/gu, ' ').trim();
        expect(flat.startsWith(words.replace(/…$/u, ''))).toBe(true);
      }),
    );
  });
});
