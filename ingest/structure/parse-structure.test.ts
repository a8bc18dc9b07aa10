import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { outline } from '../testing/outline.ts';
import { statementFile, statementTitle } from '../testing/sample-document.ts';
import { parseStructure } from './parse-structure.ts';

const headings = (text: string) =>
  parseStructure(text)
    .segments.filter(({ kind }) => kind === 'heading')
    .map(({ start, end }) => text.slice(start, end));

const numbered = (prefix: string, count: number) => Array.from({ length: count }, (_, index) => `${prefix}${index + 1}`);

describe('the joint statement', () => {
  const statement = readFileSync(statementFile, 'utf8');

  it.each([
    ['with the editor’s title', statementTitle],
    ['without a title', undefined],
  ])('has 57 paragraphs %s', (_, title) => {
    const { paragraphs } = parseStructure(statement, title);
    expect(paragraphs.map(({ paragraphId }) => paragraphId)).toEqual([
      ...numbered('preamble-p', 4),
      ...numbered('part-1-p', 7),
      ...numbered('part-2-p', 7),
      ...numbered('part-2-item-', 17),
      ...numbered('part-3-p', 4),
      ...numbered('part-4-p', 6),
      ...numbered('part-5-p', 10),
      'closing-p1',
      'signatures-p1',
    ]);
  });

  it.each([
    ['with the editor’s title', statementTitle],
    ['without a title', undefined],
  ])('has its title cut free of the page furniture glued to it, %s', (_, title) => {
    const structure = parseStructure(statement, title);
    expect(structure.title).toBe(`${statementTitle}（全文）`);
    const furniture = structure.segments.filter(({ kind }) => kind === 'furniture').map(({ start, end }) => statement.slice(start, end));
    expect(furniture[0]).toBe('2019永久全面战略合作伙伴');
    expect(furniture[1]).toMatch(/^2019-09-12\[字体：大 中 小\] +打印本页\u3000\u3000$/);
    expect(furniture.slice(2).join('').trim()).toBe('');
  });

  it('keeps the signatures apart from the sentence they are glued to', () => {
    const { paragraphs } = parseStructure(statement, statementTitle);
    expect(paragraphs.at(-2)?.text).toBe('本声明于2019年9月11日在北京签署，一式两份，每份用中文、哈萨克文和俄文写成。');
    expect(paragraphs.at(-1)?.text).toMatch(/^中华人民共和国主席\s.*托卡耶夫（签字）$/);
  });

  it('prints 一 to 五 as the headings of its parts', () => {
    expect(headings(statement)).toEqual(['一', '二', '三', '四', '五']);
  });
});

describe('the styles that number parts', () => {
  it('reads 一 alone on its line', () => {
    expect(outline('序。\n一\n甲。\n乙。\n二\n丙。')).toEqual([
      'preamble-p1: 序。',
      'part-1-p1: 甲。',
      'part-1-p2: 乙。',
      'part-2-p1: 丙。',
    ]);
  });

  it('reads 一、 as a heading line', () => {
    const text = '序。\n一、贸易合作\n甲。\n二、能源合作\n乙。';
    expect(outline(text)).toEqual(['preamble-p1: 序。', 'part-1-p1: 甲。', 'part-2-p1: 乙。']);
    expect(headings(text)).toEqual(['一、贸易合作', '二、能源合作']);
  });

  it('reads 一、 in front of the first paragraph of a part', () => {
    const text = '序。\n一、双方同意扩大贸易。\n甲。\n二、双方同意扩大能源合作。';
    expect(outline(text)).toEqual([
      'preamble-p1: 序。',
      'part-1-p1: 一、双方同意扩大贸易。',
      'part-1-p2: 甲。',
      'part-2-p1: 二、双方同意扩大能源合作。',
    ]);
    expect(headings(text)).toEqual([]);
  });

  it('reads 第一章, with articles numbered on through the chapters', () => {
    const text = '第一章\u3000总则\n第一条 甲。\n第二条 乙。\n第二章\u3000分则\n第三条 丙。\n第四条 丁。';
    expect(outline(text)).toEqual([
      'part-1-item-1: 第一条 甲。',
      'part-1-item-2: 第二条 乙。',
      'part-2-item-3: 第三条 丙。',
      'part-2-item-4: 第四条 丁。',
    ]);
    expect(headings(text)).toEqual(['第一章\u3000总则', '第二章\u3000分则']);
  });

  it('does not take 第二节 of the first chapter for the second chapter', () => {
    expect(outline('第一章 总则\n第一节 目的\n甲。\n第二节 原则\n乙。\n第二章 分则\n丙。')).toEqual([
      'part-1-item-1: 第一节 目的',
      'part-1-p1: 甲。',
      'part-1-item-2: 第二节 原则',
      'part-1-p2: 乙。',
      'part-2-p1: 丙。',
    ]);
  });

  it('reads I. and II.', () => {
    expect(outline('Preamble text.\n\nI. Trade\n\nThe sides agree.\n\nII. Energy\n\nThey cooperate.')).toEqual([
      'preamble-p1: Preamble text.',
      'part-1-p1: The sides agree.',
      'part-2-p1: They cooperate.',
    ]);
  });

  it('reads Часть 1 and Chapter II', () => {
    expect(outline('Часть 1\nТекст.\nЧасть 2\nЕщё текст.')).toEqual(['part-1-p1: Текст.', 'part-2-p1: Ещё текст.']);
    expect(outline('Chapter I\nText.\nChapter II\nMore text.')).toEqual(['part-1-p1: Text.', 'part-2-p1: More text.']);
  });

  it('reads 1. where it heads paragraphs', () => {
    expect(outline('1. Trade\nThe sides agree.\n2. Energy\nThey cooperate.')).toEqual([
      'part-1-p1: The sides agree.',
      'part-2-p1: They cooperate.',
    ]);
  });

  it('reads 1. where it heads items', () => {
    expect(outline('1. 双方同意扩大贸易。\n（一）甲。\n（二）乙。\n2. 双方同意扩大能源合作。\n（一）丙。')).toEqual([
      'part-1-p1: 1. 双方同意扩大贸易。',
      'part-1-item-1: （一）甲。',
      'part-1-item-2: （二）乙。',
      'part-2-p1: 2. 双方同意扩大能源合作。',
      'part-2-item-1: （一）丙。',
    ]);
  });

  it('keeps a heading citable where nothing stands under it', () => {
    expect(outline('双方在以下领域合作：\n一、贸易\n二、能源')).toEqual([
      'preamble-p1: 双方在以下领域合作：',
      'part-1-p1: 一、贸易',
      'part-2-p1: 二、能源',
    ]);
  });
});

describe('texts of other makes', () => {
  it('numbers the paragraphs of a text that prints no numbers', () => {
    expect(outline('双方举行会谈。\n双方同意合作。')).toEqual(['body-p1: 双方举行会谈。', 'body-p2: 双方同意合作。']);
  });

  it('takes numbers out of sequence for text', () => {
    expect(outline('一\n甲。\n三\n乙。\n（二）丙。\n二\n丁。')).toEqual([
      'part-1-p1: 甲。',
      'part-1-p2: 三',
      'part-1-p3: 乙。',
      'part-1-p4: （二）丙。',
      'part-2-p1: 丁。',
    ]);
  });

  it('opens no part for a stray “1.”', () => {
    expect(outline('双方会谈。\n1. 双方同意合作。\n双方满意。')).toEqual([
      'body-p1: 双方会谈。',
      'body-item-1: 1. 双方同意合作。',
      'body-p2: 双方满意。',
    ]);
    expect(outline('双方会谈。\n1. 附注\n（一）甲。\n（二）乙。')[0]).toBe('body-p1: 双方会谈。');
    expect(outline('It grew.\n1.5 per cent.')).toEqual(['body-p1: It grew.', 'body-p2: 1.5 per cent.']);
  });

  it('reads western text with blank lines, a closing and signatures', () => {
    const text = 'The two sides met.\n\nThey agreed.\n\nDone at Beijing on 11 September 2019.\n\nXi Jinping (signed)\n\nTokayev (signed)\n';
    expect(outline(text)).toEqual([
      'body-p1: The two sides met.',
      'body-p2: They agreed.',
      'closing-p1: Done at Beijing on 11 September 2019.',
      'signatures-p1: Xi Jinping (signed)',
      'signatures-p2: Tokayev (signed)',
    ]);
  });

  it('reads CRLF line ends as it reads LF', () => {
    const text = '序。\n一\n甲。\n（一）乙。\n二\n丙。\n';
    expect(outline(text.replaceAll('\n', '\r\n'))).toEqual(outline(text));
  });

  it('reads behind a byte order mark and keeps it in a segment', () => {
    const { paragraphs, segments } = parseStructure('\ufeff一\n甲。\n二\n乙。');
    expect(paragraphs.map(({ paragraphId }) => paragraphId)).toEqual(['part-1-p1', 'part-2-p1']);
    expect(segments[0]).toEqual({ kind: 'furniture', start: 0, end: 1 });
  });

  it.each(['', ' \n\u3000\u3000\n', '2019-09-12\n打印本页'])('refuses a text without a paragraph: %j', (text) => {
    expect(() => parseStructure(text)).toThrow(expect.objectContaining({ code: 'bad-document' }));
  });
});
