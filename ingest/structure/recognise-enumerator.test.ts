import { describe, expect, it } from 'vitest';
import { isSameSeries, parseRomanNumeral, recogniseEnumerator } from './recognise-enumerator.ts';

const styleAndValue = (block: string) => {
  const enumerator = recogniseEnumerator(block);
  return enumerator && [enumerator.style, enumerator.value, enumerator.printed];
};

describe('recogniseEnumerator', () => {
  it.each([
    ['一', ['bare', 1, '一']],
    ['IV', ['bare', 4, 'IV']],
    ['十二、贸易', ['ideographic', 12, '十二、']],
    ['第三章\u3000总则', ['chapter', 3, '第三章']],
    ['第2部分：贸易', ['chapter', 2, '第2部分']],
    ['Part II Trade', ['chapter', 2, 'Part II']],
    ['Глава 3. Торговля', ['chapter', 3, 'Глава 3.']],
    ['第一百二十三条 甲', ['article', 123, '第一百二十三条']],
    ['Статья 7', ['article', 7, 'Статья 7']],
    ['（十七）弘扬', ['parenthesised', 17, '（十七）']],
    ['(3) trade', ['parenthesised', 3, '(3)']],
    ['IX. Trade', ['roman', 9, 'IX.']],
    ['12．贸易', ['arabic', 12, '12．']],
  ])('reads %j', (block, expected) => {
    expect(styleAndValue(block)).toEqual(expected);
  });

  it.each([
    '一带一路合作',
    '第一条件是和平',
    '第三方市场',
    '1.5亿美元',
    '2019年',
    '（中哈）',
    'IIII. Trade',
    'Partnership 2',
    'I am',
    '〇',
    '(0) none',
    '',
  ])('sees no number in front of %j', (block) => {
    expect(recogniseEnumerator(block)).toBeUndefined();
  });
});

describe('isSameSeries', () => {
  const same = (first: string, second: string) => {
    const [a, b] = [recogniseEnumerator(first), recogniseEnumerator(second)];
    return a && b && isSameSeries(a, b);
  };

  it.each([
    ['（一）', '（二）'],
    ['（一）', '(二)'],
    ['1.', '2、'],
    ['第九章', '第十章'],
    ['Article 1.', 'ARTICLE 2'],
    ['I. A', 'II. B'],
  ])('joins %s and %s', (first, second) => {
    expect(same(first, second)).toBe(true);
  });

  it.each([
    ['（一）', '（2）'],
    ['第一章', '第二节'],
    ['一、', '二'],
    ['1.', '(2)'],
  ])('parts %s and %s', (first, second) => {
    expect(same(first, second)).toBe(false);
  });
});

describe('parseRomanNumeral', () => {
  it('reads 1 to 89 and nothing that is no numeral', () => {
    expect(['I', 'IV', 'XIX', 'XLIX', 'LXXXIX', 'Ⅻ'].map(parseRomanNumeral)).toEqual([1, 4, 19, 49, 89, 12]);
    expect(['', 'IIII', 'VX', 'ABC', 'IXI'].map(parseRomanNumeral)).toEqual([undefined, undefined, undefined, undefined, undefined]);
  });
});
