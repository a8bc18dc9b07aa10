import type { EmbeddingsInterface } from '@langchain/core/embeddings';
import { backgroundWeight } from '../text/chinese/background-frequency.ts';
import { normalizeText } from '../text/normalize-text.ts';
import { bigramsOf, wordsOf } from '../text/tokenize-text.ts';

export const HASHED_DIMENSION = 256;

/** Each feature goes to several places, so that two features seldom share all (Weinberger et al. 2009, signed feature hashing). */
const PLACES = 3;
const BIGRAM_WEIGHT = 0.5;

/** 32-bit FNV-1a over UTF-16 code units, with a final avalanche (MurmurHash3) so that the low bits are usable. */
function hash(feature: string, seed: number): number {
  let state = 0x811c9dc5 ^ seed;
  for (let index = 0; index < feature.length; index++) state = Math.imul(state ^ feature.charCodeAt(index), 0x01000193);
  state = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
  state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35);
  return (state ^ (state >>> 16)) >>> 0;
}

/** The words and bigrams of a normalised text, each as often as it stands there. */
type EmbeddedTerms = { word: readonly string[]; bigram: readonly string[] };

/** Where a feature goes and with which sign, what it weighs each time, and what that comes to in the text at hand. */
type Feature = { codes: number[]; weight: number; sum: number };

/** Those of 100,000 official paragraphs are 40,000. */
const MOST_REMEMBERED = 100_000;

/** Embeds texts by their words and bigrams, and remembers where those go: an ingest meets the same again and again. */
export class HashedEmbedder {
  readonly #words = new Map<string, Feature>();
  readonly #bigrams = new Map<string, Feature>();
  #context: { text: string; terms: EmbeddedTerms } = { text: '', terms: { word: [], bigram: [] } };

  /** Writes the vector of a heading and the sentences under it, of length 1. */
  embedInto(vectors: Float32Array, start: number, context: string, sentences: readonly EmbeddedTerms[]): void {
    if (this.#words.size + this.#bigrams.size > MOST_REMEMBERED) this.#forget();
    if (this.#context.text !== context) this.#context = { text: context, terms: termsOf(context) };
    this.#write(vectors, start, [this.#context.terms, ...sentences]);
  }

  embed(text: string): number[] {
    const vector = new Float32Array(HASHED_DIMENSION);
    this.embedInto(vector, 0, '', [termsOf(text)]);
    return [...vector];
  }

  #write(vectors: Float32Array, start: number, texts: readonly EmbeddedTerms[]): void {
    const sums = new Float64Array(HASHED_DIMENSION);
    for (const { codes, weight } of this.#weighed(texts)) {
      for (const code of codes) {
        const place = code % HASHED_DIMENSION;
        sums[place] = (sums[place] ?? 0) + (code & 0x80000000 ? -weight : weight);
      }
    }
    const norm = Math.sqrt(sums.reduce((squares, value) => squares + value * value, 0));
    if (norm === 0) sums[0] = 1;
    for (let place = 0; place < HASHED_DIMENSION; place++) vectors[start + place] = (sums[place] ?? 0) / (norm === 0 ? 1 : norm);
  }

  /** The features of texts with what they weigh there, in the order in which they come up. */
  #weighed(texts: readonly EmbeddedTerms[]): { codes: number[]; weight: number }[] {
    const found: Feature[] = [];
    const count = (feature: Feature) => {
      if (feature.sum === 0) found.push(feature);
      feature.sum += feature.weight;
    };
    for (const { word } of texts) for (const each of word) count(this.#wordFeature(each));
    for (const { bigram } of texts) for (const each of bigram) count(this.#bigramFeature(each));
    const weighed = found.map(({ codes, sum }) => ({ codes, weight: Math.sqrt(sum) }));
    for (const feature of found) feature.sum = 0;
    return weighed;
  }

  #wordFeature(word: string): Feature {
    let feature = this.#words.get(word);
    if (!feature) {
      feature = { codes: codesOf(`w:${word}`), weight: backgroundWeight(word), sum: 0 };
      this.#words.set(word, feature);
    }
    return feature;
  }

  #bigramFeature(bigram: string): Feature {
    let feature = this.#bigrams.get(bigram);
    if (!feature) {
      feature = { codes: codesOf(`b:${bigram}`), weight: BIGRAM_WEIGHT, sum: 0 };
      this.#bigrams.set(bigram, feature);
    }
    return feature;
  }

  #forget(): void {
    this.#words.clear();
    this.#bigrams.clear();
  }
}

const codesOf = (feature: string) => Array.from({ length: PLACES }, (_, place) => hash(feature, place));

function termsOf(text: string): EmbeddedTerms {
  const normalised = normalizeText(text);
  return { word: wordsOf(normalised), bigram: bigramsOf(normalised) };
}

/**
 * The embedded default: character bigrams and words of the normalised text, hashed with signs into 256 dimensions and weighted
 * by sublinear frequency × background idf. Deterministic, local, nothing to download; a text's vector depends on
 * that text alone, so a changed paragraph re-embeds only itself. A text without any word yields a fixed unit vector.
 */
export class HashedEmbeddings implements EmbeddingsInterface {
  readonly #embedder = new HashedEmbedder();

  embedDocuments(texts: string[]): Promise<number[][]> {
    return Promise.resolve(texts.map((text) => this.#embedder.embed(text)));
  }

  embedQuery(text: string): Promise<number[]> {
    return Promise.resolve(this.#embedder.embed(text));
  }
}
