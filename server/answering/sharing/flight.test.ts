import { expect, test } from 'vitest';
import type { AnswerStep } from '../answer-step.ts';
import { Flight } from './flight.ts';

const sentence = (text: string): AnswerStep => ({ event: 'text-delta', data: { text }, citedSpans: [] });
const present = () => new AbortController().signal;

async function textsOf(steps: AsyncIterable<AnswerStep>): Promise<string[]> {
  const texts: string[] = [];
  for await (const step of steps) if (step.event === 'text-delta') texts.push(step.data.text);
  return texts;
}

async function* run(count: number): AsyncGenerator<AnswerStep> {
  for (let number = 1; number <= count; number++) yield sentence(`${number}`);
}

test('a reader who stalls holds neither the run nor the others up', async () => {
  let over: AnswerStep[] | undefined;
  const flight = new Flight(
    () => run(50),
    (steps) => {
      over = steps;
    },
  );
  const stalled = flight.follow(present());
  expect((await stalled.next()).value).toEqual(sentence('1'));
  expect(await textsOf(flight.follow(present()))).toHaveLength(50);
  expect(over).toHaveLength(50);
  // Nothing is lost for the slow one either, nor for who comes when it is over.
  expect(await textsOf(stalled)).toHaveLength(49);
  expect(await textsOf(flight.follow(present()))).toHaveLength(50);
});

test('what the run throws is thrown to everybody, after what came before', async () => {
  let overs = 0;
  const flight = new Flight(
    async function* () {
      yield* run(2);
      throw new Error('broken');
    },
    () => overs++,
  );
  for (const follower of [flight.follow(present()), flight.follow(present())]) {
    expect([await follower.next(), await follower.next()]).toHaveLength(2);
    await expect(follower.next()).rejects.toThrow('broken');
  }
  expect(overs).toBe(1);
});

test('a client whose signal is aborted while it waits is let go at once; the run is aborted with the last', async () => {
  let abortedRun: AbortSignal | undefined;
  const flight = new Flight(
    async function* (signal) {
      abortedRun = signal;
      yield sentence('1');
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
    },
    () => {},
  );
  const [first, second] = [new AbortController(), new AbortController()];
  const [early, late] = [flight.follow(first.signal), flight.follow(second.signal)];
  await Promise.all([early.next(), late.next()]);
  const waiting = early.next();
  first.abort(new Error('left'));
  await expect(waiting).rejects.toThrow('left');
  expect(abortedRun?.aborted).toBe(false);
  // Left without a word, as a `for await` is by `break`.
  await late.return(undefined);
  expect(abortedRun?.aborted).toBe(true);
});
