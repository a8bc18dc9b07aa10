import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cpuMilliseconds } from '../testing/cpu-time.ts';
import { officialText } from '../testing/official-text.ts';
import { splitSentences } from './split-sentences.ts';

const sentences = (text: string, from = 0) => splitSentences(text, from).map(({ start, end }) => text.slice(start, end));

describe('Chinese sentences', () => {
  it('end with 。！？', () => {
    expect(sentences('双方会谈。成果丰硕！是否合作？同意')).toEqual(['双方会谈。', '成果丰硕！', '是否合作？', '同意']);
  });

  it('keep their closing quotation marks and brackets', () => {
    expect(sentences('中方说：“双方同意。”哈方赞成。（完。）以上。')).toEqual(['中方说：“双方同意。”', '哈方赞成。', '（完。）', '以上。']);
    expect(sentences('《声明》。』」甲。')).toEqual(['《声明》。』」', '甲。']);
  });

  it('are not cut at ；，、 nor in 3.5 and 2019.9', () => {
    expect(sentences('甲；乙，丙、丁：增长3.5％，见2019.9的文件。')).toEqual(['甲；乙，丙、丁：增长3.5％，见2019.9的文件。']);
  });

  it('start behind the item marker', () => {
    expect(sentences('（六）加强合作。促进便利。', 3)).toEqual(['加强合作。', '促进便利。']);
  });
});

describe('western sentences', () => {
  it('end with a full stop before a capital', () => {
    expect(sentences('The sides met. They agreed!  Did they? Yes.')).toEqual(['The sides met.', 'They agreed!', 'Did they?', 'Yes.']);
    expect(sentences('Стороны встретились. Они договорились.')).toEqual(['Стороны встретились.', 'Они договорились.']);
  });

  it('keep their closing quotation marks', () => {
    expect(sentences('He said: “We agree.” They left (at last.) Nothing else.')).toEqual([
      'He said: “We agree.”',
      'They left (at last.)',
      'Nothing else.',
    ]);
  });

  it('are not cut at decimals, abbreviations and initials', () => {
    expect(sentences('Growth of 3.5 per cent, cf. Art. 5 and e.g. No. 7 by Mr. K. Tokayev.')).toHaveLength(1);
    expect(sentences('В 2019 г. Стороны согласились, см. ст. 5, т.е. Договор.')).toHaveLength(1);
    expect(sentences('Wait... and see.')).toHaveLength(1);
  });
});

describe('any text', () => {
  const cases = officialText(120).chain((text) => fc.record({ text: fc.constant(text), from: fc.nat({ max: text.length }) }));

  it('has sentences in order, apart, inside it, without white space around them', () => {
    fc.assert(
      fc.property(cases, ({ text, from }) => {
        let position = from;
        for (const { start, end } of splitSentences(text, from)) {
          expect(start).toBeGreaterThanOrEqual(position);
          expect(end).toBeGreaterThan(start);
          expect(text.slice(start, end)).toBe(text.slice(start, end).trim());
          position = end;
        }
        expect(position).toBeLessThanOrEqual(text.length);
      }),
      { numRuns: 1000 },
    );
  });

  it('has every character that is no white space in a sentence', () => {
    fc.assert(
      fc.property(cases, ({ text, from }) => {
        expect(sentences(text, from).join('').replace(/\s/gu, '')).toBe(text.slice(from).replace(/\s/gu, ''));
      }),
      { numRuns: 1000 },
    );
  });

  it.each(['。', '.', '. ', 'A. ', ' ', '”', '…', '甲', 'г. '])('of 200,000 characters %j is split in time', (unit) => {
    expect(cpuMilliseconds(() => splitSentences(unit.repeat(200_000 / unit.length)))).toBeLessThan(3000);
  });
});
