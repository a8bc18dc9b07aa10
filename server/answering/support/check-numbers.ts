import { parseChineseNumeral } from '../../../ingest/text/chinese/chinese-numerals.ts';
import { bearsOut, findDates } from './find-dates.ts';

const NUMBER = /\d+(?:[.,]\d+)*/gu;
/** Numbers in Chinese characters: two at least, since one alone (两国, 一致) seldom counts anything. */
const CHINESE_NUMBER = /百分之[〇零一二两三四五六七八九十百]+|[〇零一二两三四五六七八九十百千万亿]{2,}/gu;
/** One character that does count. */
const COUNTED = /(?<![〇零一二两三四五六七八九十百千万亿第])[二两三四五六七八九十](?=[个個项項次届屆份座条條名位倍种種])/gu;

const DIGITS = '〇一二三四五六七八九';
const numeralValue = (character: string): number =>
  character === '两' ? 2 : (parseChineseNumeral(character) ?? DIGITS.indexOf(character));

/** Numbers written as words, by value; those for one and first seldom count. Hundreds and more as the characters that stand for them. */
const NUMBER_WORDS: [value: number, words: string][] = [
  [2, 'two second twice double both два две двух двум двумя второй вторая второе второго екі екінші екеу'],
  [3, 'three third triple три трех трем третий третья третье третьего үш үшінші'],
  [4, 'four fourth четыре четырех четвертый четвертая четвертого төрт төртінші'],
  [5, 'five fifth пять пяти пятый пятая пятого бес бесінші'],
  [6, 'six sixth шесть шести шестой шестая шестого алты алтыншы'],
  [7, 'seven seventh семь семи седьмой седьмая седьмого жеті жетінші'],
  [8, 'eight eighth восемь восьми восьмой восьмая восьмого сегіз сегізінші'],
  [9, 'nine ninth девять девяти девятый девятая девятого тоғыз тоғызыншы'],
  [10, 'ten tenth десять десяти десятый десятая десятого оныншы'],
  [11, 'eleven eleventh одиннадцать одиннадцати'],
  [12, 'twelve twelfth dozen dozens двенадцать двенадцати дюжина'],
  [13, 'thirteen тринадцать'],
  [14, 'fourteen четырнадцать'],
  [15, 'fifteen пятнадцать'],
  [16, 'sixteen шестнадцать'],
  [17, 'seventeen семнадцать'],
  [18, 'eighteen восемнадцать'],
  [19, 'nineteen девятнадцать'],
  [20, 'twenty двадцать двадцати жиырма'],
  [30, 'thirty тридцать тридцати отыз'],
  [40, 'forty сорок сорока қырық'],
  [50, 'fifty пятьдесят пятидесяти елу'],
  [60, 'sixty шестьдесят шестидесяти алпыс'],
  [70, 'seventy seventieth семьдесят семидесяти жетпіс'],
  [80, 'eighty восемьдесят восьмидесяти сексен'],
  [90, 'ninety девяносто тоқсан'],
  [100, 'hundred hundreds сто сотни сотен жүз'],
  [1000, 'thousand thousands тысяча тысячи тысяч мың'],
  [1e6, 'million millions миллион миллиона миллионов'],
  [1e9, 'billion billions миллиард миллиарда миллиардов'],
  [1e12, 'trillion trillions триллион триллиона триллионов'],
];
const VALUE_BY_WORD = new Map(NUMBER_WORDS.flatMap(([value, words]) => words.split(' ').map((word) => [word, value] as const)));
const WORD = /\p{L}+/gu;
/** How else Chinese says a number: 双方, 两国. */
const OTHER_WAYS = new Map([
  [2, /[两双二兩雙]/u],
  [100, /百/u],
  [1000, /[千万]/u],
  [1e6, /[万亿]/u],
  [1e9, /[亿]/u],
  [1e12, /[亿兆]/u],
]);

/** 一条船 and 第一任 are normalised to 1, too, and count nothing. */
const DIGIT_ONE = /(?<![\d.,])1(?![\d.,])/u;

/** Who agreed is known from the title; how many they are is no statement. */
const TWO_SIDES =
  /(?:the two|both) (?:sides|parties|countries|states|nations|peoples)|(?:обе|обеих|обеими|две|двух|двумя) (?:сторон|стран|государств)\p{Ll}{0,3}|екі (?:ел|тарап|мемлекет)\p{Ll}{0,8}|[两兩](?:国|國|方|个国家)/gu;

/**
 * Whether every number and date of a sentence stands in the evidence, both normalised; `sentence` is as written. A date must stand there as a whole: its day,
 * month and year from three dates make a fourth.
 */
export function numbersAreCited(sentence: string, stated: string, evidence: string): boolean {
  const told = findDates(evidence).flatMap(({ dates }) => dates);
  const found = findDates(stated);
  if (!found.every(({ dates }) => dates.every((date) => told.some((other) => bearsOut(other, date))))) return false;
  const rest = without(stated, found).replace(TWO_SIDES, ' ');
  // Digits of other scripts than ours would pass unread.
  if (/(?![0-9〇])\p{N}/u.test(rest)) return false;
  const numbers = new Set((evidence.match(NUMBER) ?? []).map(plain));
  if (!DIGIT_ONE.test(sentence.normalize('NFKC'))) numbers.add('1');
  if (!(rest.match(NUMBER) ?? []).every((number) => numbers.has(plain(number)))) return false;
  const compact = evidence.replace(/\s+/gu, '');
  if (!(rest.replace(/\s+/gu, '').match(CHINESE_NUMBER) ?? []).every((number) => compact.includes(number))) return false;
  const tells = (value: number) => numbers.has(String(value)) || tellsInWords(evidence, value);
  return (
    (rest.match(COUNTED) ?? []).every((character) => tells(numeralValue(character))) &&
    (rest.match(WORD) ?? []).every((word) => {
      const value = VALUE_BY_WORD.get(word);
      return value === undefined || tells(value);
    })
  );
}

function tellsInWords(evidence: string, value: number): boolean {
  if (OTHER_WAYS.get(value)?.test(evidence)) return true;
  if ((evidence.match(WORD) ?? []).some((word) => VALUE_BY_WORD.get(word) === value)) return true;
  const numerals = evidence.match(/[〇零一二两三四五六七八九十百]+/gu) ?? [];
  return numerals.some((numeral) => parseChineseNumeral(numeral.replaceAll('两', '二')) === value);
}

/** 1,000 is 1000. */
const plain = (number: string) => number.replace(/,(?=\d{3}(?!\d))/g, '');

function without(text: string, found: readonly { start: number; end: number }[]): string {
  let rest = '';
  let from = 0;
  for (const { start, end } of found.toSorted((a, b) => a.start - b.start)) {
    rest += `${text.slice(from, start)} `;
    from = end;
  }
  return rest + text.slice(from);
}
