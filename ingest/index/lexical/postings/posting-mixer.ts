import { forEachInColumn, LISTED_IN_COLUMN } from './frequent-columns.ts';
import type { ListedPostings, Mixture, Room, SourcePostings } from './term-postings.ts';

/** Mixes the sources of a term into one list. Its arrays are used anew for every term, and all zero between. */
export class PostingMixer {
  readonly #sums: Float32Array;
  /** A bit for each unit that has a sum. */
  readonly #marks: Uint32Array;

  constructor(unitCount: number) {
    this.#sums = new Float32Array(unitCount);
    this.#marks = new Uint32Array((unitCount >>> 5) + 1);
  }

  /** @param count in how many units the term stands; room for them is asked for once all sources were read */
  mix({ sources }: Mixture, count: number, room: Room): ListedPostings {
    const [source, another] = sources;
    if (source && !another) {
      const postings = source.read();
      if (postings.kind === 'list') return weighted(postings, source.weight, room);
    }
    for (const { weight, read } of sources) this.#add(read(), weight);
    return this.#collect(room(count));
  }

  #add(postings: SourcePostings, weight: number): void {
    const [sums, marks] = [this.#sums, this.#marks];
    const { units, frequencies } = postings.kind === 'list' ? postings : postings.listed;
    for (let index = 0; index < units.length; index++) {
      const unit = units[index] ?? 0;
      sums[unit] = (sums[unit] ?? 0) + weight * (frequencies[index] ?? 0);
      marks[unit >>> 5] = (marks[unit >>> 5] ?? 0) | (1 << (unit & 31));
    }
    if (postings.kind === 'list') return;
    forEachInColumn(postings.bits, (unit, frequency) => {
      if (frequency === LISTED_IN_COLUMN) return;
      sums[unit] = (sums[unit] ?? 0) + weight * frequency;
      marks[unit >>> 5] = (marks[unit >>> 5] ?? 0) | (1 << (unit & 31));
    });
  }

  /** Reads the sums in the order of their units, by the marks: sorting took longer than mixing. */
  #collect({ units, frequencies }: Pick<ListedPostings, 'units' | 'frequencies'>): ListedPostings {
    const [sums, marks] = [this.#sums, this.#marks];
    let found = 0;
    for (let word = 0; word < marks.length; word++) {
      for (let bits = marks[word] ?? 0; bits !== 0; bits &= bits - 1) {
        const unit = word * 32 + 31 - Math.clz32(bits & -bits);
        units[found] = unit;
        frequencies[found++] = sums[unit] ?? 0;
        sums[unit] = 0;
      }
      marks[word] = 0;
    }
    return { kind: 'list', units, frequencies };
  }
}

/** Most terms have one source. A copy: the source's list is lent, and may be given up before this one. */
function weighted(source: ListedPostings, weight: number, room: Room): ListedPostings {
  const { units, frequencies } = room(source.units.length);
  units.set(source.units);
  for (let index = 0; index < frequencies.length; index++) frequencies[index] = weight * (source.frequencies[index] ?? 0);
  return { kind: 'list', units, frequencies };
}
