import { describe, expect, it } from 'vitest';
import type { BlockRole, TextBlock } from '../reading/reading.ts';
import { LABEL_LANGUAGES } from './document.ts';
import { labelParagraph } from './label-paragraph.ts';
import { parseStructure } from './parse-structure.ts';
import { proveCoverage } from './prove-coverage.ts';

/** A canonical text of these blocks. */
function textOf(...blocks: [BlockRole, string][]): { text: string; found: TextBlock[] } {
  let text = '';
  const found = blocks.map(([role, words]): TextBlock => {
    if (text !== '') text += '\n';
    const start = text.length;
    text += words;
    return { role, start, end: text.length };
  });
  return { text, found };
}

describe('the blocks that a reader told apart', () => {
  const { text, found } = textOf(
    ['furniture', '首页'],
    ['title', '东海国和西山国\n联合声明'],
    ['text', '双方会谈。\n双方同意。'],
    ['text', '一、贸易'],
    ['text', '甲。'],
    ['furniture', '双方版权所有。'],
    ['text', '乙国代表（签字）'],
    ['note', '1 见公报。'],
    ['note', '续。'],
  );
  const structure = parseStructure(text, undefined, found);

  it('are title, paragraphs, furniture and notes behind everything else', () => {
    expect(structure.title).toBe('东海国和西山国联合声明');
    expect(structure.paragraphs.map(({ paragraphId, text: words }) => `${paragraphId}: ${words}`)).toEqual([
      'preamble-p1: 双方会谈。',
      'preamble-p2: 双方同意。',
      'part-1-p1: 甲。',
      'signatures-p1: 乙国代表（签字）',
      'notes-p1: 1 见公报。',
      'notes-p2: 续。',
    ]);
    expect(() => proveCoverage({ documentId: 'any', text, ...structure }, Buffer.from(text))).not.toThrow();
  });

  it('have names in every language, notes too', () => {
    const note = structure.paragraphs.at(-1);
    const names = LABEL_LANGUAGES.map((language) => note && labelParagraph(structure, note, language));
    expect(names).toEqual(['注释第2段', '註釋第2段', 'Notes, paragraph 2', 'Примечания, абзац 2', 'Ескертпелер, 2-абзац']);
  });

  it('are refused where none of them is text', () => {
    const onlyNotes = textOf(['title', '声明'], ['note', '1 见公报。']);
    expect(() => parseStructure(onlyNotes.text, undefined, onlyNotes.found)).toThrow(expect.objectContaining({ code: 'bad-document' }));
  });
});
