const CHINESE_DIGITS = '〇一二三四五六七八九';
const CHINESE_UNITS = ['', '十', '百', '千'];

const ROMAN_STEPS: [number, string][] = [
  [1000, 'M'],
  [900, 'CM'],
  [500, 'D'],
  [400, 'CD'],
  [100, 'C'],
  [90, 'XC'],
  [50, 'L'],
  [40, 'XL'],
  [10, 'X'],
  [9, 'IX'],
  [5, 'V'],
  [4, 'IV'],
  [1, 'I'],
];

/** 十二, 一百零五; a number of 0…9999. */
export function toChineseNumeral(value: number): string {
  let numeral = '';
  let skipsZero = false;
  for (let place = 3; place >= 0; place--) {
    const digit = Math.floor(value / 10 ** place) % 10;
    if (digit === 0) {
      skipsZero = numeral !== '';
      continue;
    }
    if (skipsZero) numeral += '零';
    // 十二, not 一十二.
    numeral += `${digit === 1 && place === 1 && numeral === '' ? '' : CHINESE_DIGITS.charAt(digit)}${CHINESE_UNITS[place]}`;
    skipsZero = false;
  }
  return numeral === '' ? '零' : numeral;
}

/** 二〇一九: digit by digit. */
export const toChineseDigits = (value: number): string => [...String(value)].map((digit) => CHINESE_DIGITS.charAt(Number(digit))).join('');

/** XIV; empty for numbers below 1. */
export function toRomanNumeral(value: number): string {
  let rest = value;
  let numeral = '';
  for (const [worth, letters] of ROMAN_STEPS) {
    while (rest >= worth) {
      numeral += letters;
      rest -= worth;
    }
  }
  return numeral;
}

/** A, B, … Z; then AA, BB as Word counts on. */
export const toLetters = (value: number): string => String.fromCharCode(65 + ((value - 1) % 26)).repeat(Math.ceil(value / 26));
