import fc from 'fast-check';
import { expect, test } from 'vitest';
import { markedStretches } from './document-view.ts';

const span = fc.tuple(fc.nat(40), fc.nat(40)).map(([one, other]) => ({ start: Math.min(one, other), end: Math.max(one, other) }));

test('marking any stretches of a paragraph changes none of its text, and marks exactly these', () => {
  fc.assert(
    fc.property(fc.array(span, { maxLength: 5 }), (spans) => {
      const text = Array.from({ length: 40 }, (_, index) => String.fromCodePoint(0x4e00 + index)).join('');
      const stretches = markedStretches({ text }, spans);
      expect(stretches.map((stretch) => ('marked' in stretch ? stretch.marked : stretch.plain)).join('')).toBe(text);
      const marked = stretches.flatMap((stretch) => ('marked' in stretch ? [...stretch.marked] : []));
      const expected = [...text].filter((_, index) => spans.some(({ start, end }) => start <= index && index < end));
      expect(marked).toEqual(expected);
    }),
  );
});
