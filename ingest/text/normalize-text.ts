import { createRequire } from 'node:module';
import { writeNumeralsAsDigits } from './chinese/chinese-numerals.ts';
import { wordDictionary } from './chinese/word-dictionary.ts';

const require = createRequire(import.meta.url);

function loadConverter() {
  const { Converter }: typeof import('opencc-js/t2cn') = require('opencc-js/t2cn');
  return Converter({ from: 'twp', to: 'cn' });
}

let converter: ReturnType<typeof loadConverter> | undefined;

/** Loaded for the first question in traditional script: it takes 30 ms. */
function toMainlandWording(text: string): string {
  converter ??= loadConverter();
  return converter(text) ?? text;
}

const simplify = (character: string): string => wordDictionary().simplified.get(character) ?? character;

/** Most texts are simplified as they stand: nothing is put together anew then. */
function simplifyAll(text: string): string {
  let simplified = '';
  let done = 0;
  let at = 0;
  for (const character of text) {
    const other = character < FIRST_HAN ? character : simplify(character);
    if (other !== character) {
      simplified += text.slice(done, at) + other;
      done = at + character.length;
    }
    at += character.length;
  }
  return done === 0 ? text : simplified + text.slice(done);
}

/** Longest run of combining marks kept: NFKC of alternating marks is quadratic (1 MB took 450 s), no writing needs more. */
const MARKS = /(\p{M}{4})\p{M}+/gu;
// biome-ignore lint/suspicious/noControlCharactersInRegex: the ASCII range is meant
const ASCII = /^[\x00-\x7f]*$/;
/** Radicals come first in Unicode. */
const FIRST_HAN = '\u2e80';

/**
 * The shadow copy that matching works on, never shown: NFKC (full width → half width), lower case, ё → е, traditional → simplified
 * characters, numerals as digits. Two texts that a reader takes for the same come out the same.
 */
export function normalizeText(text: string): string {
  // Nothing else applies to ASCII, and an ingest normalises 300,000 English glosses.
  if (ASCII.test(text)) return text.toLowerCase();
  const folded = text.replace(MARKS, '$1').normalize('NFKC').toLowerCase().replaceAll('ё', 'е');
  return writeNumeralsAsDigits(simplifyAll(folded));
}

/** Whether a text is written in traditional characters: some of its characters simplify, e.g. 協定 → 协定. */
export function isTraditional(text: string): boolean {
  for (const character of text) if (character >= FIRST_HAN && simplify(character) !== character) return true;
  return false;
}

/** A traditional-script question in mainland wording (網路 → 网络, 資訊 → 信息), for matching mainland documents. */
export function toMainlandChinese(text: string): string {
  return isTraditional(text) ? toMainlandWording(text) : text;
}
