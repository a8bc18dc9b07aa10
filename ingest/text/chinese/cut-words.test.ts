import { Jieba } from '@node-rs/jieba';
import { dict, idf } from '@node-rs/jieba/dict.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { officialText } from '../../testing/official-text.ts';
import { readSample, statementFile } from '../../testing/sample-document.ts';
import { cutWords } from './cut-words.ts';
import { packDictionary } from './pack-dictionary.ts';
import { WordDictionary } from './word-dictionary.ts';

const jieba = Jieba.withDict(dict);
const dictionary = new WordDictionary(packDictionary());

const entries = new TextDecoder().decode(dict).trim().split('\n');
/** Words of the dictionary with single characters, rare ones and other scripts between them. */
const wordsAndOthers = fc
  .array(
    fc.oneof(
      fc.nat(entries.length - 1).map((at) => entries[at]?.split(' ')[0] ?? ''),
      fc.constantFrom(
        ...'托卡耶夫霍果斯龘〇々䶮',
        '𠀀',
        '𪚥',
        'Ａ',
        'kW·h',
        'C++',
        '3.14%',
        'T恤',
        ' ',
        '\r\n',
        '\u3000',
        '\u0085',
        '\ufeff',
        '，',
        '👨‍👩‍👧',
        'Қазақстан',
        'é',
      ),
    ),
    { maxLength: 20 },
  )
  .map((pieces) => pieces.join(''));

const expectSameAsJieba = (text: string) => {
  expect(cutWords(text, dictionary, true)).toEqual(jieba.cut(text, true));
  expect(cutWords(text, dictionary, false)).toEqual(jieba.cut(text, false));
  for (const { word, tag } of jieba.tag(text, true)) {
    // What the dictionary does not have, jieba calls a number, a foreign word, or nothing.
    const isGuess = dictionary.tagOf(word) === undefined && /^(?:x|m|eng)$/.test(tag);
    if (!isGuess) expect(dictionary.tagOf(word)).toBe(tag);
  }
};

describe('words are cut as jieba cuts them', () => {
  it('in whatever text', () => {
    fc.assert(fc.property(fc.oneof(wordsAndOthers, officialText(), fc.string({ unit: 'binary', maxLength: 40 })), expectSameAsJieba), {
      numRuns: 3000,
    });
  });

  it('in the statement', async () => {
    const { text, paragraphs } = await readSample(statementFile);
    expectSameAsJieba(text);
    for (const paragraph of paragraphs) expectSameAsJieba(paragraph.text);
  });
});

describe('the packed dictionary', () => {
  it('knows each word’s tag and inverse document frequency to the last bit', () => {
    for (const entry of entries) {
      const [word = '', , tag] = entry.split(' ');
      if (dictionary.tagOf(word) !== tag) expect(`${word} ${dictionary.tagOf(word)}`).toBe(`${word} ${tag}`);
    }
    for (const line of new TextDecoder().decode(idf).trim().split('\n')) {
      const space = line.lastIndexOf(' ');
      const known = dictionary.inverseFrequencyOf(line.slice(0, space));
      if (known !== Number(line.slice(space + 1))) expect(`${line} ${known}`).toBe(line);
    }
    expect(dictionary.inverseFrequencyOf('从未见过的词')).toBeUndefined();
    expect(dictionary.tagOf('从未见过的词')).toBeUndefined();
  });
});
