import { type Analysis, distinct, isDocumentYear, type QuestionIndex, type QuestionUnit } from './question-unit.ts';

/** A number says more than a word: it ranks like one that stands in two views. */
const NUMBER_WEIGHT = 2;

const NUMBER =
  /(?<![\p{Script=Latin}\p{Script=Cyrillic}\d哪这那每同唯某任])(\d+)(周年|[年月日号届次])?(?![\d\p{Script=Latin}\p{Script=Cyrillic}])/gu;

/** A session, a year or a day is one in particular; “once” and “3” seldom are. */
const NAMING = /[年月日号届]/u;

/** Years, days and other numbers: whoever names one means that one. The documents' own year tells nothing apart. */
export function analyseNumbers(content: string, index: QuestionIndex): Analysis {
  const units = [...content.matchAll(NUMBER)].flatMap(([, number = '', counted = '']): QuestionUnit[] => {
    if (isDocumentYear(number, index)) return [];
    const surface = `${number}${counted.replace('号', '日').replace('周年', '年')}`;
    return [
      {
        surface,
        weight: 1,
        essential: NAMING.test(counted) || number.length > 1,
        terms: [{ view: 'word', term: surface, weight: NUMBER_WEIGHT }],
      },
    ];
  });
  return { terms: units.flatMap(({ terms }) => terms), units: distinct(units) };
}
