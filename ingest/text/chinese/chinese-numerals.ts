const DIGITS = new Map([...'〇零一二三四五六七八九'].map((digit, index) => [digit, Math.max(0, index - 1)]));
const UNITS = new Map([
  ['十', 10],
  ['百', 100],
  ['千', 1000],
]);

/**
 * Value of a Chinese numeral below 10,000, positional (二〇一九) or with units (一百二十三).
 * `undefined` when the characters are not a numeral.
 */
export function parseChineseNumeral(numeral: string): number | undefined {
  const characters = [...numeral];
  if (characters.length === 0) return undefined;
  if (characters.every((character) => DIGITS.has(character))) {
    return Number(characters.map((character) => DIGITS.get(character)).join(''));
  }
  let total = 0;
  let pending = 0;
  for (const character of characters) {
    const digit = DIGITS.get(character);
    const unit = UNITS.get(character);
    if (digit !== undefined) pending = digit;
    else if (unit !== undefined) {
      total += (pending || 1) * unit;
      pending = 0;
    } else return undefined;
  }
  return total + pending;
}

// A numeral counts only next to a word that makes it one: 一带一路, 统一 and 进一步 must stay as they are.
const ORDINAL = /第([〇零一二三四五六七八九十百]{1,5})/gu;
const COUNTED = /([〇零一二三四五六七八九十百]{1,6})(?=[年月日号届次条项章段点]|周年)/gu;
const MARKER = /[（(]([〇零一二三四五六七八九十百]{1,4})[）)]/gu;

/** Writes ordinals, dates and item markers with digits: 二〇一九年 → 2019年, 第二届 → 第2届, （十二） → (12). */
export function writeNumeralsAsDigits(text: string): string {
  const replace = (match: string, numeral: string) => {
    const value = parseChineseNumeral(numeral);
    return value === undefined ? match : match.replace(numeral, String(value));
  };
  return text.replace(MARKER, replace).replace(ORDINAL, replace).replace(COUNTED, replace);
}
