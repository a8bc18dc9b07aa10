import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Beginnings, Vocabulary } from '../../index/lexical/vocabulary.ts';
import { unpackFile } from '../../index/packed-file.ts';
import { InternedStrings } from '../../index/tables/interned-strings.ts';
import { packageRoot } from '../../package-root.ts';
import { YoujuError } from '../../youju-error.ts';

/** Written by the build; read from tests too. */
export const DICTIONARY_FILE: string = path.join(packageRoot, 'dist', 'ingest', 'text', 'chinese', 'dictionary.bin');

/**
 * jieba's dictionary and inverse document frequencies, used as they lie on the disk: jieba itself takes 260 ms and 40 MB to load the former,
 * a `Map` of the latter another 150 ms.
 */
export class WordDictionary {
  /** Traditional characters, and what they are simplified to. */
  readonly simplified: ReadonlyMap<string, string>;
  readonly #words: Vocabulary;
  /** The words of the dictionary come first; behind them those that only the other table has. */
  readonly #count: number;
  readonly #logTotal: number;
  readonly #frequencies: Uint32Array;
  readonly #tags: Uint16Array;
  readonly #tagNames: InternedStrings;
  readonly #beginnings: Beginnings;
  /** The different ones, and which of them each word has. */
  readonly #inverseFrequencies: Float64Array;
  readonly #inverseFrequencyNumbers: Uint16Array;

  constructor(file: Buffer) {
    const unpacked = unpackFile(file);
    const [count = 0, total = 0] = unpacked.integers('counts');
    this.#words = Vocabulary.unpack('words', unpacked);
    this.#count = count;
    this.#logTotal = Math.log(total);
    this.#frequencies = unpacked.integers('frequencies');
    this.#tags = unpacked.shorts('tags');
    this.#tagNames = new InternedStrings('tagNames', unpacked);
    this.#beginnings = new Beginnings(unpacked.bytes('beginnings'));
    const { buffer, byteOffset, byteLength } = unpacked.bytes('inverseFrequencies');
    this.#inverseFrequencies = new Float64Array(buffer, byteOffset, byteLength / Float64Array.BYTES_PER_ELEMENT);
    this.#inverseFrequencyNumbers = unpacked.shorts('inverseFrequencyNumbers');
    this.simplified = new Map(pairsOf(new TextDecoder().decode(unpacked.bytes('simplified'))));
  }

  /** What a single character that is no word is taken to have: one occurrence. */
  get logShareOfUnknown(): number {
    return -this.#logTotal;
  }

  /** Tells of each word that stands at a place of a text, shortest first. */
  forEachAt(text: string, start: number, use: (end: number, logShare: number) => void): void {
    this.#words.forEachAt(text, start, this.#beginnings, (end, number) => {
      if (number < this.#count) use(end, Math.log(this.#frequencies[number] ?? 0) - this.#logTotal);
    });
  }

  /** The part of speech of a word, by jieba's tags; `undefined` where it is no word of the dictionary. */
  tagOf(word: string): string | undefined {
    const number = this.#words.numberOf(word);
    return number === undefined || number >= this.#count ? undefined : this.#tagNames.at(this.#tags[number] ?? 0);
  }

  /** The inverse document frequency of a word in general text; `undefined` where the table does not have it. */
  inverseFrequencyOf(word: string): number | undefined {
    const number = this.#words.numberOf(word);
    const value = number === undefined ? undefined : this.#inverseFrequencies[this.#inverseFrequencyNumbers[number] ?? 0];
    return Number.isNaN(value) ? undefined : value;
  }
}

/** Characters two by two. */
function* pairsOf(text: string): Generator<[string, string]> {
  let first: string | undefined;
  for (const character of text) {
    if (first === undefined) first = character;
    else {
      yield [first, character];
      first = undefined;
    }
  }
}

let dictionary: WordDictionary | undefined;

/** One dictionary a process. */
export function wordDictionary(): WordDictionary {
  dictionary ??= readDictionary();
  return dictionary;
}

/** Reads it beside whatever else is read, so that nobody waits for it later. */
export async function loadWordDictionary(): Promise<void> {
  const file = await readFile(DICTIONARY_FILE).catch((cause: unknown) => {
    throw unreadable(cause);
  });
  dictionary ??= new WordDictionary(file);
}

function readDictionary(): WordDictionary {
  try {
    return new WordDictionary(readFileSync(DICTIONARY_FILE));
  } catch (cause) {
    throw unreadable(cause);
  }
}

const unreadable = (cause: unknown) =>
  new YoujuError('bad-configuration', `${DICTIONARY_FILE} cannot be read: run \`npm run build\``, { cause });
