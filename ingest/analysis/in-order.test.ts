import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inOrder } from './in-order.ts';

/** Lets others run so many times before it ends. */
async function pauseFor(turns: number): Promise<void> {
  for (let turn = 0; turn < turns; turn++) await Promise.resolve();
}

describe('work in order', () => {
  it('gives every result in the order of the items, and never has more than so many under way or untaken', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(20)), fc.integer({ min: 1, max: 5 }), fc.nat(10), async (delays, most, pause) => {
        let begun = 0;
        let taken = 0;
        const work = async ([place, delay]: [number, number]) => {
          begun++;
          expect(begun - taken).toBeLessThanOrEqual(most);
          await pauseFor(delay);
          return place;
        };
        const places: number[] = [];
        for await (const place of inOrder(delays.entries(), most, work)) {
          await pauseFor(pause);
          places.push(place);
          taken++;
        }
        expect(places).toEqual([...delays.keys()]);
      }),
    );
  });

  it('ends with the first failure, when all that was begun is over', async () => {
    let over = 0;
    const work = async (item: number) => {
      await pauseFor(item);
      over++;
      if (item === 3) throw new Error('third');
      return item;
    };
    const taken: number[] = [];
    const run = async () => {
      for await (const item of inOrder([1, 3, 9, 9], 3, work)) taken.push(item);
    };
    await expect(run()).rejects.toThrow('third');
    expect({ taken, over }).toEqual({ taken: [1], over: 4 });
  });
});
