import { parseChineseNumeral } from '../text/chinese/chinese-numerals.ts';
import type { Enumerator, EnumeratorStyle } from './document.ts';

const IDEOGRAPHIC = '[〇零一二三四五六七八九十百]+';
const IDEOGRAPHIC_NUMERAL = new RegExp(IDEOGRAPHIC, 'gu');

/** Per style: the marker at the start of a block, the numeral in group 1. Ordered: the first that matches wins. */
const PATTERNS: { style: EnumeratorStyle; pattern: RegExp }[] = [
  { style: 'bare', pattern: new RegExp(`^(${IDEOGRAPHIC}|[IVXLⅠ-Ⅻ]+)$`, 'u') },
  { style: 'chapter', pattern: new RegExp(`^第(${IDEOGRAPHIC}|\\d{1,3})(?:章|编|篇|部分|节)(?=[\\s\u3000、：:]|$)`, 'u') },
  { style: 'chapter', pattern: /^(?:Part|Chapter|Section|Часть|Раздел|Глава)\s+(\d{1,3}|[IVXL]+)(?=[\s.:—-]|$)[.:]?/iu },
  { style: 'article', pattern: new RegExp(`^第(${IDEOGRAPHIC}|\\d{1,3})条(?=[\\s\u3000、：:]|$)`, 'u') },
  { style: 'article', pattern: /^(?:Article|Статья)\s+(\d{1,3}|[IVXL]+)(?=[\s.:—-]|$)[.:]?/iu },
  { style: 'parenthesised', pattern: new RegExp(`^[（(](${IDEOGRAPHIC}|\\d{1,3})[）)]`, 'u') },
  { style: 'ideographic', pattern: new RegExp(`^(${IDEOGRAPHIC})、`, 'u') },
  { style: 'roman', pattern: /^([IVXL]+|[Ⅰ-Ⅻ])[.、．](?=\s|\p{Script=Han}|$)/u },
  { style: 'arabic', pattern: /^(\d{1,3})[.、．](?!\d)/u },
];

const ROMAN_VALUES = new Map([
  ['I', 1],
  ['V', 5],
  ['X', 10],
  ['L', 50],
]);

/** Value of a roman numeral up to the L range; `undefined` when the letters are not one (e.g. `IIII`, `VX`). */
export function parseRomanNumeral(numeral: string): number | undefined {
  const letters = numeral.normalize('NFKC').toUpperCase();
  if (!/^(?:XL|L?X{0,3})(?:IX|IV|V?I{0,3})$/.test(letters) || letters === '') return undefined;
  let total = 0;
  for (let index = 0; index < letters.length; index++) {
    const value = ROMAN_VALUES.get(letters.charAt(index)) ?? 0;
    const next = ROMAN_VALUES.get(letters.charAt(index + 1)) ?? 0;
    total += value < next ? -value : value;
  }
  return total;
}

function parseNumeral(numeral: string): number | undefined {
  if (/^\d+$/.test(numeral)) return Number(numeral);
  return parseChineseNumeral(numeral) ?? parseRomanNumeral(numeral);
}

/**
 * Numbers continue each other only where they are printed alike: 第二节 does not follow 第一章, nor (2) follow （一）.
 * Punctuation and width may differ, as they do in typed texts.
 */
export function isSameSeries(a: Enumerator, b: Enumerator): boolean {
  return a.style === b.style && shapeOf(a.printed) === shapeOf(b.printed);
}

const shapeOf = (printed: string) =>
  printed
    .normalize('NFKC')
    .toLowerCase()
    .replace(IDEOGRAPHIC_NUMERAL, '一')
    .replace(/\d+/g, '1')
    .replace(/[ivxl]+/g, 'i')
    .replace(/[^\p{L}\p{N}]/gu, '');

/** The number printed at the start of a block, or `undefined` where it starts with none. */
export function recogniseEnumerator(block: string): Enumerator | undefined {
  // A marker is short: looking at the start alone keeps this linear for any block.
  const head = block.slice(0, 24);
  for (const { style, pattern } of PATTERNS) {
    if (style === 'bare' && block.length > head.length) continue;
    const match = pattern.exec(head);
    if (!match?.[1]) continue;
    const value = parseNumeral(match[1]);
    if (value !== undefined && value > 0) return { style, value, printed: match[0] };
  }
  return undefined;
}
