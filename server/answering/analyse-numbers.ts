import type { OpenIndex } from '../../ingest/index/open-generation.ts';
import { type Analysis, distinct, isDocumentYear, type QuestionUnit } from './question-unit.ts';

const NUMBER = /(?<![\p{L}\d])(\d+)(周年|[年月日号届次])?(?![\d\p{Script=Latin}\p{Script=Cyrillic}])/gu;

/** Years, days and other numbers: whoever names one means that one. The documents' own year tells nothing apart. */
export function analyseNumbers(content: string, index: OpenIndex): Analysis {
  const units = [...content.matchAll(NUMBER)].flatMap(([, number = '', counted = '']): QuestionUnit[] => {
    if (isDocumentYear(number, index)) return [];
    const surface = `${number}${counted.replace('号', '日')}`;
    return [{ surface, weight: 1, essential: true, terms: [{ view: 'word', term: surface, weight: 1 }] }];
  });
  return { terms: units.flatMap(({ terms }) => terms), units: distinct(units) };
}
