import { describe, expect, it } from 'vitest';
import { type PdfLine, writePdf } from '../../testing/formats/write-pdf.ts';
import { composeText } from '../compose-text.ts';
import { readPdf } from './read-pdf.ts';

const SIZE = 14;
const LEFT = 80;

/** Lines from the top of a page downwards; two spaces in front are an indent of two characters. */
function page(lines: string[], { top = 700, size = SIZE } = {}): PdfLine[] {
  return lines.map((text, index) => {
    const indent = text.startsWith('  ') ? 2 * size : 0;
    return { x: LEFT + indent, y: top - index * 2 * SIZE, size, text: text.trim() };
  });
}

const full = (text: string) => `${text}${'合作'.repeat(20)}`.slice(0, 30);
const blocksOf = async (pages: PdfLine[][], options?: Parameters<typeof writePdf>[1]) =>
  (await readPdf(writePdf(pages, options))).blocks.map(({ role, text }) => `${role}: ${text}`);

describe('the paragraphs of a PDF', () => {
  it('are joined over lines and pages, without the running lines between', async () => {
    const opening = full('双方同意发展');
    const first = [
      ...page([`  ${opening.slice(0, 28)}`, opening]),
      { x: 250, y: 800, size: 9, text: '条约集' },
      { x: 290, y: 30, size: 9, text: '- 1 -' },
    ];
    const second = [
      { x: 250, y: 800, size: 9, text: '条约集' },
      ...page([opening, '贸易。', `  双方满意。`]),
      { x: 290, y: 30, size: 9, text: '- 2 -' },
    ];
    expect(await blocksOf([first, second])).toEqual([
      `text: ${opening.slice(0, 28)}${opening}${opening}贸易。`,
      'text: 双方满意。',
      'furniture: 条约集',
      'furniture: - 1 -',
      'furniture: 条约集',
      'furniture: - 2 -',
    ]);
  });

  it('begin at a number behind the end of a sentence, indented or not', async () => {
    const lines = [full('双方商定采取下列措施').slice(0, 29).concat('：'), '（一）扩大贸易。', '（二）保护河流。'];
    expect(await blocksOf([page(lines)])).toEqual(lines.map((line) => `text: ${line}`));
  });

  it('are headings where the type is larger, over two lines', async () => {
    const title = [
      { x: 150, y: 780, size: 20, text: '东海国和西山国' },
      { x: 170, y: 750, size: 20, text: '联合声明' },
    ];
    expect(await blocksOf([[...title, ...page([`  ${full('双方').slice(0, 28)}`, '同意。'])]])).toEqual([
      'text: 东海国和西山国联合声明',
      `text: ${full('双方').slice(0, 28)}同意。`,
    ]);
  });

  it('are notes in small type at the foot of a page, and go on behind them', async () => {
    const notes = page(['[1] 见公报。'], { top: 120, size: 9 });
    const first = [...page([`  ${full('双方').slice(0, 28)}`]), ...notes];
    expect(await blocksOf([first, page(['同意。', '  双方满意。'])])).toEqual([
      `text: ${full('双方').slice(0, 28)}同意。`,
      'text: 双方满意。',
      'note: [1] 见公报。',
    ]);
  });

  it('have no watermark in them, and what is printed twice to look bold once', async () => {
    const line = full('双方').slice(0, 28);
    const bold = { x: LEFT + 0.4, y: 770, size: SIZE, text: '一' };
    const watermark: PdfLine = { x: 200, y: 400, size: 40, text: '样本', isTurned: true };
    const first = page([`  ${line}`]);
    const { blocks, warnings } = await readPdf(
      writePdf([[{ ...bold, x: LEFT }, bold, ...first, watermark, ...page(['同意。'], { top: 672 })]]),
    );
    expect(blocks.map(({ role, text }) => `${role}: ${text}`)).toEqual(['text: 一', `text: ${line}同意。`, 'furniture: 样本']);
    expect(warnings).toEqual([expect.stringContaining('page 1 of 1 has text that is turned')]);
  });

  it('keep cells apart', async () => {
    const row = (y: number, ...cells: string[]): PdfLine[] => cells.map((text, index) => ({ x: LEFT + index * 150, y, size: SIZE, text }));
    expect(await blocksOf([[...row(700, '年份', '贸易额'), ...row(670, '2019', '100')]])).toEqual([
      'text: 年份\t贸易额',
      'text: 2019\t100',
    ]);
  });

  it('join words that a hyphen parts, and leave the hyphens that belong to them', async () => {
    const lines = [
      'the two sides will extend co-',
      'operation under the long-term',
      'plans of both states and long-',
      'term aims; they begin to imple-',
      'ment them',
    ];
    expect(await blocksOf([page(lines)])).toEqual([
      'text: the two sides will extend cooperation under the long-term plans of both states and long-term aims; they begin to implement them',
    ]);
  });

  it('have every run of the file exactly once', async () => {
    const reading = await readPdf(writePdf([page([full('双方'), '同意。', '1']), page([full('两国'), '满意。', '2'])]));
    expect(() => composeText(reading)).not.toThrow();
    expect(() => composeText({ ...reading, blocks: reading.blocks.slice(1) })).toThrow(
      expect.objectContaining({ code: 'coverage-broken' }),
    );
    const [first] = reading.blocks;
    expect(() => composeText({ ...reading, blocks: first ? [first, ...reading.blocks] : [] })).toThrow('is read twice');
    const altered = reading.blocks.map((block, index) => (index === 0 ? { ...block, text: block.text.replace('双', '又') } : block));
    expect(() => composeText({ ...reading, blocks: altered })).toThrow('says something else');
  });
});

describe('the characters of a PDF', () => {
  it('are read by Adobe’s tables where the file names one of them', async () => {
    expect(await blocksOf([page(['  双方同意。'])], { encoding: 'gbk' })).toEqual(['text: 双方同意。']);
  });

  it('are the characters that radicals look like, and else as the file has them', async () => {
    expect(await blocksOf([page(['  ⼀、⽅案ﬁ①㎡'])])).toEqual(['text: 一、方案ﬁ①㎡']);
  });

  it('are refused where the file does not name them', async () => {
    const nameless = String.fromCodePoint(...Array.from({ length: 20 }, (_, index) => 0xe000 + index));
    await expect(readPdf(writePdf([page([nameless])]))).rejects.toMatchObject({
      code: 'bad-document',
      message: expect.stringContaining('characters'),
    });
  });
});

describe('what a PDF says beside its text', () => {
  it('is its title, unless a program gave it', async () => {
    const titleOf = async (title: string) => (await readPdf(writePdf([page(['双方同意。'])], { title }))).metadata.title;
    expect(await titleOf('合作声明')).toBe('合作声明');
    expect(await titleOf('Microsoft Word - 声明')).toBeUndefined();
    expect(await titleOf('声明.docx')).toBeUndefined();
  });

  it('is a warning about pages without text, and a refusal where most are', async () => {
    const text = page(['双方同意。']);
    expect((await readPdf(writePdf([text, [], text]))).warnings).toEqual([expect.stringContaining('page 2 of 3 has no text')]);
    await expect(readPdf(writePdf([text, [], []]))).rejects.toMatchObject({
      code: 'bad-document',
      message: expect.stringContaining('is a scan: 2 of 3 pages'),
    });
  });
});
