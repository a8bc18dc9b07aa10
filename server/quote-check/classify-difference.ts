import { normalizeText } from '../../ingest/text/normalize-text.ts';
import { shadowOf } from '../../ingest/text/shadow-text.ts';
import type { DifferenceKind } from '../wire.ts';

/** What takes the meaning of a word away. Chinese ones are characters, others words. */
const NEGATIONS = new Set([
  ...'不没未无非勿莫毋否别',
  ...['not', 'no', 'never', 'neither', 'nor', 'none', 'nothing', 'without', 'cannot'],
  ...['не', 'нет', 'ни', 'без', 'никогда', 'нельзя'],
  ...['емес', 'жоқ'],
]);
/** Words that come and go with “not”: support, do not support. */
const AUXILIARIES = new Set(['do', 'does', 'did']);
/** Pairs of which one denies the other. */
const OPPOSITES = new Set(['有无', '已未', '是非', '可否', '能否', '是否', '有没', '是不', '可不', '能不', '有未', '须勿', '应勿']);

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

/** Numbers with what counts them, single Han characters, words, and what else there is. */
const TOKEN =
  /第?(?:\p{Nd}[\p{Nd}.,:/-]*|[〇零一二两三四五六七八九十百千万亿]+)(?:周年|[年月日号时点分秒届次个项条章节世%‰])?|\p{Script=Han}|[\p{L}\p{N}\p{M}'’]+|[%‰]/gu;
const NUMBER = /^第?[\p{Nd}〇零一二两三四五六七八九十百千万亿]/u;
/** One Chinese numeral alone is seldom a number where it is added or left out (进一步, 统一), but is one where it is replaced. */
const LONE_NUMERAL = /^[一二两三四五六七八九十百千万亿零〇]$/u;

/**
 * The kind of difference between two characters or words that read alike, told by the first step of normalisation that makes them
 * the same.
 */
export function classifyLook(quoted: string, original: string): DifferenceKind {
  const [one, other] = [quoted.normalize('NFKC'), original.normalize('NFKC')];
  // A radical or a compatibility form of a Chinese character is another character that looks the same.
  if (one === other) return /\p{Script=Han}/u.test(quoted) && /\p{Script=Han}/u.test(original) ? 'homoglyph' : 'width';
  if (one.toLowerCase() === other.toLowerCase()) return 'case';
  return normalizeText(quoted) === normalizeText(original) ? 'script' : 'homoglyph';
}

/** The kind of a difference in letters and digits. */
export function classifyWording(quoted: string, original: string): DifferenceKind {
  const folded = (text: string) =>
    shadowOf(text)
      .map((unit) => unit.folded)
      .join('');
  if (folded(quoted) === folded(original)) return classifyLook(quoted, original);
  const [one, other] = [tokensOf(quoted), tokensOf(original)];
  if (isNegated(one, other)) return 'negation';
  return isOtherNumber(one, other) ? 'number' : 'word';
}

const tokensOf = (text: string): string[] => Array.from(shadowless(text).matchAll(TOKEN), ([token]) => token);
const shadowless = (text: string) => text.normalize('NFKC').toLowerCase().replaceAll('ё', 'е').replaceAll('’', "'");

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
