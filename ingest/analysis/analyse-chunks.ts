import { HASHED_DIMENSION, HashedEmbedder } from '../embedding/hashed-embeddings.ts';
import { type GatheredTerms, gatherTerms } from '../index/lexical/gather-terms.ts';
import { ConceptFinder, type ConceptNameTables } from '../text/concept-names.ts';
import { MeaningFinder } from '../text/expand-meanings.ts';
import { type Syllables, soundsInChinese } from '../text/name-sounds.ts';
import { normalizeText } from '../text/normalize-text.ts';
import { tokenizeRendering } from '../text/tokenize-rendering.ts';
import { type ChunkTerms, type SentenceTerms, tokenizeText } from '../text/tokenize-text.ts';
import { type TrieTables, WordTrie } from '../text/word-trie.ts';

/** What a rendering says in place of a chunk, and of each of its sentences. */
export type ChunkRendering = { language: string; whole: string; sentences: string[] };

/** A chunk as its analysis needs it: cut out of its document, so that another thread can be handed it. */
export type ChunkText = {
  /** BCP 47 tag. */
  language: string;
  context: string;
  sentences: string[];
  renderings: ChunkRendering[];
  keywords: { language: string; keyword: string }[];
  /** Whether it needs a vector of the embedded default. */
  isEmbedded: boolean;
};

/** What dictionary and term base have for the analysis, as it is handed to a thread. */
export type AnalysisDictionary = {
  concepts: ConceptNameTables;
  words: TrieTables;
  syllables: Syllables;
  nameCharacters: ReadonlySet<string>;
};

/**
 * What a batch of chunks says; `vectors` one after another, of those chunks that need one; the dictionary words in it that are too long to
 * be terms.
 */
export type AnalysedBatch = { terms: GatheredTerms; vectors: Float32Array; longWords: string[] };

/** Breaks chunks into their terms, and embeds them from the same words. */
export class ChunkAnalyst {
  readonly #meanings: MeaningFinder;
  readonly #dictionary: AnalysisDictionary;
  readonly #embedder = new HashedEmbedder();

  constructor(dictionary: AnalysisDictionary) {
    this.#dictionary = dictionary;
    this.#meanings = new MeaningFinder(new ConceptFinder(dictionary.concepts), new WordTrie(dictionary.words));
  }

  analyse(chunks: readonly ChunkText[]): AnalysedBatch {
    const vectors = new Float32Array(chunks.filter(({ isEmbedded }) => isEmbedded).length * HASHED_DIMENSION);
    const terms = gatherTerms(this.#analyseEach(chunks, vectors));
    return { terms, vectors, longWords: [...this.#meanings.longWords] };
  }

  /** One after another: the terms of all at once would take a hundred times the index. */
  *#analyseEach(chunks: readonly ChunkText[], vectors: Float32Array): Generator<ChunkTerms> {
    let place = 0;
    for (const chunk of chunks) {
      const sentences = chunk.sentences.map((sentence, number) => this.#ofSentence(chunk, sentence, number));
      if (chunk.isEmbedded) {
        this.#embedder.embedInto(vectors, place, chunk.context, sentences);
        place += HASHED_DIMENSION;
      }
      yield {
        sentences,
        rendering: chunk.renderings.flatMap(({ language, whole }) => tokenizeRendering(whole, language)),
        keyword: chunk.keywords.flatMap(({ language, keyword }) => tokenizeRendering(keyword, language)),
      };
    }
  }

  #ofSentence({ language, renderings }: ChunkText, sentence: string, number: number) {
    const text = normalizeText(sentence);
    const { syllables, nameCharacters } = this.#dictionary;
    return {
      ...tokenizeText(text),
      meaningSources: this.#meanings.sourcesIn(text, language),
      rendering: renderings.flatMap((rendering) => tokenizeRendering(rendering.sentences[number] ?? '', rendering.language)),
      sound: soundsInChinese(text, syllables, nameCharacters),
    } satisfies SentenceTerms;
  }
}
