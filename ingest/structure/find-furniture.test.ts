import { describe, expect, it } from 'vitest';
import { findTitle, isFurniture } from './find-furniture.ts';
import { parseStructure } from './parse-structure.ts';

describe('isFurniture', () => {
  it.each(['2019-09-12 10:30', '[字体：大 中 小]      打印本页', '来源：外交部网站 责任编辑：王五', '关闭窗口'])('knows %j', (block) => {
    expect(isFurniture(block)).toBe(true);
  });

  it.each(['双方于2019-09-12会谈', '来源：中央财政拨款和地方配套资金。', '打印本页两份'])('leaves %j in the document', (block) => {
    expect(isFurniture(block)).toBe(false);
  });
});

describe('findTitle', () => {
  const cut = (block: string, editorsTitle?: string) => {
    const span = findTitle(block, editorsTitle);
    return span && block.slice(span.start, span.end);
  };

  it('finds the editor’s title with the （全文） behind it', () => {
    expect(cut('首页联合声明（全文）2019-09-12', '联合声明')).toBe('联合声明（全文）');
  });

  it('tells what reads as the title of an official text from what is glued to it', () => {
    expect(cut('要闻中华人民共和国和法兰西共和国联合声明2019-03-25')).toBe('中华人民共和国和法兰西共和国联合声明');
    expect(cut('哈萨克斯坦共和国和中华人民共和国联合声明')).toBe('哈萨克斯坦共和国和中华人民共和国联合声明');
  });

  it('takes a short first line for the title', () => {
    expect(cut('关于合作的通知')).toBe('关于合作的通知');
    expect(cut('双方举行会谈。')).toBeUndefined();
  });

  it.each(['双方遵守《中华人民共和国和哈萨克斯坦共和国联合声明》，深化合作。', '双方签署了中华人民共和国和哈萨克斯坦共和国联合声明。'])(
    'does not take a paragraph that mentions a title for one: %s',
    (block) => {
      expect(cut(block)).toBeUndefined();
      expect(cut(block, '中华人民共和国和哈萨克斯坦共和国联合声明')).toBeUndefined();
    },
  );
});

describe('the first block of a text', () => {
  it('stays a paragraph where it mentions the title instead of printing it', () => {
    const text = '双方遵守《中华人民共和国和法兰西共和国联合声明》，深化合作。\n双方满意。';
    expect(parseStructure(text, '中华人民共和国和法兰西共和国联合声明').paragraphs.map(({ text: paragraph }) => paragraph)).toEqual(
      text.split('\n'),
    );
  });

  it('is not the title where it is furniture', () => {
    expect(parseStructure('2019-09-12\n合作通知\n双方同意合作。').title).toBe('合作通知');
  });
});
