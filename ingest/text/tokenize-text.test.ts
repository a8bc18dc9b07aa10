import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { officialText } from '../testing/official-text.ts';
import { backgroundWeight } from './chinese/background-frequency.ts';
import { findProperNouns, segmentWords } from './chinese/segment-words.ts';
import { normalizeText } from './normalize-text.ts';
import { bigramsOf, tokenizeText, unigramsOf, wordsOf } from './tokenize-text.ts';

describe('bigrams', () => {
  it('are overlapping pairs of Han characters that never span anything else', () => {
    expect([...bigramsOf('能源合作，2019年oil石油')]).toEqual(['能源', '源合', '合作', '石油']);
    expect([...bigramsOf('𠀀中')]).toEqual(['𠀀中']);
    expect([...bigramsOf('中')]).toEqual([]);
  });

  it('are one fewer than the characters of each run', () => {
    fc.assert(
      fc.property(officialText(), (text) => {
        const runs = text.match(/\p{Script=Han}+/gu)?.length ?? 0;
        expect([...bigramsOf(text)].length).toBe([...unigramsOf(text)].length - runs);
      }),
    );
  });
});

describe('words', () => {
  it('are segmented Chinese words of two characters or more, and whole words of other scripts', () => {
    const words = wordsOf('扩大能源合作的oil');
    expect(words).toEqual(expect.arrayContaining(['扩大', '能源', 'oil']));
    expect(words).not.toContain('的');
  });

  it('keep a number with what it counts: 4月 is not 5月', () => {
    expect(wordsOf('今年4月')).toContain('4月');
    expect(wordsOf('今年5月')).not.toContain('4月');
  });

  it('segment to the text they came from', () => {
    fc.assert(
      fc.property(officialText(), (text) => {
        expect(segmentWords(text).join('')).toBe(text);
      }),
    );
  });
});

describe('tokenizeText', () => {
  it('gives the terms of every view, each as often as it stands there', () => {
    expect(tokenizeText(normalizeText('合作、合作'))).toEqual({
      bigram: ['合作', '合作'],
      unigram: ['合', '作', '合', '作'],
      word: ['合作', '合作'],
    });
  });
});

describe('findProperNouns', () => {
  it('finds places', () => {
    expect(findProperNouns('在北京和上海会见')).toEqual(['北京', '上海']);
    expect(findProperNouns('扩大能源合作')).toEqual([]);
  });

  it('leaves out common nouns that the dictionary tags like persons', () => {
    expect(findProperNouns('发射卫星')).toEqual([]);
  });
});

describe('backgroundWeight', () => {
  it('weighs a rare word more than a common one, within its bounds', () => {
    expect(backgroundWeight('引水')).toBeGreaterThan(backgroundWeight('我们'));
    for (const word of ['的', '我们', '合作', '泥石流', '从未见过的词']) {
      expect(backgroundWeight(word)).toBeGreaterThan(0);
      expect(backgroundWeight(word)).toBeLessThanOrEqual(Math.sqrt(1.6));
    }
  });
});
