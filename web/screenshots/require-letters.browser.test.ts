import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../testing/launch-browser.ts';
import { hasLetters } from './require-letters.ts';

let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
}, 60_000);

afterAll(() => browser.close());

describe('looking for fonts', () => {
  it('tells letters from boxes', async () => {
    const page = await browser.newPage();
    expect(await hasLetters(page, ['A', 'B'])).toBe(true);
    // No font has letters at unassigned code points.
    expect(await hasLetters(page, ['\u{50000}', '\u{60001}'])).toBe(false);
  });
});
