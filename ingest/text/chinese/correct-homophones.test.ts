import { describe, expect, it } from 'vitest';
import { isGeneralWord } from './background-frequency.ts';
import { readChineseDictionary } from './chinese-dictionary.ts';
import { HomophoneCorrector } from './correct-homophones.ts';

const { syllables } = await readChineseDictionary();
const corrector = new HomophoneCorrector({ syllables }, [
  '霍尔果斯',
  '单一窗口',
  '窗口',
  '光明之路',
  '联合委员会',
  '备忘录',
  '能源',
  '历史',
]);
const particles = new Set(['的', '是', '在', '里', '什么', '和']);
const correct = (text: string) => corrector.correct(text, isGeneralWord, (word) => particles.has(word));

describe('a slip of a pinyin keyboard', () => {
  it.each([
    ['霍尔国斯的口岸', '霍尔果斯的口岸'],
    ['单一窗扣', '单一窗口'],
    ['光名之路', '光明之路'],
    ['联合委圆会', '联合委员会'],
    ['备望录', '备忘录'],
  ])('%s is read as %s', (typed, meant) => {
    expect(correct(typed)).toBe(meant);
  });

  it('is not seen in words, nor across particles', () => {
    expect(correct('声明里是什么立场')).toBe('声明里是什么立场');
    expect(correct('两国加强能源合作')).toBe('两国加强能源合作');
  });

  it('leaves other scripts and punctuation where they stand', () => {
    expect(correct('WTO，2019年！')).toBe('WTO，2019年！');
  });
});
