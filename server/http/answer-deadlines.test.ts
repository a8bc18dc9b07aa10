import { expect, onTestFinished, test, vi } from 'vitest';
import type { AnswerStep } from '../answering/answer-step.ts';
import { AnswerDeadlines } from './answer-deadlines.ts';

const LONGEST = 30_000;
const NEVER = new AbortController().signal;
const delta = (text: string): AnswerStep => ({ event: 'text-delta', data: { text }, citedSpans: [] });

function fakeClock(): void {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => {
    vi.useRealTimers();
  });
}

/** An answer that waits for something, and goes on without it when told to. */
async function* willing(signal: AbortSignal) {
  yield delta('first');
  await new Promise((resolve) => signal.addEventListener('abort', resolve));
  yield delta('without it');
}

/** One that waits for ever. */
async function* hanging() {
  yield delta('first');
  await new Promise(() => {});
}

test('an answer whose time is over goes on without what it waits for', async () => {
  fakeClock();
  const steps = new AnswerDeadlines(LONGEST, NEVER).bound(willing, NEVER);
  expect((await steps.next()).value).toMatchObject({ data: { text: 'first' } });
  const next = steps.next();
  await vi.advanceTimersByTimeAsync(LONGEST);
  expect((await next).value).toMatchObject({ data: { text: 'without it' } });
  expect(await steps.next()).toEqual({ done: true, value: undefined });
  expect(vi.getTimerCount()).toBe(0);
});

test.each([
  ['when its time is over', 'timed-out', false, LONGEST + 1000],
  ['when the server stops', 'shutting-down', true, 4000],
])('an answer that hangs all the same ends with an error %s', async (_, code, isStopping, milliseconds) => {
  fakeClock();
  const stopping = new AbortController();
  const steps = new AnswerDeadlines(LONGEST, stopping.signal).bound(hanging, NEVER);
  await steps.next();
  const failure = expect(steps.next()).rejects.toMatchObject({ status: 503, code, headers: { 'Retry-After': '10' } });
  if (isStopping) stopping.abort();
  await vi.advanceTimersByTimeAsync(milliseconds);
  await failure;
  expect(vi.getTimerCount()).toBe(0);
});

test('an answer whose client leaves ends what it waits for at once', async () => {
  const departure = new AbortController();
  const steps = new AnswerDeadlines(LONGEST, NEVER).bound(willing, departure.signal);
  await steps.next();
  const next = steps.next();
  departure.abort();
  expect((await next).value).toMatchObject({ data: { text: 'without it' } });
  await steps.return(undefined);
});
