import { toChineseDigits, toChineseNumeral, toLetters, toRomanNumeral } from '../text/format-numerals.ts';

const shifted = (first: number, most: number) => (value: number) =>
  value <= most ? String.fromCodePoint(first + value - 1) : String(value);
const ofCycle = (signs: string) => (value: number) => signs.charAt((value - 1) % signs.length);
const LEGAL: Record<string, string> = Object.fromEntries(
  [...'〇一二三四五六七八九十百千'].map((sign, at) => [sign, '零壹贰叁肆伍陆柒捌玖拾佰仟'.charAt(at)]),
);

/** How a list counts, by the names of WordprocessingML (ECMA-376 §17.18.59). */
const FORMATS: Record<string, (value: number) => string> = {
  decimal: String,
  decimalZero: (value) => String(value).padStart(2, '0'),
  decimalFullWidth: (value) => String(value).replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)),
  decimalEnclosedCircle: shifted(0x2460, 20),
  decimalEnclosedCircleChinese: shifted(0x2460, 20),
  decimalEnclosedParen: shifted(0x2474, 20),
  decimalEnclosedFullstop: shifted(0x2488, 20),
  upperRoman: toRomanNumeral,
  lowerRoman: (value) => toRomanNumeral(value).toLowerCase(),
  upperLetter: toLetters,
  lowerLetter: (value) => toLetters(value).toLowerCase(),
  chineseCounting: toChineseNumeral,
  chineseCountingThousand: toChineseNumeral,
  japaneseCounting: toChineseNumeral,
  taiwaneseCounting: toChineseNumeral,
  taiwaneseCountingThousand: toChineseNumeral,
  ideographDigital: toChineseDigits,
  japaneseDigitalTenThousand: toChineseDigits,
  taiwaneseDigital: toChineseDigits,
  chineseLegalSimplified: (value) => toChineseNumeral(value).replace(/./gu, (sign) => LEGAL[sign] ?? sign),
  ideographTraditional: ofCycle('甲乙丙丁戊己庚辛壬癸'),
  ideographZodiac: ofCycle('子丑寅卯辰巳午未申酉戌亥'),
};

/** The number of a list item as it is shown; a format that is not known counts in digits, and so does what no numeral has. */
export function formatListNumber(format: string, value: number): string {
  const isCountable = Number.isInteger(value) && value >= 1 && value <= 9999;
  return isCountable ? (FORMATS[format] ?? String)(value) : String(value);
}
