import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packFile, unpackFile } from '../../packed-file.ts';
import { PostingGatherer, PostingLists } from './posting-lists.ts';

const LISTS = 3;
/** Mostly near one another, some far apart: distances of one, two and three bytes. */
const distance = fc.oneof(fc.integer({ min: 1, max: 70 }), fc.integer({ min: 1, max: 9000 }));
const posting = fc.record({ list: fc.nat({ max: LISTS - 1 }), frequency: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 255 })) });
const units = fc.array(fc.record({ distance, postings: fc.uniqueArray(posting, { selector: ({ list }) => list, maxLength: LISTS }) }), {
  maxLength: 30,
});

describe('posting lists', () => {
  it('give back what was gathered, list by list', () => {
    fc.assert(
      fc.property(units, fc.double({ min: 0.1, max: 2, noNaN: true }), (given, weight) => {
        const gatherer = new PostingGatherer();
        const expected = Array.from({ length: LISTS }, (): [unit: number, frequency: number][] => []);
        for (const { distance: gap, postings } of given) {
          for (let empty = 1; empty < gap; empty++) gatherer.closeUnit();
          for (const { list, frequency } of postings) {
            expected[list]?.push([gatherer.unitCount, frequency]);
            gatherer.add(list, frequency);
          }
          gatherer.closeUnit();
        }
        const lists = PostingLists.unpack('lists', unpackFile(packFile(gatherer.pack('lists', LISTS))));
        for (const [list, postings] of expected.entries()) {
          const { units: found, frequencies } = lists.decode(list);
          expect([...found].map((unit, at) => [unit, frequencies[at]])).toEqual(postings);
          expect(lists.counts[list]).toBe(postings.length);
          const sums = new Float32Array(9000 * given.length);
          lists.addTo(sums, list, weight);
          for (const [unit, frequency] of postings) expect(sums[unit]).toBeCloseTo(weight * frequency, 3);
        }
      }),
      { numRuns: 50 },
    );
  });
});
