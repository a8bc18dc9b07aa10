import { expect, test } from 'vitest';
import { sayingOf } from './fold-duplicates.ts';

const says = (one: string, other: string) => sayingOf(one) === sayingOf(other);

test('item numbers, punctuation and particles do not make another saying', () => {
  expect(says('（五）双方将开展水质监测。', '（六）双方开展水质监测；')).toBe(true);
  expect(says('1. The sides cooperate.', '(2) the sides cooperate')).toBe(true);
});

test.each([
  ['贸易额达到120亿美元。', '贸易额达到150亿美元。'],
  ['在东海举办博览会。', '在平阳举办博览会。'],
  ['双方支持这一倡议。', '双方不支持这一倡议。'],
  ['于2017年6月20日签署。', '于2017年6月21日签署。'],
  ['增长12%。', '增长12‰。'],
])('another figure, place, date or a negation does: %s / %s', (one, other) => {
  expect(says(one, other)).toBe(false);
});
