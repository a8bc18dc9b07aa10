import { VIEWS, type View } from '../../text/tokenize-text.ts';
import type { UnpackedFile } from '../packed-file.ts';
import { ListCache } from './postings/list-cache.ts';
import { forEachInColumn, type Postings, roomFor } from './postings/posting-lists.ts';
import { frequencyIn, type TermPostings } from './postings/term-postings.ts';
import { UnitTable } from './unit-table.ts';
import { ViewPostings } from './view-postings.ts';

/** Decoded postings kept at hand, as long as a question is worked on. At 200,000 sentences they take 4 MB. */
const LISTED_POSTINGS_A_SENTENCE = 2.5;
const FEWEST_LISTED_POSTINGS = 32_768;

/** The one place where postings are read: decodes them when they are first asked for, and keeps them as long as there is room. */
export class PostingReader {
  readonly table: UnitTable;
  readonly views: Readonly<Record<View, ViewPostings>>;
  readonly #lists: ListCache;
  /** For a posting in every sentence. */
  readonly #room: Postings;

  constructor(file: UnpackedFile) {
    this.table = new UnitTable(file.integers('firstSentence'));
    const { sentenceCount } = this.table;
    this.#lists = new ListCache(Math.max(FEWEST_LISTED_POSTINGS, LISTED_POSTINGS_A_SENTENCE * sentenceCount));
    this.#room = roomFor(sentenceCount);
    const read = (view: View) => new ViewPostings(view, file, this.table);
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

  /** Where a term stands; lent, until others are asked for. */
  inSentences(view: View, term: number): TermPostings {
    return this.#lists.get(2 * (term * VIEWS.length + VIEWS.indexOf(view)), (room) => this.views[view].inSentences(term, room));
  }

  /** What is listed for chunks themselves, in the views that list it; lent likewise. */
  inChunks(view: View, term: number): TermPostings {
    return this.#lists.get(2 * (term * VIEWS.length + VIEWS.indexOf(view)) + 1, (room) => this.views[view].inChunks(term, room));
  }

  /** Postings one after the other; lent, until others are asked for. */
  listOf(postings: TermPostings): Postings {
    if (postings.kind === 'list') return postings;
    const { units, frequencies } = this.#room;
    let count = 0;
    forEachInColumn(postings.bits, (unit) => {
      units[count] = unit;
      frequencies[count++] = frequencyIn(postings, unit);
    });
    return { units: units.subarray(0, count), frequencies: frequencies.subarray(0, count) };
  }
}
