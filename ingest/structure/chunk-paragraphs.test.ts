import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { documentOf, statementFile } from '../testing/sample-document.ts';
import { chunkParagraphs } from './chunk-paragraphs.ts';

const LONGEST = 500;
const long = Array.from({ length: 40 }, (_, index) => `第${index}句说明双方在各领域的合作。`).join('');

const sentence = fc
  .tuple(fc.constantFrom('双方同意', '中方指出', '哈方欢迎'), fc.integer({ min: 0, max: 300 }))
  .map(([start, length]) => `${start}${'合作'.repeat(length)}。`);
const lines = fc.array(
  fc.array(sentence, { minLength: 1, maxLength: 6 }).map((parts) => parts.join('')),
  { minLength: 1, maxLength: 8 },
);

describe('chunks', () => {
  it('are the paragraphs themselves in the joint statement, items without their markers', () => {
    const document = documentOf(readFileSync(statementFile, 'utf8'));
    const chunks = chunkParagraphs(document);
    expect(chunks.map(({ paragraphId }) => paragraphId)).toEqual(document.paragraphs.map(({ paragraphId }) => paragraphId));
    for (const [index, { start, end }] of chunks.entries()) {
      const text = document.paragraphs[index]?.text ?? '';
      expect(text.slice(start, end)).toBe(text.replace(/^（[一二三四五六七八九十]+）/, ''));
    }
  });

  it('lie each in one paragraph, and no paragraph is without one, however short', () => {
    fc.assert(
      fc.property(lines, (paragraphs) => {
        const document = documentOf([...paragraphs, '（一）', '甲', '1.'].join('\n'));
        const chunks = chunkParagraphs(document);
        for (const { paragraphId, text } of document.paragraphs) {
          const own = chunks.filter((chunk) => chunk.paragraphId === paragraphId);
          expect(own.length).toBeGreaterThan(0);
          for (const { start, end, sentences } of own) {
            expect(0 <= start && start < end && end <= text.length).toBe(true);
            expect([sentences[0]?.start, sentences.at(-1)?.end]).toEqual([start, end]);
          }
        }
      }),
      { numRuns: 50 },
    );
  });

  it('hold every sentence once, in order, and are no longer than 500 unless one sentence is', () => {
    fc.assert(
      fc.property(lines, (paragraphs) => {
        const document = documentOf(paragraphs.join('\n'));
        const chunks = chunkParagraphs(document);
        for (const { paragraphId, text } of document.paragraphs) {
          const own = chunks.filter((chunk) => chunk.paragraphId === paragraphId);
          expect(own.map(({ start, end }) => text.slice(start, end)).join('')).toBe(text);
          for (const { start, end, sentences } of own) expect(end - start <= LONGEST || sentences.length === 1).toBe(true);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('cut a long paragraph between its sentences', () => {
    const document = documentOf(`${long}\n短句。`);
    const chunks = chunkParagraphs(document);
    expect(chunks.length).toBeGreaterThan(2);
    for (const { start, end } of chunks.slice(0, -1)) {
      expect(long.slice(start, end)).toMatch(/^第\d+句.*。$/);
      expect(end - start).toBeLessThanOrEqual(LONGEST);
    }
  });

  it('carry the title and the printed heading of their part as context', () => {
    const chunks = chunkParagraphs(documentOf('序言如下。\n一、贸易合作\n甲。', 'sample', '联合声明'));
    expect(chunks.map(({ context }) => context)).toEqual(['联合声明', '联合声明 一、贸易合作']);
  });
});

describe('the hash of a chunk', () => {
  const hashes = (text: string, title?: string) => chunkParagraphs(documentOf(text, 'sample', title)).map(({ hash }) => hash);

  it('stays where text and context stay, wherever the paragraph stands', () => {
    const [first, second] = hashes('双方会谈。\n双方同意。');
    expect(hashes('新的开头。\n双方会谈。\n双方同意。').slice(1)).toEqual([first, second]);
    expect(hashes('（一）双方会谈。\n双方同意。')).toEqual([first, second]);
  });

  it('changes with the text and with the context, and with nothing else', () => {
    const texts = fc.constantFrom('双方会谈。', '双方会谈！', '双方同意。');
    const titles = fc.constantFrom('声明', '公报');
    fc.assert(
      fc.property(texts, titles, texts, titles, (text, title, otherText, otherTitle) => {
        const isSame = text === otherText && title === otherTitle;
        expect(hashes(text, title)[0] === hashes(otherText, otherTitle)[0]).toBe(isSame);
      }),
    );
  });
});
