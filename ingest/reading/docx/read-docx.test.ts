import { describe, expect, it } from 'vitest';
import { numbered, wordLevel, wordList, wordListUse, wordParagraph, writeDocx } from '../../testing/formats/write-docx.ts';
import { composeText } from '../compose-text.ts';
import { readDocx } from './read-docx.ts';

type Parts = Parameters<typeof writeDocx>[1];

const textOf = (body: string, parts?: Parts) => composeText(readDocx(writeDocx(body, parts))).text.split('\n');
const run = (text: string, properties = '') => `<w:r>${properties}<w:t>${text}</w:t></w:r>`;
const item = (text: string, numId: number, level = 0) => wordParagraph(text, numbered(numId, level));

describe('the numbers of a Word document', () => {
  it.each([
    ['chineseCountingThousand', '%1、', '十二、甲'],
    ['japaneseCounting', '（%1）', '（十二）甲'],
    ['ideographDigital', '%1', '一二甲'],
    ['chineseLegalSimplified', '%1、', '拾贰、甲'],
    ['decimal', '%1.', '12. 甲'],
    ['decimalFullWidth', '%1．', '１２．甲'],
    ['decimalEnclosedCircle', '%1', '⑫ 甲'],
    ['upperRoman', '%1.', 'XII. 甲'],
    ['lowerLetter', '%1)', 'l) 甲'],
    ['ideographTraditional', '%1、', '乙、甲'],
    ['decimal', '第%1条', '第12条甲'],
    ['bullet', '', '甲'],
    ['none', '%1', '甲'],
    ['somethingNew', '%1.', '12. 甲'],
  ])('are written as %s with %s', (format, pattern, expected) => {
    const level = wordLevel(0, format, pattern).replace('<w:start w:val="1"/>', '<w:start w:val="12"/>');
    expect(textOf(item('甲', 1), { numbering: wordList(0, level) + wordListUse(1, 0) })).toEqual([expected]);
  });

  it('count on, start anew under the next number above, and name the levels above', () => {
    const numbering = wordList(0, wordLevel(0, 'upperRoman', '%1.'), wordLevel(1, 'decimal', '%1.%2', '<w:isLgl/>')) + wordListUse(1, 0);
    const body = [item('甲', 1), item('乙', 1, 1), item('丙', 1, 1), item('丁', 1), item('戊', 1, 1)].join('');
    expect(textOf(body, { numbering })).toEqual(['I. 甲', '1.1 乙', '1.2 丙', 'II. 丁', '2.1 戊']);
  });

  it('go on through the uses of one list, unless a use starts anew', () => {
    const restart = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>';
    const numbering = wordList(0, wordLevel(0, 'decimal', '%1.')) + wordListUse(1, 0) + wordListUse(2, 0) + wordListUse(3, 0, restart);
    const body = [item('甲', 1), item('乙', 2), item('丙', 3), item('丁', 3)].join('');
    expect(textOf(body, { numbering })).toEqual(['1. 甲', '2. 乙', '1. 丙', '2. 丁']);
  });

  it('come from the style and the styles that it is based on, and are taken away by a paragraph', () => {
    const styles =
      `<w:style w:type="paragraph" w:styleId="base"><w:pPr>${numbered(1, 0)}</w:pPr></w:style>` +
      '<w:style w:type="paragraph" w:styleId="part"><w:basedOn w:val="base"/></w:style>';
    const numbering = wordList(0, wordLevel(0, 'chineseCounting', '%1、')) + wordListUse(1, 0);
    const styled = (text: string, more = '') => wordParagraph(text, `<w:pStyle w:val="part"/>${more}`);
    const none = '<w:numPr><w:numId w:val="0"/></w:numPr>';
    expect(textOf(styled('甲') + styled('乙', none) + styled('丙'), { numbering, styles })).toEqual(['一、甲', '乙', '二、丙']);
  });
});

describe('the text of a Word document', () => {
  it('is what the page shows: no deleted, moved or hidden text, no field codes', () => {
    const body = wordParagraph(
      '',
      '',
      `${run('双方')}<w:ins>${run('同意')}</w:ins><w:del><w:r><w:delText>拒绝</w:delText></w:r></w:del><w:moveFrom>${run('移走')}</w:moveFrom>` +
        `${run('隐藏', '<w:rPr><w:vanish/></w:rPr>')}${run('显示', '<w:rPr><w:vanish w:val="0"/></w:rPr>')}` +
        `<w:hyperlink>${run('合作')}</w:hyperlink><w:r><w:instrText>PAGE</w:instrText></w:r><w:fldSimple>${run('3')}</w:fldSimple>` +
        `<w:sdt><w:sdtContent>${run('。')}</w:sdtContent></w:sdt>`,
    );
    expect(textOf(body)).toEqual(['双方同意显示合作3。']);
  });

  it('has tabs, line breaks and hyphens', () => {
    const signs =
      '<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>non</w:t><w:noBreakHyphen/><w:t>stop</w:t><w:br w:type="page"/></w:r>';
    expect(textOf(wordParagraph('', '', signs))).toEqual(['甲\t乙', 'non\u2011stop']);
  });

  it('has tables by rows, and layout made of tables by paragraphs', () => {
    const row = (...cells: string[][]) =>
      `<w:tr>${cells.map((cell) => `<w:tc>${cell.map((text) => wordParagraph(text)).join('')}</w:tc>`).join('')}</w:tr>`;
    expect(textOf(`<w:tbl>${row(['年份'], ['贸易额'])}${row(['2019'], [''])}${row(['甲。', '乙。'], ['丙。'])}</w:tbl>`)).toEqual([
      '年份\t贸易额',
      '2019',
      '甲。',
      '乙。',
      '丙。',
    ]);
  });

  it('is found in content controls around rows and cells, in ruby and in formulas', () => {
    const cell = (text: string) => `<w:tc>${wordParagraph(text)}</w:tc>`;
    const control = (content: string) => `<w:sdt><w:sdtContent>${content}</w:sdtContent></w:sdt>`;
    const table = `<w:tbl>${control(`<w:tr>${cell('年份')}${control(cell('2019'))}</w:tr>`)}</w:tbl>`;
    const ruby = `<w:r><w:ruby><w:rubyBase>${run('汉')}</w:rubyBase></w:ruby></w:r>`;
    const part = (name: string, sign: string) => `<m:${name}><m:r><m:t>${sign}</m:t></m:r></m:${name}>`;
    const formula = `<m:oMath xmlns:m="urn:m"><m:f>${part('num', '1')}${part('den', '2')}</m:f></m:oMath>`;
    const custom = `<w:customXml>${wordParagraph('丙。')}</w:customXml>`;
    const reading = readDocx(writeDocx(table + wordParagraph('', '', ruby + formula) + custom));
    expect(composeText(reading).text.split('\n')).toEqual(['年份\t2019', '汉1/2', '丙。']);
    expect(reading.warnings).toEqual(['1 formulas are read as their bare signs']);
  });

  it('has the notes that it refers to behind it, with their numbers', () => {
    const footnotes =
      '<w:footnote w:id="-1" w:type="separator"><w:p/></w:footnote>' +
      `<w:footnote w:id="7">${wordParagraph('注释乙。')}</w:footnote><w:footnote w:id="3">${wordParagraph('注释甲。')}${wordParagraph('续。')}</w:footnote>`;
    const reference = (id: number) => `<w:r><w:footnoteReference w:id="${id}"/></w:r>`;
    const body = wordParagraph('', '', `${run('双方')}${reference(3)}${run('同意。')}${reference(7)}`) + wordParagraph('双方满意。');
    const { blocks } = readDocx(writeDocx(body, { footnotes }));
    expect(blocks.map(({ role, text }) => `${role}: ${text}`)).toEqual([
      'text: 双方同意。',
      'text: 双方满意。',
      'note: 1 注释甲。',
      'note: 续。',
      'note: 2 注释乙。',
    ]);
  });

  it('has text boxes behind their paragraph, once', () => {
    const box = `<w:txbxContent>${wordParagraph('框内。')}</w:txbxContent>`;
    const drawing = `<mc:AlternateContent xmlns:mc="urn:mc"><mc:Choice><w:drawing><a:g xmlns:a="urn:a">${box}</a:g></w:drawing></mc:Choice><mc:Fallback><w:pict>${box}</w:pict></mc:Fallback></mc:AlternateContent>`;
    expect(textOf(wordParagraph('', '', `${run('框外。')}<w:r>${drawing}</w:r>`))).toEqual(['框外。', '框内。']);
  });

  it('tells the title by its style, and the table of contents', () => {
    const styles =
      '<w:style w:styleId="a"><w:name w:val="Title"/></w:style><w:style w:styleId="b"><w:basedOn w:val="a"/></w:style><w:style w:styleId="c"><w:name w:val="toc 1"/></w:style>';
    const styled = (id: string, text: string) => wordParagraph(text, `<w:pStyle w:val="${id}"/>`);
    const { blocks } = readDocx(writeDocx(styled('b', '声明') + styled('c', '一、贸易 3') + wordParagraph('甲。'), { styles }));
    expect(blocks.map(({ role }) => role)).toEqual(['title', 'furniture', 'text']);
  });

  it('gives its title where somebody gave it one', () => {
    const titleOf = (title: string) => readDocx(writeDocx(wordParagraph('甲。'), { title })).metadata.title;
    expect(titleOf('合作声明')).toBe('合作声明');
    for (const title of ['Microsoft Word - 声明', '声明.docx', '文档1', ' ']) expect(titleOf(title)).toBeUndefined();
  });
});
