import { type ChunkTerms, VIEWS, type View } from '../../text/tokenize-text.ts';
import { type GatheredPostings, PostingGatherer } from './postings/posting-gatherer.ts';
import { TermNumbers } from './term-numbers.ts';

/** One view of a batch of chunks: its terms in the order in which they first come up, and where they stand, by their places in that order. */
export type GatheredView = { terms: string[]; sentences: GatheredPostings; chunks: GatheredPostings };

/** What a batch of chunks says, in typed arrays that another thread can be handed. In the view of meanings the terms are sources. */
export type GatheredTerms = { sentenceCounts: Uint32Array; views: Record<View, GatheredView> };

/** How often a sentence is taken to have a word at most: BM25 hardly tells more from it, and it fits in a byte. */
const MOST_FREQUENT = 255;

/**
 * Gathers the terms of a batch of chunks. Batches one after another make the same index, byte for byte, as one batch of all: each
 * numbers its terms as they come up.
 */
export function gatherTerms(chunks: Iterable<ChunkTerms>): GatheredTerms {
  const gatherers = viewsOf(() => new ViewGatherer());
  const sentenceCounts: number[] = [];
  for (const { sentences, rendering, keyword } of chunks) {
    for (const sentence of sentences) {
      gatherers.bigram.addSentence(sentence.bigram);
      gatherers.unigram.addSentence(sentence.unigram);
      gatherers.word.addSentence(sentence.word);
      gatherers.sound.addSentence(sentence.sound);
      gatherers.rendering.addSentence(sentence.rendering);
      gatherers.keyword.addSentence(keyword);
      gatherers.meaning.addSentence(sentence.meaningSources);
    }
    gatherers.rendering.addChunk(rendering);
    gatherers.keyword.addChunk(keyword);
    sentenceCounts.push(sentences.length);
  }
  return { sentenceCounts: Uint32Array.from(sentenceCounts), views: viewsOf((view) => gatherers[view].gathered()) };
}

/** Something for each view. */
export function viewsOf<Thing>(make: (view: View) => Thing): Record<View, Thing> {
  const [bigram, unigram, word, meaning, rendering, keyword, sound] = VIEWS;
  return {
    bigram: make(bigram),
    unigram: make(unigram),
    word: make(word),
    meaning: make(meaning),
    rendering: make(rendering),
    keyword: make(keyword),
    sound: make(sound),
  };
}

class ViewGatherer {
  readonly #numbers = new TermNumbers();
  readonly #sentences = new PostingGatherer();
  readonly #chunks = new PostingGatherer();
  /** How often each term stands in the unit at hand, by its number. */
  readonly #frequencies: number[] = [];

  addSentence(terms: Iterable<string>): void {
    this.#add(this.#sentences, terms);
  }

  addChunk(terms: Iterable<string>): void {
    this.#add(this.#chunks, terms);
  }

  gathered(): GatheredView {
    return { terms: [...this.#numbers.terms()], sentences: this.#sentences.gathered(), chunks: this.#chunks.gathered() };
  }

  #add(gatherer: PostingGatherer, terms: Iterable<string>): void {
    const found: number[] = [];
    for (const term of terms) {
      const number = this.#numbers.of(term);
      const before = this.#frequencies[number] ?? 0;
      if (before === 0) found.push(number);
      this.#frequencies[number] = before + 1;
    }
    for (const number of found) {
      gatherer.add(number, Math.min(MOST_FREQUENT, this.#frequencies[number] ?? 0));
      this.#frequencies[number] = 0;
    }
    gatherer.closeUnit();
  }
}
