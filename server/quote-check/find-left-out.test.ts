import { beforeAll, describe, expect, test } from 'vitest';
import type { OpenIndex } from '../../ingest/index/open-generation.ts';
import { openStatement, STATEMENT_ID, STATEMENT_SOURCE } from '../testing/statement.ts';
import { strictQuoteCheck } from '../testing/wire-schemas.ts';
import { checkQuote } from './check-quote.ts';
import { findLeftOut } from './find-left-out.ts';

let index: OpenIndex;
beforeAll(async () => {
  index = await openStatement();
});

const check = (quote: string) => strictQuoteCheck.parse(checkQuote({ quote }, { index, publicUrl: 'https://example.org' }));
const leftOutOf = (quote: string) => check(quote).matches.map(({ leftOut }) => leftOut?.text);

describe('a quotation of the statement cut behind its negation', () => {
  test.each([
    ['不', '允许第三国、任何组织、团体或人员在本国领土上从事损害对方国家主权、安全和领土完整的活动'],
    ['不', '参加任何损害对方主权、安全和领土完整的联盟或集团'],
    ['不', '同第三国缔结此类国际条约'],
    ['不可', '分割的一部分'],
    ['非', '例行总统选举'],
    ['反对', '单边主义和保护主义'],
    ['反对', '“强行推动各方尚存巨大分歧的改革方案”'],
  ])('is verbatim, and comes with its %s', (negation, quote) => {
    const { verdict, matches } = check(quote);
    expect(verdict).toBe('verbatim');
    for (const { documentId, paragraphId, start, leftOut } of matches) {
      expect(leftOut).toEqual({ start: start - negation.length, end: start, text: negation });
      expect(index.paragraph(documentId, paragraphId)?.text.slice(leftOut?.start, leftOut?.end)).toBe(negation);
    }
  });

  test('comes with it where it is altered, too', () => {
    expect(leftOutOf('允许第三国、任何组织、团体或人员在本国领土上从事损害对方国家主权和安全的活動')).toEqual(['不']);
  });
});

test.each(['不允许第三国、任何组织、团体或人员', '坚决反对单边主义', '双方', '第三国、任何组织'])(
  '%s is verbatim with nothing left out',
  (quote) => {
    expect(new Set(leftOutOf(quote))).toEqual(new Set([undefined]));
  },
);

test('each paragraph of the statement, quoted whole, leaves nothing out', () => {
  const paragraphs = index.documents.get(STATEMENT_ID)?.paragraphs ?? [];
  expect(paragraphs.filter(({ text }) => check(text.slice(0, 500).trim()).matches[0]?.leftOut)).toEqual([]);
  expect(STATEMENT_SOURCE).toContain('不允许');
});

test.each([
  ['They shall not |allow it', 'not '],
  ['Kazakhstan opposes |any such act', 'opposes '],
  ['They don’t |agree', 'don’t '],
  ['Стороны не |допускают', 'не '],
  ['Они выступают против “|блоков', 'против “'],
  ['雙方不會|允許', '不會'],
  ['双方反对“|台独', '反对“'],
  ['兩國沒有|分歧', '沒有'],
  ['knot |tied', undefined],
  ['南非|总统', undefined],
  ['双方特别|重视', undefined],
  ['Туда. Конец дня |начало', undefined],
  ['Ол жоқ |біз', undefined],
  ['如果不，|双方', undefined],
  ['|双方', undefined],
])('%s', (marked, expected) => {
  const start = marked.indexOf('|');
  expect(findLeftOut(marked.replace('|', ''), start)?.text).toBe(expected);
});
