import { describe, expect, test } from 'vitest';
import { documentOf } from '../../ingest/testing/sample-document.ts';
import { findReference, resolveReference } from './resolve-reference.ts';
import { shadowOf } from './understand-question.ts';

const CODE = documentOf(
  '第一章 总则\n第一节 目的\n第一条 甲：\n（一）乙。\n（二）丙：\n1. 丁。\n2. 戊。\n第二条 己。\n第二节 原则\n第三条 庚：\n（一）辛。\n第二章 分则\n第四条 壬。',
);
const LIST = documentOf('双方同意：\n（一）甲。\n（二）乙。\n（三）丙。');

function placesIn(question: string, document = CODE): string[] | undefined {
  const reference = findReference(shadowOf(question));
  return reference && resolveReference(reference, document).map(({ paragraphId }) => paragraphId);
}

describe('an item within an item', () => {
  test.each([
    '第一章第一节第一条第（二）项第2点',
    '第一条第二项第2点',
    'Article 1, item (2), item 2',
    'item 2 of item (2) of Article 1',
    'статья 1, пункт (2), пункт 2',
    '1-бап, (2) тармақ, 2 тармақ',
  ])('is found by what stands above it: %s', (question) => {
    expect(placesIn(question)).toEqual(['part-1-item-1-item-1-item-2-item-2']);
  });

  test('is one of several of its article', () => {
    expect(placesIn('第一条第（一）至（二）项')).toEqual([
      'part-1-item-1-item-1-item-1',
      'part-1-item-1-item-1-item-2',
      'part-1-item-1-item-1-item-2-item-1',
      'part-1-item-1-item-1-item-2-item-2',
    ]);
  });

  test('comes with what stands under it', () => {
    expect(placesIn('第一章第二节')).toEqual(['part-1-item-2', 'part-1-item-2-item-3', 'part-1-item-2-item-3-item-1']);
  });

  test('that the article does not have is not looked for elsewhere', () => {
    expect(placesIn('第三条第（二）项')).toEqual([]);
    expect(placesIn('第二章第三条')).toEqual([]);
  });
});

describe('an article', () => {
  test('is found without the chapter and the section that hold it', () => {
    expect(placesIn('第三条讲什么？')?.[0]).toBe('part-1-item-2-item-3');
    expect(placesIn('What does Article 4 say?')).toEqual(['part-2-item-4']);
  });

  test('is not mistaken for the item of that number', () => {
    expect(placesIn('第一章第二条')).toEqual(['part-1-item-1-item-2']);
  });

  test('may be what a person calls an item of a text without articles', () => {
    expect(placesIn('第二条', LIST)).toEqual(['body-item-2']);
  });
});

test('items of one kind that do not lie within each other are named side by side', () => {
  expect(placesIn('compare item 1 with item 3', LIST)).toEqual(['body-item-1', 'body-item-3']);
  expect(placesIn('第（一）项同第（三）项有什么区别？', LIST)).toEqual(['body-item-1', 'body-item-3']);
});

test('第一节 is a part where the text has no other', () => {
  const sections = documentOf('第一节 贸易\n甲。\n第二节 能源\n乙。');
  expect(placesIn('第二节讲什么', sections)).toEqual(['part-2-p1']);
});
