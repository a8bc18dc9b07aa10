import { describe, expect, test } from 'vitest';
import { documentOf } from '../../ingest/testing/sample-document.ts';
import { suggestFirstQuestions } from './suggest-first-questions.ts';

describe('the first questions', () => {
  test('are the editor’s in the languages that have some', () => {
    const document = { ...documentOf('一\n甲。\n二\n乙。'), questions: { en: ['What about trade?'], ru: [] } };
    expect(suggestFirstQuestions(document, 'en')).toEqual(['What about trade?']);
    expect(suggestFirstQuestions(document, 'ru')).toEqual(['О чём часть I?', 'О чём часть II?']);
    expect(suggestFirstQuestions(document, 'zh-Hans')).toEqual(['第一部分讲什么？', '第二部分讲什么？']);
  });

  test.each([
    ['parts', '序。\n一\n甲。\n二\n乙。\n三\n丙。\n四\n丁。', ['第一部分讲什么？', '第二部分讲什么？', '第三部分讲什么？']],
    ['chapters', '第一章 总则\n第一条 甲。\n第二章 分则\n第二条 乙。', ['第一章讲什么？', '第二章讲什么？']],
    ['articles', '双方商定：\n第一条 甲。\n（一）乙。\n第二条 丙。', ['第一条讲什么？', '第二条讲什么？']],
    ['paragraphs alone', '甲。\n乙。\n丙。\n丁。', ['第1段讲什么？', '第2段讲什么？', '第3段讲什么？']],
  ])('of a text of %s ask for the first of them', (_make, text, questions) => {
    expect(suggestFirstQuestions(documentOf(text), 'zh-Hans')).toEqual(questions);
  });

  test.each([
    ['zh-Hant', '第一部分講什麼？'],
    ['en', 'What does Part I say?'],
    ['ru', 'О чём часть I?'],
    ['kk', 'I бөлімде не айтылған?'],
  ] as const)('are in %s', (language, question) => {
    expect(suggestFirstQuestions(documentOf('一\n甲。'), language)).toContain(question);
  });
});
