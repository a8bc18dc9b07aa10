import { VIEWS, type View } from '../../text/tokenize-text.ts';
import type { UnpackedFile } from '../packed-file.ts';
import { ColumnCache } from './postings/column-cache.ts';
import { ListCache } from './postings/list-cache.ts';
import type { Postings } from './postings/posting-lists.ts';
import type { ListedPostings, TermPostings } from './postings/term-postings.ts';
import { UnitTable } from './unit-table.ts';
import { ViewPostings } from './view-postings.ts';

/**
 * Decoded postings kept at hand. Lists last as long as a question is worked on; a column is thirty times as dear to make, and the words
 * that make columns come up again and again. At 200,000 sentences lists take 4 MB, columns 9 MB, and those of meanings 7 MB.
 */
const LISTED_POSTINGS_A_SENTENCE = 2.5;
const FEWEST_LISTED_POSTINGS = 65_536;
const COLUMNS = 48;
const MEANING_COLUMNS = 9;

/** From this many sentences on, a term that stands in more than a tenth of them is looked up as a column, and scored on candidates only. */
const LARGE = 10_000;
const FREQUENT = 0.1;

/** The one place where postings are read: decodes them when they are first asked for, and keeps them as long as there is room. */
export class PostingReader {
  readonly table: UnitTable;
  readonly views: Readonly<Record<View, ViewPostings>>;
  readonly #lists: ListCache;
  readonly #columns: ColumnCache<Uint8Array<ArrayBuffer>>;
  readonly #meaningColumns: ColumnCache<Float32Array<ArrayBuffer>>;

  constructor(file: UnpackedFile) {
    this.table = new UnitTable(file.integers('firstSentence'));
    const { sentenceCount } = this.table;
    this.#lists = new ListCache(Math.max(FEWEST_LISTED_POSTINGS, LISTED_POSTINGS_A_SENTENCE * sentenceCount));
    this.#columns = new ColumnCache(COLUMNS, () => new Uint8Array(sentenceCount));
    this.#meaningColumns = new ColumnCache(MEANING_COLUMNS, () => new Float32Array(sentenceCount));
    const read = (view: View) => new ViewPostings(view, file, sentenceCount);
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

  /** Where a term stands; lent, until another is asked for. */
  inSentences(view: View, term: number): TermPostings {
    const ofView = this.views[view];
    const key = term * VIEWS.length + VIEWS.indexOf(view);
    if (!this.isFrequent(view, term)) return this.#listed(2 * key, () => ofView.inSentences(term));
    const columns = view === 'meaning' ? this.#meaningColumns : this.#columns;
    return { kind: 'column', column: columns.get(key, (column) => ofView.fill(column, term)) };
  }

  /** What is listed for chunks themselves, in the views that list it. */
  inChunks(view: View, term: number): ListedPostings {
    return this.#listed(2 * (term * VIEWS.length + VIEWS.indexOf(view)) + 1, () => this.views[view].inChunks(term));
  }

  #listed(key: number, decode: () => Postings): ListedPostings {
    return this.#lists.get(key, () => ({ kind: 'list', ...decode() }));
  }
}
