import { dict, idf } from '@node-rs/jieba/dict.js';
import { Converter } from 'opencc-js/t2cn';
import { Beginnings, Vocabulary } from '../../index/lexical/vocabulary.ts';
import { type PackedArray, packFile } from '../../index/packed-file.ts';
import { StringNumbers } from '../../index/tables/interned-strings.ts';

/** The dictionary's words have 300,000 beginnings: half a megabyte. */
const BEGINNING_BITS = 22;

type Entry = { frequency: number; tag: string; inverseFrequency: number };

/** Packs jieba's dictionary and its table of inverse document frequencies: each word once, with what they know of it. */
export function packDictionary(): Buffer {
  const words = new Map<string, Entry>();
  let total = 0;
  for (const line of linesOf(dict)) {
    const [word = '', frequency = '', tag = ''] = line.split(' ');
    total += Number(frequency) - (words.get(word)?.frequency ?? 0);
    words.set(word, { frequency: Number(frequency), tag: words.get(word)?.tag ?? tag, inverseFrequency: Number.NaN });
  }
  const inDictionary = words.size;
  for (const line of linesOf(idf)) {
    const space = line.lastIndexOf(' ');
    const word = line.slice(0, space);
    const known = words.get(word) ?? { frequency: 0, tag: '' };
    words.set(word, { ...known, inverseFrequency: Number(line.slice(space + 1)) });
  }
  const entries = [...words.values()];
  const tags = new StringNumbers();
  return packFile({
    ...Vocabulary.pack('words', words.keys(), words.size),
    counts: Uint32Array.of(inDictionary, total),
    frequencies: Uint32Array.from(entries, ({ frequency }) => frequency),
    tags: Uint16Array.from(entries, ({ tag }) => tags.of(tag)),
    ...tags.pack('tagNames'),
    simplified: new TextEncoder().encode(simplifiedPairs()),
    beginnings: Beginnings.pack([...words.keys()].slice(0, inDictionary), BEGINNING_BITS),
    ...packInverseFrequencies(entries),
  });
}

/** 370,000 words have 3,300 different ones. As doubles: weights come out to the last bit as they would from the table itself. */
function packInverseFrequencies(entries: readonly Entry[]): Record<string, PackedArray> {
  const numbers = new Map<number, number>();
  for (const { inverseFrequency } of entries) if (!numbers.has(inverseFrequency)) numbers.set(inverseFrequency, numbers.size);
  return {
    inverseFrequencies: new Uint8Array(Float64Array.from(numbers.keys()).buffer),
    inverseFrequencyNumbers: Uint16Array.from(entries, ({ inverseFrequency }) => numbers.get(inverseFrequency) ?? 0),
  };
}

const linesOf = (bytes: Uint8Array): string[] =>
  new TextDecoder()
    .decode(bytes)
    .split('\n')
    .filter((line) => line !== '');

const LAST_CHARACTER = 0x3ffff;

/** Each traditional character, followed by what it is simplified to. */
function simplifiedPairs(): string {
  const simplify = Converter({ from: 't', to: 'cn' });
  let pairs = '';
  for (let code = 0x2e80; code <= LAST_CHARACTER; code++) {
    const character = String.fromCodePoint(code);
    if (!/\p{Script=Han}/u.test(character)) continue;
    const once = simplify(character) ?? character;
    // Twice: 薴 simplifies to 苧, which simplifies to 苎.
    const simplified = simplify(once) ?? once;
    if (simplified !== character) pairs += character + simplified;
  }
  return pairs;
}
