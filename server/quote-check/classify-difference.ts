import { parseChineseNumeral } from '../../ingest/text/chinese/chinese-numerals.ts';
import { shadowOf } from '../../ingest/text/shadow-text.ts';
import type { DifferenceKind } from '../wire.ts';

/** What takes the meaning of the words after it away. Chinese ones are characters, others words. */
export const LEADING_NEGATIONS = [
  ...'不没未无非勿毋',
  '没有',
  ...['not', 'no', 'never', 'neither', 'nor', 'none', 'nothing', 'without', 'cannot'],
  ...['не', 'нет', 'ни', 'без', 'никогда', 'нельзя'],
];
/** With those that stand behind, and those that most often are part of another word (特别, 莫斯科). */
const NEGATIONS = new Set([...LEADING_NEGATIONS, ...'莫否别', 'емес', 'жоқ']);
/** Words that come and go with “not”: support, do not support. */
const AUXILIARIES = new Set(['do', 'does', 'did']);
/** Pairs of which one denies the other. */
const OPPOSITES = new Set(['有无', '已未', '是非', '可否', '能否', '是否', '没有有', '是不', '可不', '能不', '有未', '须勿', '应勿']);

const NUMBER_WORDS = new Set(
  `zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen
  twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion trillion half dozen
  first second third fourth fifth sixth seventh eighth ninth tenth
  january february march april may june july august september october november december
  monday tuesday wednesday thursday friday saturday sunday
  один два три четыре пять шесть семь восемь девять десять двадцать тридцать сорок пятьдесят сто тысяча тысяч миллион миллиард
  первый второй третий четвертый пятый первого второго третьего четвертого пятого
  января февраля марта апреля мая июня июля августа сентября октября ноября декабря
  бір екі үш төрт бес алты жеті сегіз тоғыз он жиырма отыз қырық елу жүз мың миллион
  қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан`.split(/\s+/u),
);

const DIGITS = /^\p{Nd}+$/u;
/** Numbers with what counts them, single Han characters, words, and what else there is. */
const TOKEN =
  /第?(?:\p{Nd}[\p{Nd}.,:/-]*|[〇零一二两三四五六七八九十百千万亿]+)(?:周年|[年月日号时点分秒届次个项条章节世%‰])?|没有|\p{Script=Han}|[\p{L}\p{N}\p{M}'’]+|[%‰]/gu;
const NUMBER = /^第?[\p{Nd}〇零一二两三四五六七八九十百千万亿]/u;
/** One Chinese numeral alone is seldom a number where it is added or left out (进一步, 统一), but is one where it is replaced. */
const LONE_NUMERAL = /^[一二两三四五六七八九十百千万亿零〇]$/u;

const shadowed = (text: string, side: 'normalized' | 'folded' | 'look') =>
  shadowOf(text)
    .map((unit) => unit[side])
    .join('');

const withoutSpaces = (text: string) =>
  shadowOf(text)
    .map(({ kind, raw }) => (kind === 'space' ? '' : raw))
    .join('');

/** Whether two stretches read alike, spaces aside. */
export const readAlike = (quoted: string, original: string): boolean => shadowed(quoted, 'folded') === shadowed(original, 'folded');

/**
 * The kind of difference between two characters or words that read alike, told by the first step of normalisation that makes them
 * the same.
 */
export function classifyLook(quoted: string, original: string): DifferenceKind {
  if (withoutSpaces(quoted) === withoutSpaces(original)) return 'whitespace';
  const [one, other] = [quoted.normalize('NFKC'), original.normalize('NFKC')];
  // A radical or a compatibility form of a Chinese character is another character that looks the same.
  if (one === other) return /\p{Script=Han}/u.test(quoted) && /\p{Script=Han}/u.test(original) ? 'homoglyph' : 'width';
  if (one.toLowerCase() === other.toLowerCase()) return 'case';
  return shadowed(quoted, 'normalized') === shadowed(original, 'normalized') ? 'script' : 'homoglyph';
}

/** The kind of a difference in letters and digits. */
export function classifyWording(quoted: string, original: string): DifferenceKind {
  if (readAlike(quoted, original)) return classifyLook(quoted, original);
  // As many characters: “burn” looks like “bum”, but is another word.
  if (quoted.length === original.length && shadowed(quoted, 'look') === shadowed(original, 'look')) return 'homoglyph';
  const [one, other] = [tokensOf(quoted), tokensOf(original)];
  if (isNegated(one, other)) return 'negation';
  if (one.length === 1 && other.length === 1 && figureOf(one[0] ?? '') === figureOf(other[0] ?? '')) return 'script';
  return isOtherNumber(one, other) ? 'number' : 'word';
}

const tokensOf = (text: string): string[] => Array.from(shadowless(text).matchAll(TOKEN), ([token]) => token);
const shadowless = (text: string) => text.normalize('NFKC').toLowerCase().replaceAll('ё', 'е').replaceAll('’', "'");

/** What a number comes to, in digits or in Chinese characters; what is none is told by itself. */
const figureOf = (token: string): string =>
  DIGITS.test(token) ? token.replace(/^0+(?=\p{Nd})/u, '') : String(parseChineseNumeral(token) ?? token);

const isNegation = (token: string) => NEGATIONS.has(token) || token.endsWith("n't");
const positiveOf = (token: string) => (token === 'cannot' ? 'can' : token.replace(/n't$/u, ''));

/** Whether the two say the same but for a negation. */
function isNegated(quoted: readonly string[], original: readonly string[]): boolean {
  const [one = '', other = ''] = [quoted.join(''), original.join('')];
  if (OPPOSITES.has(one + other) || OPPOSITES.has(other + one)) return true;
  if (one === `не${other}` || other === `не${one}` || one === `non${other}` || other === `non${one}`) return true;
  const negations = (tokens: readonly string[]) => tokens.filter(isNegation).join(' ');
  if (negations(quoted) === negations(original)) return false;
  const rest = (tokens: readonly string[]) =>
    tokens
      .map((token) => (token === 'cannot' || token.endsWith("n't") ? positiveOf(token) : isNegation(token) ? '' : token))
      .filter((token) => token !== '' && !AUXILIARIES.has(token))
      .join(' ');
  return rest(quoted) === rest(original);
}

const isNumber = (token: string) => NUMBER.test(token) || NUMBER_WORDS.has(token);

/** Whether the two say the same but for a number, or both have digits and not the same. */
function isOtherNumber(quoted: readonly string[], original: readonly string[]): boolean {
  const numbers = (tokens: readonly string[]) => tokens.filter(isNumber);
  const [one, other] = [numbers(quoted), numbers(original)];
  if (one.join(' ') === other.join(' ')) return false;
  const hasDigits = (tokens: readonly string[]) => tokens.some((token) => /\p{Nd}/u.test(token));
  if (hasDigits(one) && hasDigits(other)) return true;
  const rest = (tokens: readonly string[]) => tokens.filter((token) => !isNumber(token)).join(' ');
  if (rest(quoted) !== rest(original)) return false;
  return (one.length > 0 && other.length > 0) || ![...one, ...other].every((token) => LONE_NUMERAL.test(token));
}
