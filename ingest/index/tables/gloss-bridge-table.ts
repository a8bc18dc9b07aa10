import type { GlossBridges } from '../../text/expand-meanings.ts';
import { GrowingIntegers } from '../lexical/postings/growing-integers.ts';
import { Vocabulary } from '../lexical/vocabulary.ts';
import { packFile, unpackFile } from '../packed-file.ts';
import { InternedStrings, StringNumbers } from './interned-strings.ts';

/** Weights have two decimals. */
const HUNDREDTHS = 100;

export function packGlossBridges(bridges: GlossBridges): Buffer {
  const terms = new StringNumbers();
  const columns = { starts: new GrowingIntegers(), terms: new GrowingIntegers(), hundredths: new GrowingIntegers() };
  for (const [, reached] of bridges) {
    columns.starts.push(columns.terms.length);
    for (const [term, weight] of reached) {
      columns.terms.push(terms.of(term));
      columns.hundredths.push(Math.round(weight * HUNDREDTHS));
    }
  }
  columns.starts.push(columns.terms.length);
  const words = bridges.map(([word]) => word);
  return packFile({
    ...Vocabulary.pack('words', words, words.length),
    ...terms.pack('termStrings'),
    starts: columns.starts.values().slice(),
    terms: columns.terms.values().slice(),
    hundredths: Uint8Array.from(columns.hundredths.values()),
  });
}

/** The bridges of an index, by word. They lie packed as in the file. */
export class GlossBridgeTable {
  readonly #words: Vocabulary;
  readonly #termStrings: InternedStrings;
  readonly #starts: Uint32Array;
  readonly #terms: Uint32Array;
  readonly #hundredths: Uint8Array;

  /** @param file what `packGlossBridges` gave; its hash was checked */
  constructor(file: Buffer) {
    const unpacked = unpackFile(file);
    this.#words = Vocabulary.unpack('words', unpacked);
    this.#termStrings = new InternedStrings('termStrings', unpacked);
    this.#starts = unpacked.integers('starts');
    this.#terms = unpacked.integers('terms');
    this.#hundredths = unpacked.bytes('hundredths');
  }

  /** The gloss terms that a word reaches, with weights in 0…1; `undefined` where it reaches none. */
  get(word: string): [term: string, weight: number][] | undefined {
    const row = this.#words.numberOf(word);
    if (row === undefined) return undefined;
    const reached: [string, number][] = [];
    for (let at = this.#starts[row] ?? 0; at < (this.#starts[row + 1] ?? 0); at++)
      reached.push([this.#termStrings.at(this.#terms[at] ?? 0), (this.#hundredths[at] ?? 0) / HUNDREDTHS]);
    return reached;
  }
}
