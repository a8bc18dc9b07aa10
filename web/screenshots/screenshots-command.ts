import type { Page } from 'playwright-core';
import { launchBrowser } from '../testing/launch-browser.ts';
import { startProduct } from '../testing/start-product.ts';
import { requireLetters } from './require-letters.ts';
import { type Screenshot, takeScreenshot } from './take-screenshot.ts';

const DESKTOP = { viewport: { width: 1280, height: 800 } };
const PHONE = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };

const letterSize = (page: Page) =>
  page
    .locator('[data-paragraph-text]')
    .first()
    .evaluate((text) => Number.parseFloat(getComputedStyle(text).fontSize));

/** An address that the product does not know shows the ordinary page. */
async function requireLargerLetters(page: Page): Promise<void> {
  const ordinary = await page.context().newPage();
  await ordinary.goto(new URL('/', page.url()).href);
  if ((await letterSize(page)) <= (await letterSize(ordinary)))
    throw new Error('The product has no elder-friendly view: its letters are no larger.');
  await ordinary.close();
}

const SCREENSHOTS: Screenshot[] = [
  { file: 'policy-page.png', address: '/', question: '第二届中国国际进口博览会在哪里举办？', showsQuote: true, browser: DESKTOP },
  { file: 'phone.png', address: '/', question: '双方在能源领域如何合作？', showsQuote: false, browser: PHONE },
  { file: 'dark.png', address: '/', question: '双方在农业方面如何合作？', showsQuote: true, browser: { ...DESKTOP, colorScheme: 'dark' } },
  {
    file: 'elder-friendly.png',
    address: '/?view=elder-friendly',
    question: '声明用哪几种文字写成？',
    showsQuote: true,
    browser: DESKTOP,
    prepare: requireLargerLetters,
  },
  {
    file: 'russian.png',
    address: '/?language=ru',
    question: 'Какие виды энергетики названы?',
    showsQuote: true,
    browser: { ...DESKTOP, locale: 'ru-RU' },
  },
];

const product = await startProduct();
const browser = await launchBrowser();
try {
  await requireLetters(await browser.newPage());
  for (const screenshot of SCREENSHOTS) {
    // One view that fails must not cost the pictures of the others.
    try {
      const bytes = await takeScreenshot(browser, product.origin, screenshot);
      console.log(`docs/${screenshot.file}: ${Math.round(bytes / 1000)} kB`);
    } catch (error) {
      process.exitCode = 1;
      const [reason] = String(error).split('\n');
      console.error(`docs/${screenshot.file} was not taken: ${reason}`);
    }
  }
} finally {
  await browser.close();
  await product.stop();
}
