import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cpuMilliseconds } from '../testing/cpu-time.ts';
import { officialText } from '../testing/official-text.ts';
import { YoujuError } from '../youju-error.ts';
import { parseStructure, type Structure } from './parse-structure.ts';
import { proveCoverage } from './prove-coverage.ts';

function parseOrRefuse(text: string, title?: string): Structure | undefined {
  try {
    return parseStructure(text, title);
  } catch (error) {
    if (error instanceof YoujuError && error.code === 'bad-document') return undefined;
    throw error;
  }
}

describe('any text', () => {
  it('is tiled by its segments, has paragraphs and gives each its own id, or is refused by name', () => {
    const title = fc.option(
      officialText(6).filter((text) => text !== ''),
      { nil: undefined },
    );
    fc.assert(
      fc.property(officialText(), title, (text, editorsTitle) => {
        const structure = parseOrRefuse(text, editorsTitle);
        if (structure === undefined) return;
        expect(structure.paragraphs.length).toBeGreaterThan(0);
        proveCoverage({ documentId: 'any', text, ...structure }, Buffer.from(text));
      }),
      { numRuns: 2000 },
    );
  });

  it('loses no letter and no digit, but to its title, its headings and its furniture', () => {
    const line = fc.array(fc.constantFrom(...'中哈双方合作甲乙（一）二、1.2'), { minLength: 1, maxLength: 8 }).map((row) => row.join(''));
    fc.assert(
      fc.property(
        fc.array(
          line.map((start) => `${start}事项如下，由双方商定。`),
          { minLength: 1, maxLength: 12 },
        ),
        (lines) => {
          const { paragraphs } = parseStructure(lines.join('\n'));
          expect(paragraphs.map(({ text }) => text)).toEqual(lines);
        },
      ),
    );
  });

  it('has the same paragraphs in front of what is appended to a body without numbers', () => {
    const sentences = fc.array(fc.constantFrom('双方会谈。', '双方同意合作。', '中方欢迎。'), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(sentences, sentences, (before, after) => {
        const ids = (lines: string[]) => parseStructure(lines.join('\n')).paragraphs.map(({ paragraphId }) => paragraphId);
        expect(ids([...before, ...after]).slice(0, before.length)).toEqual(ids(before));
      }),
    );
  });
});

describe('200,000 characters made to be slow', () => {
  const LENGTH = 200_000;
  const repeated = [
    '（一）',
    '　',
    '　　',
    '一',
    '1.',
    '一\n',
    '1. 甲\n',
    '（一）\n',
    '\n',
    ' ',
    '。',
    '来源：',
    '2019-09-12 ',
    '（签字）',
    '中华人民共和国',
    '第一章\n',
  ];

  it.each(repeated)('of %j are read in time', (unit) => {
    const text = unit.repeat(Math.ceil(LENGTH / unit.length));
    const time = cpuMilliseconds(() => {
      parseOrRefuse(text);
      parseOrRefuse(`甲。\n${text}\n乙。`, '声明');
    });
    expect(time).toBeLessThan(6000);
  });

  it('take about four times the time of a quarter as many', () => {
    const time = (length: number) => {
      const text = '（一）甲。\n1. 乙。\n'.repeat(length / 12);
      const runs = Array.from({ length: 5 }, () => cpuMilliseconds(() => parseStructure(text)));
      return Math.min(...runs);
    };
    time(LENGTH / 8);
    expect(time(LENGTH) / time(LENGTH / 4)).toBeLessThan(12);
  });
});
