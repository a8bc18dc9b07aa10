import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { documentOf, statementFile } from '../testing/sample-document.ts';
import type { Enumerator, LabelLanguage } from './document.ts';
import { labelParagraph, labelSection } from './label-paragraph.ts';

const statement = documentOf(readFileSync(statementFile, 'utf8'));

function labelOf(paragraphId: string, language: LabelLanguage, document = statement): string | undefined {
  const paragraph = document.paragraphs.find((candidate) => candidate.paragraphId === paragraphId);
  return paragraph && labelParagraph(document, paragraph, language);
}

describe('the places of the joint statement', () => {
  it.each<[LabelLanguage, string[]]>([
    ['zh-Hans', ['序言第1段', '第二部分第（六）项', '第二部分第（十七）项', '第五部分第3段', '结尾第1段', '签署栏']],
    ['zh-Hant', ['序言第1段', '第二部分第（六）項', '第二部分第（十七）項', '第五部分第3段', '結尾第1段', '簽署欄']],
    [
      'en',
      ['Preamble, paragraph 1', 'Part II, item (6)', 'Part II, item (17)', 'Part V, paragraph 3', 'Closing, paragraph 1', 'Signatures'],
    ],
    ['ru', ['Преамбула, абзац 1', 'Часть II, пункт (6)', 'Часть II, пункт (17)', 'Часть V, абзац 3', 'Заключение, абзац 1', 'Подписи']],
    ['kk', ['Кіріспе, 1-абзац', 'II бөлім, (6) тармақ', 'II бөлім, (17) тармақ', 'V бөлім, 3-абзац', 'Қорытынды, 1-абзац', 'Қолдар']],
  ])('have names in %s', (language, names) => {
    const places = ['preamble-p1', 'part-2-item-6', 'part-2-item-17', 'part-5-p3', 'closing-p1', 'signatures-p1'];
    expect(places.map((paragraphId) => labelOf(paragraphId, language))).toEqual(names);
  });

  it.each<LabelLanguage>(['zh-Hans', 'zh-Hant', 'en', 'ru', 'kk'])('are told apart by their names in %s', (language) => {
    const labels = statement.paragraphs.map((paragraph) => labelParagraph(statement, paragraph, language));
    expect(new Set(labels).size).toBe(57);
    expect(labels.join()).not.toContain('条');
  });

  it('are 项 only where the text prints a bracketed number', () => {
    for (const paragraph of statement.paragraphs) {
      expect(labelParagraph(statement, paragraph, 'zh-Hans').includes('项')).toBe(/^（[一二三四五六七八九十]+）/.test(paragraph.text));
    }
  });
});

describe('other numbering', () => {
  it('is 条 where the text prints 条, and 章 and 节 where it prints them', () => {
    const treaty = documentOf('第一章 总则\n第一节 目的\n第一条 甲。\n（一）乙。\n1. 丙。\n第二节 原则\n丁。');
    const labels = treaty.paragraphs.map((paragraph) => labelParagraph(treaty, paragraph, 'zh-Hans'));
    expect(labels).toEqual([
      '第一章第一节',
      '第一章第一节第一条',
      '第一章第一节第一条第（一）项',
      '第一章第一节第一条第（一）项第1点',
      '第一章第二节',
      '第一章第1段',
    ]);
    expect(labelOf('part-1-item-1-item-1', 'en', treaty)).toBe('Part I, Section 1, Article 1');
    expect(labelOf('part-1-item-1-item-1', 'ru', treaty)).toBe('Часть I, раздел 1, статья 1');
    expect(labelOf('part-1-item-1-item-1', 'kk', treaty)).toBe('I бөлім, 1-параграф, 1-бап');
  });

  it('is Article and its like in every language', () => {
    const treaty = documentOf('The sides agree:\nArticle 1. Trade grows.\nArticle 2. Energy grows.');
    expect(labelOf('body-item-2', 'en', treaty)).toBe('Article 2');
    expect(labelOf('body-item-2', 'ru', treaty)).toBe('статья 2');
    expect(labelOf('body-item-2', 'kk', treaty)).toBe('2-бап');
    expect(labelOf('body-item-2', 'zh-Hans', treaty)).toBe('第二条');
    expect(labelOf('body-item-2', 'zh-Hant', treaty)).toBe('第二條');
  });

  it('is a bare number where the text prints 1.', () => {
    const list = documentOf('双方同意：\n1. 贸易往来。\n2. 能源合作。');
    expect(labelOf('body-item-2', 'zh-Hans', list)).toBe('第2点');
    expect(labelOf('body-item-2', 'zh-Hant', list)).toBe('第2點');
    expect(labelOf('body-item-2', 'en', list)).toBe('item 2');
  });

  it('names no section in a text without parts', () => {
    const plain = documentOf('双方会谈。\n双方同意。');
    expect(labelOf('body-p2', 'zh-Hans', plain)).toBe('第2段');
    expect(labelOf('body-p2', 'en', plain)).toBe('paragraph 2');
  });
});

describe('the numerals of parts', () => {
  const part = (value: number): { sectionId: string; kind: 'part'; enumerator: Enumerator } => ({
    sectionId: `part-${value}`,
    kind: 'part',
    enumerator: { style: 'arabic', value, printed: `${value}.` },
  });

  it.each([
    [1, '第一部分', 'Part I'],
    [10, '第十部分', 'Part X'],
    [14, '第十四部分', 'Part XIV'],
    [20, '第二十部分', 'Part XX'],
    [49, '第四十九部分', 'Part XLIX'],
    [99, '第九十九部分', 'Part XCIX'],
    [101, '第101部分', 'Part CI'],
  ])('write %i as %s and %s', (value, chinese, english) => {
    expect(labelSection(part(value), 'zh-Hans')).toBe(chinese);
    expect(labelSection(part(value), 'en')).toBe(english);
  });
});
