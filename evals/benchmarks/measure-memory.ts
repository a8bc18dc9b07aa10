import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect: unknown = runInNewContext('gc');

/** Once leaves what the first turn finalised. */
const TURNS = 3;

export function collectGarbage(): void {
  if (typeof collect === 'function') for (let turn = 0; turn < TURNS; turn++) collect();
}

/** Bytes that a thing takes, and what it holds once it was used. It is given back, lest it be garbage before it is measured. */
export function bytesHeldBy<Thing>(make: () => Thing, use: (thing: Thing) => void): { thing: Thing; made: number; used: number } {
  const before = heldBytes();
  const thing = make();
  const made = heldBytes() - before;
  use(thing);
  return { thing, made, used: heldBytes() - before };
}

/** Bytes that are held in the heap and beside it in buffers, once all garbage is gone. */
function heldBytes(): number {
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
