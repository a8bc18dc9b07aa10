import { describe, expect, it } from 'vitest';
import { buildConceptNameTables, ConceptFinder } from './concept-names.ts';
import { normalizeText } from './normalize-text.ts';
import { type AlphabeticLanguage, contentWords } from './stem-words.ts';
import type { Concept } from './term-base.ts';

const concept = (name: string, names: Partial<Concept>): Concept => ({
  concept: name,
  isName: false,
  'zh-Hans': [],
  en: [],
  ru: [],
  kk: [],
  ...names,
});

const concepts = [
  concept('oil', { 'zh-Hans': ['石油', '原油'], en: ['oil', 'petroleum'], ru: ['нефть'], kk: ['мұнай'] }),
  concept('oil-pipeline', { 'zh-Hans': ['石油管道'], en: ['oil pipeline'], ru: ['нефтепровод'], kk: ['мұнай құбыры'] }),
  concept('train', { 'zh-Hans': ['火车'], en: ['train'] }),
  concept('freight-train', { 'zh-Hans': ['火车', '货运班列'], en: ['freight train'] }),
  concept('second-forum', { 'zh-Hans': ['第二届论坛'] }),
  concept('nothing', { en: ['about the'] }),
];
const finder = new ConceptFinder(buildConceptNameTables(concepts));
const inChinese = (text: string) => finder.inChinese(normalizeText(text)).map(({ concept: found }) => found);
const inAlphabetic = (text: string, language: AlphabeticLanguage) =>
  finder.inAlphabetic(contentWords(normalizeText(text), language), language);
const inEnglish = (text: string) => inAlphabetic(text, 'en').map(({ concept: found }) => found);

describe('Chinese names', () => {
  it('are found where they stand, one inside another too', () => {
    expect(inChinese('建设石油管道，进口原油')).toEqual(['oil-pipeline', 'oil', 'oil']);
  });

  it('are found in traditional script and with other numerals', () => {
    expect(inChinese('貨運班列')).toEqual(['freight-train']);
    expect(inChinese('第2届论坛')).toEqual(['second-forum']);
  });

  it('mean every concept that shares them', () => {
    expect(inChinese('坐火车')).toEqual(['train', 'freight-train']);
  });

  it('come with the words that named the concept', () => {
    expect(finder.inChinese('进口原油')).toEqual([{ concept: 'oil', words: ['原油'] }]);
  });
});

describe('names in alphabetic languages', () => {
  it('are found in any form, the longest first and only it', () => {
    expect(inEnglish('Are there oil pipelines, or only oil?')).toEqual(['oil-pipeline', 'oil']);
    expect(inEnglish('Freight trains')).toEqual(['freight-train']);
    expect(inAlphabetic('строительство нефтепроводов', 'ru')).toEqual([{ concept: 'oil-pipeline', words: ['нефтепроводов'] }]);
    expect(inAlphabetic('мұнай құбырының', 'kk')).toEqual([{ concept: 'oil-pipeline', words: ['мұнай', 'құбырының'] }]);
  });

  it('without a content word name nothing', () => {
    expect(inEnglish('about the')).toEqual([]);
  });

  it('belong to their language', () => {
    expect(inAlphabetic('oil', 'ru')).toEqual([]);
  });
});

describe('a term base without names', () => {
  it('finds nothing', () => {
    const empty = new ConceptFinder(buildConceptNameTables([]));
    expect(empty.inChinese('石油')).toEqual([]);
    expect(empty.inAlphabetic(contentWords('oil', 'en'), 'en')).toEqual([]);
  });
});
