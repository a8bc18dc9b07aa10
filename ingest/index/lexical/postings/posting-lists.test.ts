import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packFile, unpackFile } from '../../packed-file.ts';
import { PostingGatherer, PostingLists, roomFor } from './posting-lists.ts';
import { frequenciesIn, frequencyIn } from './term-postings.ts';

const LISTS = 3;
/** Mostly near one another, some far apart: distances of one, two and three bytes. */
const distance = fc.oneof(fc.integer({ min: 1, max: 70 }), fc.integer({ min: 1, max: 300 }), fc.constant(8200));
const posting = fc.record({ list: fc.nat({ max: LISTS - 1 }), frequency: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 255 })) });
const units = fc.array(fc.record({ distance, postings: fc.uniqueArray(posting, { selector: ({ list }) => list, maxLength: LISTS }) }), {
  maxLength: 12,
});

const unpacked = (gatherer: PostingGatherer, count: number) =>
  PostingLists.unpack('lists', unpackFile(packFile(gatherer.pack('lists', count))), gatherer.unitCount);

/** Looked up unit by unit, and one after the other. */
function postingsOf(lists: PostingLists, list: number, unitCount: number): [unit: number, frequency: number][] {
  const postings = lists.read(list, roomFor);
  const units = Uint32Array.from(Array(unitCount).keys());
  const sums = new Float32Array(unitCount);
  frequenciesIn(postings, units, sums, unitCount);
  const found = [...sums.entries()].filter(([, frequency]) => frequency > 0);
  expect(found).toEqual([...units].map((unit) => [unit, frequencyIn(postings, unit)]).filter(([, frequency]) => frequency !== 0));
  return found;
}

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
        const lists = unpacked(gatherer, LISTS);
        for (const [list, postings] of expected.entries()) {
          expect(postingsOf(lists, list, gatherer.unitCount)).toEqual(postings);
          expect(lists.counts[list]).toBe(postings.length);
          const sums = new Float32Array(gatherer.unitCount);
          lists.addTo(sums, list, weight, new Uint32Array(gatherer.unitCount));
          for (const [unit, frequency] of postings) expect(sums[unit]).toBeCloseTo(weight * frequency, 3);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('are columns where many units have many of them, and tell the same', () => {
    const UNITS = 10_001;
    const frequencies = fc.constantFrom(0, 1, 1, 2, 3, 200);
    fc.assert(
      fc.property(fc.infiniteStream(frequencies), (stream) => {
        const given = [...stream.take(UNITS)];
        const gatherer = new PostingGatherer();
        for (const frequency of given) {
          if (frequency > 0) gatherer.add(0, frequency);
          gatherer.closeUnit();
        }
        const lists = unpacked(gatherer, 1);
        expect(lists.read(0, roomFor).kind).toBe('column');
        expect(postingsOf(lists, 0, UNITS)).toEqual([...given.entries()].filter(([, frequency]) => frequency > 0));
        const sums = new Float32Array(UNITS);
        lists.addTo(sums, 0, 1, new Uint32Array(UNITS));
        expect([...sums]).toEqual(given);
        const some = Uint32Array.from({ length: 100 }, (_, at) => at * 99);
        const found = new Float32Array(some.length);
        frequenciesIn(lists.read(0, roomFor), some, found, some.length);
        expect([...found]).toEqual(Array.from(some, (unit) => given[unit]));
      }),
      { numRuns: 5 },
    );
  });
});
