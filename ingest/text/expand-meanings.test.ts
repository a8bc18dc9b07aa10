import { describe, expect, it } from 'vitest';
import { readChineseDictionary } from './chinese/chinese-dictionary.ts';
import { buildConceptNameTables, ConceptFinder } from './concept-names.ts';
import { bridgeWords, conceptTerm, glossStems, MeaningExpander, MeaningFinder, parseStemTerm, stemTerm } from './expand-meanings.ts';
import { normalizeText } from './normalize-text.ts';
import { contentWords, stemWord } from './stem-words.ts';
import type { Concept } from './term-base.ts';
import { WordTrie } from './word-trie.ts';

const gloss = (english: string, weight = 1) => ({ words: contentWords(english, 'en'), weight });
const dictionary = new Map([
  ['铁路', [gloss('railway')]],
  ['火车', [gloss('train'), gloss('railway', 0.9)]],
  ['运输', [gloss('to transport')]],
  ['给予', [gloss('give')]],
  ['国事访问', [gloss('state visit')]],
]);
const pipeline: Concept = {
  concept: 'oil-pipeline',
  isName: false,
  'zh-Hans': ['石油管道'],
  en: ['oil pipeline'],
  ru: ['нефтепровод'],
  kk: ['мұнай құбыры'],
};
const expander = new MeaningExpander([pipeline], dictionary);
const finder = new MeaningFinder(new ConceptFinder(buildConceptNameTables([pipeline])), new WordTrie([...dictionary.keys()]));

/** The terms that a text means, with their frequencies. */
function expand(text: string, language = 'zh-Hans'): Map<string, number> {
  const frequencies = new Map<string, number>();
  for (const source of finder.sourcesIn(normalizeText(text), language))
    for (const [term, weight] of expander.termsOf(source)) frequencies.set(term, (frequencies.get(term) ?? 0) + weight);
  return frequencies;
}

describe('a Chinese text', () => {
  it('can be reached by a concept’s names in every language', () => {
    const terms = expand('建设石油管道');
    expect(terms.get(conceptTerm('oil-pipeline'))).toBe(1);
    expect(terms.get(stemTerm('en', 'oil pipelin'))).toBe(0.5);
    expect(terms.get(stemTerm('en', 'pipelin'))).toBe(0.25);
    expect(terms.get(stemTerm('ru', 'нефтепровод'))).toBe(1);
    expect(terms.get(stemTerm('kk', stemWord('мұнай', 'kk')))).toBe(0.5);
  });

  it('can be reached by the English glosses of its words, further senses less', () => {
    expect(expand('铁路运输')).toEqual(
      new Map([
        [stemTerm('en', 'railwai'), 1],
        [stemTerm('en', 'transport'), 1],
      ]),
    );
    expect(expand('火车').get(stemTerm('en', 'railwai'))).toBe(0.9);
    expect(expand('国事访问').get(stemTerm('en', 'visit'))).toBe(0.5);
  });

  it('counts a meaning as often as it stands there', () => {
    expect(expand('铁路，鐵路').get(stemTerm('en', 'railwai'))).toBe(2);
  });

  it('without a known word has no meanings', () => {
    expect(expand('你好')).toEqual(new Map());
  });
});

describe('a text in an alphabetic language', () => {
  it('has the concepts its names mean, and no Chinese glosses', () => {
    expect(expand('Строительство нефтепроводов', 'ru').get(conceptTerm('oil-pipeline'))).toBe(1);
    expect(expand('Oil pipelines, 铁路', 'en-GB').get(stemTerm('en', 'railwai'))).toBeUndefined();
  });
});

describe('parseStemTerm', () => {
  it('reads what stemTerm wrote, and no concept', () => {
    expect(parseStemTerm(stemTerm('kk', 'мұнай құбыр'))).toEqual(['kk', 'мұнай құбыр']);
    expect(parseStemTerm(conceptTerm('oil'))).toBeUndefined();
  });
});

describe('bridgeWords', () => {
  const known = new Set([stemTerm('en', 'railwai'), stemTerm('en', 'visit')]);
  const bridges = new Map(
    bridgeWords(
      dictionary,
      (term) => known.has(term),
      (word) => word === '铁路',
    ),
  );

  it('joins an everyday word to the documents by a shared gloss: 火车 to “railway”', () => {
    expect(bridges.get('火车')).toEqual([[stemTerm('en', 'railwai'), 0.9]]);
  });

  it('bridges no word that stands in the documents, and none that reaches nothing', () => {
    expect(bridges.has('铁路')).toBe(false);
    expect(bridges.has('给予')).toBe(false);
  });
});

describe('the dictionary', () => {
  it('renders Chinese words in English without remarks and pinyin', async () => {
    const { glosses } = await readChineseDictionary();
    expect(glosses.size).toBeGreaterThan(80_000);
    const words = (word: string) => (glosses.get(word) ?? []).map((entry) => entry.words.map(({ surface }) => surface).join(' '));
    expect(words('铁路')).toContain('railroad');
    expect(words('能源')).toContain('energy');
    for (const word of ['铁路', '能源', '管道']) {
      const weights = (glosses.get(word) ?? []).map(({ weight }) => weight);
      expect(weights[0]).toBe(1);
      expect(weights).toEqual(weights.toSorted((a, b) => b - a));
    }
    expect(glossStems(glosses)).toContain('contrast');
  });
});
