import { segmentWords } from './chinese/segment-words.ts';

/**
 * Seven views of a text, each its own vocabulary: Han bigrams, Han characters, segmented words (and words of other scripts),
 * meanings (concepts and translations of single words), renderings (the words of a translation or plain-language version),
 * keywords, and the sounds of foreign names. Frequencies are whole numbers, but in the meaning view.
 */
export const VIEWS = ['bigram', 'unigram', 'word', 'meaning', 'rendering', 'keyword', 'sound'] as const;
export type View = (typeof VIEWS)[number];

/** The terms of a text, each as often as it stands there. */
type Terms = Iterable<string>;

/** The terms of a sentence. What it means is told by the words and names that mean it: the same ones always mean the same. */
export type SentenceTerms = Record<Exclude<View, 'meaning' | 'keyword'>, Terms> & { meaningSources: Terms };

/** The terms of a chunk. Those that its sentences do not have for themselves are listed for the whole. */
export type ChunkTerms = { sentences: SentenceTerms[]; rendering: Terms; keyword: Terms };

const HAN_RUN = /\p{Script=Han}+/gu;
const WORD = /[\p{L}\p{N}]/u;
const HAN = /\p{Script=Han}/u;

/** Overlapping pairs of Han characters; they never span punctuation or another script. */
export function bigramsOf(text: string): string[] {
  const bigrams: string[] = [];
  for (const [run] of text.matchAll(HAN_RUN)) {
    let before = '';
    for (const character of run) {
      if (before !== '') bigrams.push(before + character);
      before = character;
    }
  }
  return bigrams;
}

export function unigramsOf(text: string): string[] {
  const unigrams: string[] = [];
  for (const [run] of text.matchAll(HAN_RUN)) for (const character of run) unigrams.push(character);
  return unigrams;
}

/** A number and what it counts are one word: 4月 is another month than 5月, 2届 another session than 3届. */
const COUNTED = /\d+(?:周年|[年月日号届次])/gu;

/** Segmented words of two characters or more, numbers with what they count, and whole words of other scripts. */
export function wordsOf(text: string): string[] {
  const words = segmentWords(text).filter((word) => (word.length > 1 || !HAN.test(word)) && WORD.test(word));
  for (const [counted] of text.matchAll(COUNTED)) words.push(counted.replace('周年', '年'));
  return words;
}

/** The views of a normalised text that need no dictionary and no rendering. */
export const tokenizeText = (text: string) => ({ bigram: bigramsOf(text), unigram: unigramsOf(text), word: wordsOf(text) });
