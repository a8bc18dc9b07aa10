import { ListedViewBuilder, MeaningViewBuilder, SentenceViewBuilder } from './lexical/build-view.ts';
import type { GatheredTerms } from './lexical/gather-terms.ts';
import { GrowingIntegers } from './lexical/postings/growing-integers.ts';
import { UnitTable } from './lexical/unit-table.ts';
import { LexicalIndex } from './lexical-index.ts';
import { packFile } from './packed-file.ts';

/** What a source of meaning means: terms of the meaning view, each once, with weights. */
export type MeaningOf = (source: string) => Iterable<readonly [term: string, weight: number]>;

/** Builds a lexical index of batches of chunks, in their order. */
export class LexicalIndexBuilder {
  readonly #views = {
    bigram: new SentenceViewBuilder('sum'),
    unigram: new SentenceViewBuilder('sum'),
    word: new SentenceViewBuilder('sum'),
    sound: new SentenceViewBuilder('once'),
    rendering: new ListedViewBuilder(),
    keyword: new ListedViewBuilder(),
  };
  readonly #meaning: MeaningViewBuilder;
  readonly #firstSentence = new GrowingIntegers();
  #sentenceCount = 0;

  constructor(meaningOf: MeaningOf) {
    this.#meaning = new MeaningViewBuilder(meaningOf);
  }

  add({ sentenceCounts, views }: GatheredTerms): void {
    for (const count of sentenceCounts) {
      this.#firstSentence.push(this.#sentenceCount);
      this.#sentenceCount += count;
    }
    this.#views.bigram.add(views.bigram);
    this.#views.unigram.add(views.unigram);
    this.#views.word.add(views.word);
    this.#views.sound.add(views.sound);
    this.#views.rendering.add(views.rendering);
    this.#views.keyword.add(views.keyword);
    this.#meaning.add(views.meaning);
  }

  /** Whether a source of meaning stands in what was added. */
  hasSource(source: string): boolean {
    return this.#meaning.hasSource(source);
  }

  /** To be called once, when all is added. */
  build(): LexicalIndex {
    this.#firstSentence.push(this.#sentenceCount);
    const table = new UnitTable(this.#firstSentence.values().slice());
    const packed = Object.entries(this.#views).map(([view, builder]) => builder.pack(view, table));
    const arrays = Object.assign({ firstSentence: table.firstSentence }, ...packed, this.#meaning.pack('meaning', table));
    return LexicalIndex.fromBuffer(packFile(arrays));
  }
}
