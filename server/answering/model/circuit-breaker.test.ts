import { describe, expect, test } from 'vitest';
import { CircuitBreaker, type Verdict } from './circuit-breaker.ts';

const SECOND = 1000;

function startedBreaker() {
  const clock = { milliseconds: 0 };
  const changes: string[] = [];
  const breaker = new CircuitBreaker({ now: () => clock.milliseconds, onChange: (state, pause) => changes.push(`${state} ${pause}`) });
  const answers = (...verdicts: Verdict[]) => {
    for (const verdict of verdicts) breaker.admit()?.(verdict);
  };
  const fail = (times: number) => answers(...Array.from({ length: times }, () => 'failed' as const));
  return { breaker, clock, changes, answers, fail };
}

describe('the circuit breaker', () => {
  test('lets four failures in a row pass, and as many again after an answer', () => {
    const { breaker, answers, fail, changes } = startedBreaker();
    fail(4);
    answers('answered');
    fail(4);
    expect(breaker.state).toBe('closed');
    expect(changes).toEqual([]);
  });

  test('opens with the fifth failure in a row; clients that left in between count for nothing', () => {
    const { breaker, answers, fail } = startedBreaker();
    fail(4);
    answers('undecided', 'undecided');
    expect(breaker.state).toBe('closed');
    fail(1);
    expect(breaker.state).toBe('open');
    expect(breaker.admit()).toBeUndefined();
  });

  test('lets exactly one answer try when 15 s are over, and closes when that goes well', () => {
    const { breaker, clock, fail, changes } = startedBreaker();
    fail(5);
    clock.milliseconds = 15 * SECOND - 1;
    expect(breaker.admit()).toBeUndefined();
    clock.milliseconds++;
    expect(breaker.state).toBe('half-open');
    const settle = breaker.admit();
    expect(settle).toBeDefined();
    expect(breaker.admit()).toBeUndefined();
    settle?.('answered');
    expect(breaker.state).toBe('closed');
    fail(4);
    expect(breaker.state).toBe('closed');
    expect(changes).toEqual(['open 15000', 'closed 0']);
  });

  test('doubles its pause with each trial that fails, up to two minutes, and starts over after one that goes well', () => {
    const { clock, answers, fail, changes } = startedBreaker();
    fail(5);
    for (let trial = 0; trial < 5; trial++) {
      clock.milliseconds += 120 * SECOND;
      fail(1);
    }
    clock.milliseconds += 120 * SECOND;
    answers('answered');
    fail(5);
    expect(changes.map((change) => Number(change.split(' ')[1]))).toEqual([15_000, 30_000, 60_000, 120_000, 120_000, 120_000, 0, 15_000]);
  });

  test('lets the next one try where the client of the trial left', () => {
    const { breaker, clock, answers, fail } = startedBreaker();
    fail(5);
    clock.milliseconds = 15 * SECOND;
    answers('undecided');
    expect(breaker.state).toBe('half-open');
    answers('answered');
    expect(breaker.state).toBe('closed');
  });

  test('is not moved by answers that began before it opened, nor by an answer that is settled twice', () => {
    const { breaker, clock, fail } = startedBreaker();
    const [early, late] = [breaker.admit(), breaker.admit()];
    fail(4);
    early?.('failed');
    early?.('answered');
    expect(breaker.state).toBe('open');
    late?.('answered');
    expect(breaker.state).toBe('open');
    clock.milliseconds = 15 * SECOND;
    expect(breaker.state).toBe('half-open');
  });
});
