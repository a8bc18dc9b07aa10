import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseChineseNumeral, writeNumeralsAsDigits } from './chinese-numerals.ts';

/** Writes 1…9999 as a person would: 一千零一, 二十三. */
function writeChinese(value: number): string {
  const digits = '零一二三四五六七八九';
  const units = ['', '十', '百', '千'];
  const places = [...String(value)].map(Number);
  return places
    .map((digit, index) => (digit === 0 ? '零' : digits.charAt(digit) + units[places.length - 1 - index]))
    .join('')
    .replace(/零+/g, '零')
    .replace(/零$/, '');
}

describe('parseChineseNumeral', () => {
  it.each([
    ['一', 1],
    ['十', 10],
    ['十七', 17],
    ['二十', 20],
    ['九十九', 99],
    ['一百零一', 101],
    ['一百二十三', 123],
    ['二〇一九', 2019],
    ['零', 0],
  ])('reads %s as %i', (numeral, value) => {
    expect(parseChineseNumeral(numeral)).toBe(value);
  });

  it.each(['', '中', '一带一路', '12', '一x'])('reads no numeral in %j', (text) => {
    expect(parseChineseNumeral(text)).toBeUndefined();
  });

  it('reads every numeral below 10,000, written with units or digit by digit', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9999 }), (value) => {
        expect(parseChineseNumeral(writeChinese(value))).toBe(value);
        const positional = [...String(value)].map((digit) => '〇一二三四五六七八九'.charAt(Number(digit))).join('');
        expect(parseChineseNumeral(positional)).toBe(value);
      }),
    );
  });
});

describe('writeNumeralsAsDigits', () => {
  it.each([
    ['二〇一九年九月十一日', '2019年9月11日'],
    ['第二届论坛', '第2届论坛'],
    ['第十二条', '第12条'],
    ['建交二十七周年', '建交27周年'],
    ['（十二）加快', '（12）加快'],
  ])('writes %s as %s', (text, written) => {
    expect(writeNumeralsAsDigits(text)).toBe(written);
  });

  it.each(['一带一路', '统一', '进一步', '一个中国', '三股势力', '百年'.slice(1)])('leaves %s as it is', (text) => {
    expect(writeNumeralsAsDigits(text)).toBe(text);
  });
});
