import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packFile, unpackFile } from '../../packed-file.ts';
import { PostingGatherer } from './posting-gatherer.ts';
import { PostingLists } from './posting-lists.ts';
import { PostingMixer } from './posting-mixer.ts';
import { frequenciesIn, frequenciesOf, type Mixture, roomFor, type TermPostings } from './term-postings.ts';

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
function postingsOf(postings: TermPostings, unitCount: number): [unit: number, frequency: number][] {
  const units = [...Array(unitCount).keys()];
  const sums = new Float32Array(unitCount);
  frequenciesIn(postings, Uint32Array.from(units), sums, unitCount);
  const found = [...sums.entries()].filter(([, frequency]) => frequency > 0);
  const oneByOne = frequenciesOf(postings, units);
  expect(found).toEqual([...oneByOne.entries()].filter(([, frequency]) => frequency !== 0));
  return found;
}

describe('posting lists', () => {
  it('give back what was gathered, list by list', () => {
    fc.assert(
      fc.property(units, (given) => {
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
          expect(postingsOf(lists.read(list, roomFor), gatherer.unitCount)).toEqual(postings);
          expect(lists.counts[list]).toBe(postings.length);
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
        expect(postingsOf(lists.read(0, roomFor), UNITS)).toEqual([...given.entries()].filter(([, frequency]) => frequency > 0));
        const some = Uint32Array.from({ length: 100 }, (_, at) => at * 99);
        const found = new Float32Array(some.length);
        frequenciesIn(lists.read(0, roomFor), some, found, some.length);
        expect([...found]).toEqual(Array.from(some, (unit) => given[unit]));
      }),
      { numRuns: 5 },
    );
  });

  it('mixed into one list tell the same as each looked up', () => {
    const UNITS = 10_001;
    const frequencies = fc.constantFrom(0, 0, 0, 1, 2, 3, 200);
    const weights = fc.array(fc.double({ min: 0.1, max: 2, noNaN: true }).map(Math.fround), { minLength: 1, maxLength: LISTS });
    fc.assert(
      fc.property(fc.infiniteStream(frequencies), weights, (stream, given) => {
        const gatherer = new PostingGatherer();
        for (let unit = 0; unit < UNITS; unit++) {
          for (let list = 0; list < LISTS; list++) {
            const frequency = stream.next().value ?? 0;
            // The last list is of a rare term, the others are columns.
            if (frequency > 0 && (list < LISTS - 1 || unit % 10 === 0)) gatherer.add(list, frequency);
          }
          gatherer.closeUnit();
        }
        const lists = unpacked(gatherer, LISTS);
        const sources = given.map((weight, at) => ({ weight, read: () => lists.read(LISTS - 1 - at, roomFor) }));
        const mixture: Mixture = { kind: 'mixture', sources };
        const lookedUp = postingsOf(mixture, UNITS);
        const mixer = new PostingMixer(UNITS);
        // What one mixing leaves behind is nothing to the next.
        for (let time = 0; time < 2; time++) expect(postingsOf(mixer.mix(mixture, lookedUp.length, roomFor), UNITS)).toEqual(lookedUp);
      }),
      { numRuns: 5 },
    );
  });
});
