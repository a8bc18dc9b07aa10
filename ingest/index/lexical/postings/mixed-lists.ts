import type { UnpackedFile } from '../../packed-file.ts';
import type { Room } from './list-cache.ts';
import type { PostingLists, Postings } from './posting-lists.ts';

/** Terms that stand wherever one of several lists says, as often as these say together, each by its weight. */
export class MixedLists {
  readonly #starts: Uint32Array;
  readonly #lists: Uint32Array;
  readonly #weights: Float32Array;
  readonly #postings: PostingLists;
  /** Sums by unit, and a bit for each unit that has one: all zero between calls. */
  readonly #sums: Float32Array;
  readonly #marks: Uint32Array;

  private constructor(starts: Uint32Array, lists: Uint32Array, weights: Float32Array, postings: PostingLists, unitCount: number) {
    this.#starts = starts;
    this.#lists = lists;
    this.#weights = weights;
    this.#postings = postings;
    this.#sums = new Float32Array(unitCount);
    this.#marks = new Uint32Array((unitCount >>> 5) + 1);
  }

  static unpack(view: string, file: UnpackedFile, postings: PostingLists, unitCount: number): MixedLists {
    const [starts, lists] = [file.integers(`${view}.mixtureStarts`), file.integers(`${view}.mixtureLists`)];
    return new MixedLists(starts, lists, file.floats(`${view}.mixtureWeights`), postings, unitCount);
  }

  /** @param count in how many units the term stands */
  mix(term: number, count: number, room: Room): Postings {
    for (let at = this.#starts[term] ?? 0; at < (this.#starts[term + 1] ?? 0); at++)
      this.#postings.addTo(this.#sums, this.#lists[at] ?? 0, this.#weights[at] ?? 0, this.#marks);
    return this.#collect(room(count));
  }

  /** Reads the sums in the order of their units, by the marks: sorting took longer than mixing. */
  #collect({ units, frequencies }: Postings): Postings {
    let found = 0;
    for (let word = 0; word < this.#marks.length; word++) {
      for (let bits = this.#marks[word] ?? 0; bits !== 0; bits &= bits - 1) {
        const unit = word * 32 + 31 - Math.clz32(bits & -bits);
        units[found] = unit;
        frequencies[found++] = this.#sums[unit] ?? 0;
        this.#sums[unit] = 0;
      }
      this.#marks[word] = 0;
    }
    return { units, frequencies };
  }
}
