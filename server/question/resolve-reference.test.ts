import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { SourceDocument } from '../../ingest/structure/document.ts';
import { labelParagraph } from '../../ingest/structure/label-paragraph.ts';
import { normalizeText } from '../../ingest/text/normalize-text.ts';
import { openStatement, statementOf } from '../testing/statement.ts';
import { languageSchema } from '../wire.ts';
import { findReference, resolveReference } from './resolve-reference.ts';

let statement: SourceDocument;

beforeAll(async () => {
  statement = statementOf(await openStatement());
});

/** The paragraphs that a question names by number, `undefined` where it names none. */
function placesIn(question: string): string[] | undefined {
  const reference = findReference(normalizeText(question));
  return reference && resolveReference(reference, statement).map(({ paragraphId }) => paragraphId);
}

describe('a question that names an item', () => {
  test.each([
    ['第二部分第六项说了什么？', 'part-2-item-6'],
    ['第２部分第６项', 'part-2-item-6'],
    ['第二部分第（六）条', 'part-2-item-6'],
    ['第二部分（十二）讲什么', 'part-2-item-12'],
    ['第2部分第17项', 'part-2-item-17'],
    ['第二部分第十项', 'part-2-item-10'],
    ['第十五项的内容', 'part-2-item-15'],
    ['第二部分第六項的內容是什麼？', 'part-2-item-6'],
    ['item 8 of part two', 'part-2-item-8'],
    ['What does Part II, item (6) say?', 'part-2-item-6'],
    ['Quote point 12 of the second part', 'part-2-item-12'],
    ['the eighth item of section 2', 'part-2-item-8'],
    ['во второй части, пункт 5', 'part-2-item-5'],
    ['пункт 12 части II', 'part-2-item-12'],
    ['Что сказано в двенадцатом пункте второй части?', 'part-2-item-12'],
    ['екінші бөлім 5-тармақ', 'part-2-item-5'],
    ['II бөлімнің он екінші тармағы', 'part-2-item-12'],
  ])('finds it: %s', (question, paragraphId) => {
    expect(placesIn(question)).toEqual([paragraphId]);
  });
});

describe('a question that names a paragraph', () => {
  test.each([
    ['第四部分第3段', 'part-4-p3'],
    ['序言第一段', 'preamble-p1'],
    ['第五部分第八段讲什么？', 'part-5-p8'],
    ['paragraph 3 of part four', 'part-4-p3'],
    ['the second paragraph of the preamble', 'preamble-p2'],
    ['абзац 3 части 4', 'part-4-p3'],
    ['первый абзац преамбулы', 'preamble-p1'],
    ['төртінші бөлімнің үшінші абзацы', 'part-4-p3'],
  ])('finds it: %s', (question, paragraphId) => {
    expect(placesIn(question)).toEqual([paragraphId]);
  });
});

describe('a question that names a part', () => {
  test.each([
    ['第三部分讲了什么？', 'part-3-'],
    ['第3部分', 'part-3-'],
    ['Part Three', 'part-3-'],
    ['the third part', 'part-3-'],
    ['третья часть', 'part-3-'],
    ['часть III', 'part-3-'],
    ['в третьей части', 'part-3-'],
    ['үшінші бөлім', 'part-3-'],
    ['3-бөлім', 'part-3-'],
    ['序言', 'preamble-'],
    ['What does the preamble say?', 'preamble-'],
    ['преамбула', 'preamble-'],
    ['кіріспе', 'preamble-'],
  ])('finds all its paragraphs: %s', (question, prefix) => {
    const expected = statement.paragraphs.map(({ paragraphId }) => paragraphId).filter((paragraphId) => paragraphId.startsWith(prefix));
    expect(placesIn(question)).toEqual(expected);
  });
});

test.each(['第六部分', '第二部分第十八项', '第一部分第三项', 'part nine', 'item 40 of part two', 'абзац 99 части 4', 'он бірінші бөлім'])(
  'a place that the document does not have is told from no place at all: %s',
  (question) => {
    expect(placesIn(question)).toEqual([]);
  },
);

test.each([
  '第二届中国国际进口博览会在哪里举办？',
  '“两个一百年”奋斗目标是什么？',
  '一带一路合作怎么样？',
  '第四次工业革命条件下的发展理念',
  '同第三国缔结条约吗？',
  '建交27年来取得了什么成果？',
  '第一次会谈在什么时候？',
  'the second Belt and Road forum',
  'What about the second China International Import Expo?',
  'the fourth industrial revolution',
  'one part of the cooperation is energy',
  'Is Tibet part of China?',
  'второй форум «Один пояс, один путь»',
  'В каком году состоялся второй форум?',
  'екінші көрме қайда өтеді?',
  'Қытай мен Қазақстан',
  '',
])('a question that names no place: %s', (question) => {
  expect(placesIn(question)).toBeUndefined();
});

const NUMBERED = /^(?:preamble|part-\d)/;

test('whatever our own labels call a numbered paragraph, in each language, leads back to it', () => {
  for (const language of languageSchema.options) {
    for (const paragraph of statement.paragraphs.filter(({ paragraphId }) => NUMBERED.test(paragraphId))) {
      const label = labelParagraph(statement, paragraph, language);
      expect(placesIn(label), `${language}: ${label}`).toEqual([paragraph.paragraphId]);
    }
  }
});

test.each([
  ['Closing, paragraph 1', 'closing-p1'],
  ['Заключение, абзац 1', 'closing-p1'],
  ['Қорытынды, 1-абзац', 'closing-p1'],
  ['Signatures', 'signatures-p1'],
  ['Подписи', 'signatures-p1'],
  ['Қолдар', 'signatures-p1'],
  ['最后一段', 'closing-p1'],
  ['часть вторая, пункт шестой', 'part-2-item-6'],
  ['第二部分6项', 'part-2-item-6'],
])('finds a named section, a number after its noun, a number without 第: %s', (question, paragraphId) => {
  expect(placesIn(question)).toEqual([paragraphId]);
});

test('law: every item is found by its number, in each way of writing it', () => {
  const chinese = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '十一', '十二', '十三', '十四', '十五', '十六', '十七'];
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 17 }), (number) => {
      const numeral = chinese[number - 1] ?? '';
      for (const question of [
        `第二部分第${numeral}项`,
        `第二部分第（${numeral}）项`,
        `第2部分第${number}项是什么`,
        `item ${number} of part 2`,
        `Part II, item (${number})`,
        `пункт ${number} второй части`,
        `екінші бөлімнің ${number}-тармағы`,
      ])
        expect(placesIn(question), question).toEqual([`part-2-item-${number}`]);
    }),
  );
});

test('law: no text whatever breaks the search for a place', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 500 }), (question) => {
      const reference = findReference(normalizeText(question));
      if (reference) expect(Array.isArray(resolveReference(reference, statement))).toBe(true);
    }),
  );
});
