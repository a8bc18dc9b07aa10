import type { Jieba } from '@node-rs/jieba';
import { isGeneralWord } from './background-frequency.ts';
import { cutWords } from './cut-words.ts';
import { wordDictionary } from './word-dictionary.ts';

let jieba: Jieba | undefined;

/** For who is going to cut much: jieba itself gives the same words three times as fast, and takes 0.3 s and 40 MB to load. */
export async function loadJieba(): Promise<void> {
  const [{ Jieba }, { dict }] = await Promise.all([import('@node-rs/jieba'), import('@node-rs/jieba/dict.js')]);
  jieba ??= Jieba.withDict(dict);
}

/** Chinese words of a normalised text in reading order; other scripts and punctuation come out as they stand. */
export const segmentWords = (text: string): string[] => jieba?.cut(text, true) ?? cutWords(text, wordDictionary(), true);

/** The same, with no words but the dictionary's. */
export const segmentKnownWords = (text: string): string[] => cutWords(text, wordDictionary(), false);

export type TaggedWord = { word: string; tag: string };

/** The same as `segmentWords`, each word with its part of speech by the dictionary; empty where it does not know the word. */
export const tagWords = (text: string): TaggedWord[] =>
  segmentWords(text).map((word) => ({ word, tag: wordDictionary().tagOf(word) ?? '' }));

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

/** What may be somebody's name; the tags also stand at common nouns. */
export const isPerson = ({ tag, word }: TaggedWord): boolean => word.length > 1 && tag.startsWith('nr');

/** Short names of organisations and countries: 北约, 欧盟. */
export const isAbbreviation = ({ tag, word }: TaggedWord): boolean => word.length > 1 && tag === 'j';

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
