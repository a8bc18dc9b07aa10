import { wordDictionary } from './word-dictionary.ts';

/** idf of a word that the table does not know: names and rare words, at the table's median (11.95). */
const UNKNOWN_WORD = 11.95;

/** Whether general Chinese text has the word. */
export const isGeneralWord = (word: string): boolean => wordDictionary().inverseFrequencyOf(word) !== undefined;

/**
 * How much a Chinese word says, 0.07…1.26, from its inverse document frequency in general Chinese text: a corpus of
 * sixty paragraphs cannot tell 的 from 引水. clip(idf / 8, .05, 1.6)^.5 as measured in the retrieval study.
 */
export function backgroundWeight(word: string): number {
  const inverseFrequency = wordDictionary().inverseFrequencyOf(word) ?? UNKNOWN_WORD;
  return Math.sqrt(Math.min(1.6, Math.max(0.05, inverseFrequency / 8)));
}
