import { Jieba } from '@node-rs/jieba';
import { dict } from '@node-rs/jieba/dict.js';

let jieba: Jieba | undefined;

/** One segmenter a process: its dictionary takes about 0.3 s and 40 MB to load. */
const segmenter = () => {
  jieba ??= Jieba.withDict(dict);
  return jieba;
};

/** Chinese words of a normalised text in reading order; other scripts and punctuation come out as they stand. */
export const segmentWords = (text: string): string[] => segmenter().cut(text, true);

const tagged = (text: string) =>
  segmenter()
    .tag(text, true)
    .filter(({ word }) => word.length > 1);

/**
 * Proper nouns (places, organisations, people) among the words of a text, by the dictionary's part-of-speech tags. Its tag for
 * Chinese personal names also stands at common nouns (卫星, 养牛): those that `isCommon` knows are left out.
 */
export const findProperNouns = (text: string, isCommon: (word: string) => boolean): string[] =>
  tagged(text)
    .filter(({ tag, word }) => /^n(?:s|t|rt)/.test(tag) || (tag === 'nr' && !isCommon(word)))
    .map(({ word }) => word);

/** Nouns among the words of a text, verbal nouns included. */
export const findNouns = (text: string): string[] =>
  tagged(text)
    .filter(({ tag }) => /^(?:n|vn|an)/.test(tag))
    .map(({ word }) => word);
