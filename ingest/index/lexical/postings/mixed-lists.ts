import type { UnpackedFile } from '../../packed-file.ts';
import type { Mixture, SourcePostings } from './term-postings.ts';

/** Which lists each term is mixed from: it stands wherever one of them says. */
export class MixedLists {
  readonly #starts: Uint32Array;
  readonly #lists: Uint32Array;
  readonly #weights: Float32Array;

  private constructor(starts: Uint32Array, lists: Uint32Array, weights: Float32Array) {
    this.#starts = starts;
    this.#lists = lists;
    this.#weights = weights;
  }

  static unpack(view: string, file: UnpackedFile): MixedLists {
    return new MixedLists(
      file.integers(`${view}.mixtureStarts`),
      file.integers(`${view}.mixtureLists`),
      file.floats(`${view}.mixtureWeights`),
    );
  }

  /** @param read lends a list */
  mixtureOf(term: number, read: (list: number) => SourcePostings): Mixture {
    const sources = [];
    for (let at = this.#starts[term] ?? 0; at < (this.#starts[term + 1] ?? 0); at++) {
      const list = this.#lists[at] ?? 0;
      sources.push({ weight: this.#weights[at] ?? 0, read: () => read(list) });
    }
    return { kind: 'mixture', sources };
  }
}
