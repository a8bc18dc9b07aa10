import { describe, expect, test } from 'vitest';
import { citationPrecision, citationRecall, factCoverage, rateOf, recallAt, reciprocalRankAt } from './metrics.ts';

describe('rateOf', () => {
  test('gives the Wilson interval: 8 of 10 lies between .49 and .94', () => {
    const rate = rateOf([1, 1, 1, 1, 1, 1, 1, 1, 0, 0]);
    expect(rate?.value).toBeCloseTo(0.8);
    expect(rate?.low).toBeCloseTo(0.4902, 3);
    expect(rate?.high).toBeCloseTo(0.9433, 3);
  });

  test('never leaves 0…1 and has nothing to say about no cases', () => {
    expect(rateOf([1, 1])?.high).toBeLessThanOrEqual(1);
    expect(rateOf([0])?.low).toBe(0);
    expect(rateOf([])).toBeUndefined();
  });
});

describe('retrieval metrics', () => {
  test('recallAt counts expected paragraphs among the first k', () => {
    expect(recallAt(1, ['a', 'b'], ['a', 'x', 'b'])).toBe(0.5);
    expect(recallAt(3, ['a', 'b'], ['a', 'x', 'b'])).toBe(1);
    expect(recallAt(3, ['c'], ['a', 'x', 'b'])).toBe(0);
  });

  test('reciprocalRankAt looks for the first expected paragraph within k', () => {
    expect(reciprocalRankAt(10, ['b', 'c'], ['a', 'b', 'c'])).toBe(0.5);
    expect(reciprocalRankAt(1, ['b'], ['a', 'b'])).toBe(0);
  });
});

describe('citation metrics', () => {
  test('precision is 0 where nothing is cited', () => {
    expect(citationPrecision([], ['a'])).toBe(0);
    expect(citationPrecision(['a', 'x'], ['a', 'b'])).toBe(0.5);
  });

  test('recall asks for every expected paragraph, or for enough acceptable ones where none is mandatory', () => {
    expect(citationRecall(['a'], ['a', 'b'], [])).toBe(0.5);
    expect(citationRecall(['a', 'b'], [], ['a', 'b', 'c', 'd'], 4)).toBe(0.5);
    expect(citationRecall(['a', 'b', 'c'], [], ['a', 'b', 'c'], 2)).toBe(1);
  });

  test('a fact counts when any of its alternatives stands in the answer', () => {
    expect(factCoverage('2019年11月在上海', [['上海'], ['2019年11月', '今年11月']])).toBe(1);
    expect(factCoverage('在上海', [['上海'], ['2019年11月']])).toBe(0.5);
    expect(factCoverage('', [])).toBe(1);
  });
});
