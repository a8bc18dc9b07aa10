import { LRUCache } from 'lru-cache';
import { VIEWS, type View } from '../../text/tokenize-text.ts';
import type { UnpackedFile } from '../packed-file.ts';
import { bytesOf, type TermPostings } from './term-postings.ts';
import { UnitTable } from './unit-table.ts';
import { ViewPostings } from './view-postings.ts';

/**
 * Decoded postings kept at hand, in bytes. A list lasts as long as a question is worked on; a column is thirty times as dear to make,
 * and the words that make columns come up again and again.
 */
const BYTES_OF_LISTS = 4 * 1024 * 1024;
const BYTES_OF_COLUMNS = 12 * 1024 * 1024;

const bounded = (maxSize: number) => new LRUCache<number, TermPostings>({ maxSize, sizeCalculation: (postings) => bytesOf(postings) + 1 });

/** From this many sentences on, a term that stands in more than a tenth of them is looked up as a column, and scored on candidates only. */
const LARGE = 10_000;
const FREQUENT = 0.1;

/** The one place where postings are read: decodes them when they are first asked for, and keeps them as long as there is room. */
export class PostingReader {
  readonly table: UnitTable;
  readonly views: Readonly<Record<View, ViewPostings>>;
  readonly #lists = bounded(BYTES_OF_LISTS);
  readonly #columns = bounded(BYTES_OF_COLUMNS);

  constructor(file: UnpackedFile) {
    this.table = new UnitTable(file.integers('firstSentence'));
    const read = (view: View) => new ViewPostings(view, file, this.table.sentenceCount);
    this.views = {
      bigram: read('bigram'),
      unigram: read('unigram'),
      word: read('word'),
      meaning: read('meaning'),
      rendering: read('rendering'),
      keyword: read('keyword'),
      sound: read('sound'),
    };
  }

  isFrequent(view: View, term: number): boolean {
    const { sentenceCount } = this.table;
    return sentenceCount >= LARGE && (this.views[view].sentenceCounts[term] ?? 0) > FREQUENT * sentenceCount;
  }

  inSentences(view: View, term: number): TermPostings {
    const cache = this.isFrequent(view, term) ? this.#columns : this.#lists;
    const key = (term * VIEWS.length + VIEWS.indexOf(view)) * 2;
    const known = cache.get(key);
    if (known !== undefined) return known;
    const ofView = this.views[view];
    const ready: TermPostings =
      cache === this.#columns ? { kind: 'column', column: ofView.asColumn(term) } : { kind: 'list', ...ofView.inSentences(term) };
    cache.set(key, ready);
    return ready;
  }

  /** What is listed for chunks themselves, in the views that list it. */
  inChunks(view: View, term: number): TermPostings {
    const key = (term * VIEWS.length + VIEWS.indexOf(view)) * 2 + 1;
    const known = this.#lists.get(key);
    if (known !== undefined) return known;
    const ready: TermPostings = { kind: 'list', ...this.views[view].inChunks(term) };
    this.#lists.set(key, ready);
    return ready;
  }
}
