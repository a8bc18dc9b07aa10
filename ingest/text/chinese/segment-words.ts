import { Jieba } from '@node-rs/jieba';
import { dict } from '@node-rs/jieba/dict.js';
import { isGeneralWord } from './background-frequency.ts';

let jieba: Jieba | undefined;

/** One segmenter a process: its dictionary takes about 0.3 s and 40 MB to load. */
const segmenter = () => {
  jieba ??= Jieba.withDict(dict);
  return jieba;
};

/** Chinese words of a normalised text in reading order; other scripts and punctuation come out as they stand. */
export const segmentWords = (text: string): string[] => segmenter().cut(text, true);

/** The same, with no words but the dictionary's. */
export const segmentKnownWords = (text: string): string[] => segmenter().cut(text, false);

type TaggedWord = { word: string; tag: string };

/** The same as `segmentWords`, each word with its part of speech by the dictionary. */
export const tagWords = (text: string): TaggedWord[] => segmenter().tag(text, true);

const tagged = (text: string) => tagWords(text).filter(({ word }) => word.length > 1);

/**
 * Proper nouns (places, organisations) among the words of a text, by the dictionary's part-of-speech tags. Its tags for personal
 * names also stand at common nouns, and any tag at pairs of characters that general text does not know as words (卫星, 养牛, 多拉):
 * neither is believed.
 */
export const isProperNoun = ({ tag, word }: TaggedWord): boolean =>
  word.length > 1 && /^n[st]/.test(tag) && (word.length > 2 || isGeneralWord(word));

export const findProperNouns = (text: string): string[] =>
  tagWords(text)
    .filter(isProperNoun)
    .map(({ word }) => word);

/** Words that may be somebody's name; the tags also stand at common nouns. */
export const findPersons = (text: string): string[] =>
  tagged(text)
    .filter(({ tag }) => tag.startsWith('nr'))
    .map(({ word }) => word);

/** Short names of organisations and countries: 北约, 欧盟. */
export const findAbbreviations = (text: string): string[] =>
  tagged(text)
    .filter(({ tag }) => tag === 'j')
    .map(({ word }) => word);

/** Names of places among the words of a text. */
export const findPlaces = (text: string): string[] =>
  tagged(text)
    .filter(({ tag }) => tag === 'ns')
    .map(({ word }) => word);

/** Nouns among the words of a text, verbal nouns included. */
export const findNouns = (text: string): string[] =>
  tagged(text)
    .filter(({ tag }) => /^(?:n|vn|an)/.test(tag))
    .map(({ word }) => word);
