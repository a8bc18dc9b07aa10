import { describe, expect, it } from 'vitest';
import type { KeyPress } from './send-key.ts';
import { sendsQuestion } from './send-key.ts';

const enter = (changes: Partial<KeyPress> = {}): KeyPress => ({
  key: 'Enter',
  keyCode: 13,
  isComposing: false,
  shiftKey: false,
  altKey: false,
  repeat: false,
  timeStamp: 1000,
  ...changes,
});

describe('sendsQuestion', () => {
  it('is Enter alone', () => {
    expect(sendsQuestion(enter(), -Infinity)).toBe(true);
    expect(sendsQuestion(enter({ shiftKey: true }), -Infinity)).toBe(false);
    expect(sendsQuestion(enter({ repeat: true }), -Infinity)).toBe(false);
    expect(sendsQuestion(enter({ key: 'a' }), -Infinity)).toBe(false);
  });

  it('is not the Enter of an input method', () => {
    expect(sendsQuestion(enter({ isComposing: true }), -Infinity)).toBe(false);
    expect(sendsQuestion(enter({ keyCode: 229 }), -Infinity)).toBe(false);
  });

  it('is not the Enter that ended the composition, whichever of the two is stamped first', () => {
    expect(sendsQuestion(enter(), 995)).toBe(false);
    expect(sendsQuestion(enter(), 1003)).toBe(false);
    expect(sendsQuestion(enter(), 800)).toBe(true);
  });
});
