import { segmentWords } from './chinese/segment-words.ts';

/**
 * Seven views of a text, each its own vocabulary: Han bigrams, Han characters, segmented words (and words of other scripts),
 * meanings (concepts and translations of single words), renderings (the words of a translation or plain-language version),
 * keywords, and the sounds of foreign names. Frequencies are whole numbers, but in the meaning view.
 */
export const VIEWS = ['bigram', 'unigram', 'word', 'meaning', 'rendering', 'keyword', 'sound'] as const;
export type View = (typeof VIEWS)[number];

type Frequencies = ReadonlyMap<string, number>;

/** The terms of a sentence. What it means is told by the words and names that mean it: the same ones always mean the same. */
export type SentenceTerms = Record<Exclude<View, 'meaning' | 'keyword'>, Frequencies> & { meaningSources: Frequencies };

/** The terms of a chunk. Those that its sentences do not have for themselves are listed for the whole. */
export type ChunkTerms = { sentences: SentenceTerms[]; rendering: Frequencies; keyword: Frequencies };

const HAN_RUN = /\p{Script=Han}+/gu;
const WORD = /[\p{L}\p{N}]/u;

/** How often each term stands among `terms`. */
export const countTerms = (terms: Iterable<string>): Map<string, number> => {
  const frequencies = new Map<string, number>();
  for (const term of terms) frequencies.set(term, (frequencies.get(term) ?? 0) + 1);
  return frequencies;
};

/** Overlapping pairs of Han characters; they never span punctuation or another script. */
export function* bigramsOf(text: string): Generator<string> {
  for (const [run] of text.matchAll(HAN_RUN)) {
    const characters = [...run];
    for (let index = 0; index + 1 < characters.length; index++) yield `${characters[index]}${characters[index + 1]}`;
  }
}

export function* unigramsOf(text: string): Generator<string> {
  for (const [run] of text.matchAll(HAN_RUN)) yield* run;
}

/** A number and what it counts are one word: 4月 is another month than 5月, 2届 another session than 3届. */
const COUNTED = /\d+(?:周年|[年月日号届次])/gu;

/** Segmented words of two characters or more, numbers with what they count, and whole words of other scripts. */
export const wordsOf = (text: string): string[] => [
  ...segmentWords(text).filter((word) => WORD.test(word) && (word.length > 1 || !/\p{Script=Han}/u.test(word))),
  ...Array.from(text.matchAll(COUNTED), ([counted]) => counted.replace('周年', '年')),
];

/** The views of a normalised text that need no dictionary and no rendering. */
export const tokenizeText = (text: string) => ({
  bigram: countTerms(bigramsOf(text)),
  unigram: countTerms(unigramsOf(text)),
  word: countTerms(wordsOf(text)),
});
