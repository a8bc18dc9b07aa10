import { VIEWS, type View } from '../../text/tokenize-text.ts';
import type { UnpackedFile } from '../packed-file.ts';
import { forEachInColumn } from './postings/frequent-columns.ts';
import { ListCache } from './postings/list-cache.ts';
import { PostingMixer } from './postings/posting-mixer.ts';
import { frequencyIn, type Postings, type Room, roomFor, type SourcePostings, type TermPostings } from './postings/term-postings.ts';
import { UnitTable } from './unit-table.ts';
import { ViewPostings } from './view-postings.ts';

/** Decoded postings kept at hand, as long as a question is worked on. At 200,000 sentences they take 4 MB. */
const LISTED_POSTINGS_A_SENTENCE = 2.5;
const FEWEST_LISTED_POSTINGS = 32_768;

/** The lists that are kept: where terms stand in sentences and in chunks, and what terms are mixed from. */
const KEPT = { sentences: 0, chunks: 1, sources: 2 } as const;

/** The one place where postings are read: decodes them when they are first asked for, and keeps them as long as there is room. */
export class PostingReader {
  readonly table: UnitTable;
  readonly views: Readonly<Record<View, ViewPostings>>;
  readonly #lists: ListCache;
  readonly #mixer: PostingMixer;
  /** For a posting in every sentence. */
  readonly #room: Postings;

  constructor(file: UnpackedFile) {
    this.table = new UnitTable(file.integers('firstSentence'));
    const { sentenceCount } = this.table;
    this.#lists = new ListCache(Math.max(FEWEST_LISTED_POSTINGS, LISTED_POSTINGS_A_SENTENCE * sentenceCount));
    this.#mixer = new PostingMixer(sentenceCount);
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

  /** In which sentences a term stands; lent, until others are asked for. */
  inSentences(view: View, term: number): TermPostings {
    const { sentences, mixtures } = this.views[view];
    if (mixtures === undefined) return this.#read('sentences', view, term, (room) => sentences.read(term, room));
    const mixture = mixtures.mixtureOf(term, (source) => this.#read('sources', view, source, (room) => sentences.read(source, room)));
    if (this.views[view].isFrequent(term)) return mixture;
    return this.#read('sentences', view, term, (room) => this.#mixer.mix(mixture, this.#countOf(view, term), room));
  }

  /** The same one after the other. */
  listInSentences(view: View, term: number): Postings {
    const postings = this.inSentences(view, term);
    if (postings.kind === 'mixture') return this.#mixer.mix(postings, this.#countOf(view, term), (count) => this.#roomFor(count));
    return this.#listOf(postings);
  }

  /** What is listed for chunks themselves, in the views that list it; lent likewise. */
  inChunks(view: View, term: number): SourcePostings {
    return this.#read('chunks', view, term, (room) => this.views[view].inChunks(term, room));
  }

  listInChunks(view: View, term: number): Postings {
    return this.#listOf(this.inChunks(view, term));
  }

  #read(kept: keyof typeof KEPT, view: View, list: number, decode: (room: Room) => SourcePostings): SourcePostings {
    return this.#lists.get((list * VIEWS.length + VIEWS.indexOf(view)) * 3 + KEPT[kept], decode);
  }

  #countOf(view: View, term: number): number {
    return this.views[view].sentenceCounts[term] ?? 0;
  }

  #roomFor(count: number): Postings {
    return { units: this.#room.units.subarray(0, count), frequencies: this.#room.frequencies.subarray(0, count) };
  }

  #listOf(postings: SourcePostings): Postings {
    if (postings.kind === 'list') return postings;
    const { units, frequencies } = this.#room;
    let count = 0;
    forEachInColumn(postings.bits, (unit) => {
      units[count] = unit;
      frequencies[count++] = frequencyIn(postings, unit);
    });
    return this.#roomFor(count);
  }
}
