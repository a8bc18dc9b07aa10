import type { EmbeddingsInterface } from '@langchain/core/embeddings';
import { backgroundWeight } from '../text/chinese/background-frequency.ts';
import { normalizeText } from '../text/normalize-text.ts';
import { bigramsOf, wordsOf } from '../text/tokenize-text.ts';

export const HASHED_DIMENSION = 512;

/** Each feature goes to two places, so that two features seldom share both (Weinberger et al. 2009, signed feature hashing). */
const PLACES = 2;
const BIGRAM_WEIGHT = 0.6;

/** 32-bit FNV-1a over UTF-16 code units, with a final avalanche (MurmurHash3) so that the low bits are usable. */
function hash(feature: string, seed: number): number {
  let state = 0x811c9dc5 ^ seed;
  for (let index = 0; index < feature.length; index++) state = Math.imul(state ^ feature.charCodeAt(index), 0x01000193);
  state = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
  state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35);
  return (state ^ (state >>> 16)) >>> 0;
}

/**
 * The embedded default: character bigrams and words of the normalised text, hashed with signs into 512 dimensions and weighted
 * by sublinear frequency × background idf. Deterministic, local, nothing to download; a text's vector depends on
 * that text alone, so a changed paragraph re-embeds only itself. A text without any word yields a fixed unit vector.
 */
export class HashedEmbeddings implements EmbeddingsInterface {
  embedDocuments(texts: string[]): Promise<number[][]> {
    return Promise.resolve(texts.map(embed));
  }

  embedQuery(text: string): Promise<number[]> {
    return Promise.resolve(embed(text));
  }
}

function embed(text: string): number[] {
  const normalised = normalizeText(text);
  const weights = new Map<string, number>();
  const add = (feature: string, weight: number) => weights.set(feature, (weights.get(feature) ?? 0) + weight);
  for (const word of wordsOf(normalised)) add(`w:${word}`, backgroundWeight(word));
  for (const bigram of bigramsOf(normalised)) add(`b:${bigram}`, BIGRAM_WEIGHT);

  const vector = new Array<number>(HASHED_DIMENSION).fill(0);
  for (const [feature, weight] of weights) {
    for (let place = 0; place < PLACES; place++) {
      const code = hash(feature, place);
      const index = code % HASHED_DIMENSION;
      vector[index] = (vector[index] ?? 0) + (code & 0x80000000 ? -1 : 1) * Math.sqrt(weight);
    }
  }
  const norm = Math.hypot(...vector);
  if (norm === 0) vector[0] = 1;
  return norm === 0 ? vector : vector.map((value) => value / norm);
}
