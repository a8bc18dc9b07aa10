import { describe, expect, it } from 'vitest';
import { outline } from '../testing/outline.ts';

describe('items', () => {
  it.each([
    ['（一）', '（二）'],
    ['(1)', '(2)'],
    ['1.', '2.'],
    ['1、', '2、'],
    ['（1）', '（2）'],
  ])('are numbered %s %s', (first, second) => {
    expect(outline(`双方同意：\n${first}扩大贸易，增加投资。\n${second}扩大能源合作。\n双方满意。`)).toEqual([
      'body-p1: 双方同意：',
      `body-item-1: ${first}扩大贸易，增加投资。`,
      `body-item-2: ${second}扩大能源合作。`,
      'body-p2: 双方满意。',
    ]);
  });

  it('are text where their number skips or repeats one', () => {
    expect(outline('（一）甲。\n（三）乙。\n（一）丙。\n（二）丁。')).toEqual([
      'body-item-1: （一）甲。',
      'body-p1: （三）乙。',
      'body-p2: （一）丙。',
      'body-item-2: （二）丁。',
    ]);
  });

  it('are a list, not parts, where 1. numbers short lines', () => {
    expect(outline('双方同意：\n1. 贸易\n2. 能源')).toEqual(['body-p1: 双方同意：', 'body-item-1: 1. 贸易', 'body-item-2: 2. 能源']);
  });

  it('may hold items: （一） with 1. beneath', () => {
    expect(outline('（一）贸易。\n1. 关税。\n2. 配额。\n（二）能源。\n1. 油。')).toEqual([
      'body-item-1: （一）贸易。',
      'body-item-1-item-1: 1. 关税。',
      'body-item-1-item-2: 2. 配额。',
      'body-item-2: （二）能源。',
      'body-item-2-item-1: 1. 油。',
    ]);
  });

  it('go four deep in the official order 一、（一） 1. （1）', () => {
    expect(outline('一、贸易\n（一）关税。\n1. 降税。\n（1）甲类。\n（2）乙类。\n2. 免税。\n（二）配额。\n二、能源\n（一）油。')).toEqual([
      'part-1-item-1: （一）关税。',
      'part-1-item-1-item-1: 1. 降税。',
      'part-1-item-1-item-1-item-1: （1）甲类。',
      'part-1-item-1-item-1-item-2: （2）乙类。',
      'part-1-item-1-item-2: 2. 免税。',
      'part-1-item-2: （二）配额。',
      'part-2-item-1: （一）油。',
    ]);
  });

  it('are articles where the text prints 第一条, with 一、 as well as （一） beneath', () => {
    expect(outline('双方议定如下：\n第一条\u3000甲。\n一、乙。\n二、丙。\n第二条\u3000丁。\n（一）戊。\n第三条\u3000己。')).toEqual([
      'body-p1: 双方议定如下：',
      'body-item-1: 第一条\u3000甲。',
      'body-item-1-item-1: 一、乙。',
      'body-item-1-item-2: 二、丙。',
      'body-item-2: 第二条\u3000丁。',
      'body-item-2-item-1: （一）戊。',
      'body-item-3: 第三条\u3000己。',
    ]);
  });
});
