import { LRUCache } from 'lru-cache';
import { VIEWS, type View } from '../../text/tokenize-text.ts';
import type { UnpackedFile } from '../packed-file.ts';
import { asColumn, bytesOf, type TermPostings } from './term-postings.ts';
import { UnitTable } from './unit-table.ts';
import { ViewPostings } from './view-postings.ts';

/** Decoded postings kept at hand, in bytes: those of the words that everybody asks with. */
const MOST_BYTES = 16 * 1024 * 1024;

/** From this many sentences on, a term that stands in more than a tenth of them is looked up as a column, and scored on candidates only. */
const LARGE = 10_000;
const FREQUENT = 0.1;

/** The one place where postings are read: decodes them when they are first asked for, and keeps them as long as there is room. */
export class PostingReader {
  readonly table: UnitTable;
  readonly views: Readonly<Record<View, ViewPostings>>;
  readonly #decoded = new LRUCache<number, TermPostings>({ maxSize: MOST_BYTES, sizeCalculation: (postings) => bytesOf(postings) + 1 });

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
    return this.#decode(view, term, 0, () => {
      const postings = this.views[view].inSentences(term);
      return this.isFrequent(view, term) ? asColumn(postings, this.table.sentenceCount) : { kind: 'list', ...postings };
    });
  }

  /** What is listed for chunks themselves, in the views that list it. */
  inChunks(view: View, term: number): TermPostings {
    return this.#decode(view, term, 1, () => ({ kind: 'list', ...this.views[view].inChunks(term) }));
  }

  #decode(view: View, term: number, level: 0 | 1, decode: () => TermPostings): TermPostings {
    const key = (term * VIEWS.length + VIEWS.indexOf(view)) * 2 + level;
    const known = this.#decoded.get(key);
    if (known !== undefined) return known;
    const postings = decode();
    this.#decoded.set(key, postings);
    return postings;
  }
}
