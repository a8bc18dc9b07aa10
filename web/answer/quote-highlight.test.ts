import { describe, expect, it } from 'vitest';
import { locateQuote } from './quote-highlight.ts';

describe('locateQuote', () => {
  it('trusts the offsets only if the quote stands there', () => {
    expect(locateQuote('合作与合作', { quote: '合作', start: 3, end: 5 })).toEqual({ start: 3, end: 5 });
    expect(locateQuote('又：合作', { quote: '合作', start: 0, end: 2 })).toEqual({ start: 2, end: 4 });
    expect(locateQuote('别的话', { quote: '合作', start: 0, end: 2 })).toBeUndefined();
  });
});
