import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRomanNumeral } from '../structure/recognise-enumerator.ts';
import { parseChineseNumeral } from './chinese/chinese-numerals.ts';
import { toChineseDigits, toChineseNumeral, toLetters, toRomanNumeral } from './format-numerals.ts';

describe('numerals', () => {
  it.each([
    [0, '零'],
    [10, '十'],
    [12, '十二'],
    [20, '二十'],
    [105, '一百零五'],
    [110, '一百一十'],
    [1001, '一千零一'],
    [1010, '一千零一十'],
  ])('of %i are %s in Chinese', (value, numeral) => {
    expect(toChineseNumeral(value)).toBe(numeral);
  });

  it('are read back as they were written', () => {
    const readBack = (write: (value: number) => string, read: (numeral: string) => number | undefined) => (value: number) => {
      expect(read(write(value))).toBe(value);
    };
    fc.assert(fc.property(fc.integer({ min: 1, max: 9999 }), readBack(toChineseNumeral, parseChineseNumeral)));
    fc.assert(fc.property(fc.integer({ min: 1, max: 89 }), readBack(toRomanNumeral, parseRomanNumeral)));
  });

  it('go on behind Z with doubled letters, as Word does, and digit by digit', () => {
    expect([1, 26, 27, 53].map(toLetters)).toEqual(['A', 'Z', 'AA', 'AAA']);
    expect(toChineseDigits(2019)).toBe('二〇一九');
  });
});
