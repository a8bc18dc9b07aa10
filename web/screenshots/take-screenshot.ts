import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { askInPanel } from '../testing/ask-in-panel.ts';

/** A picture in `docs/` of a question and its answer on the policy page. */
export type Screenshot = {
  file: string;
  /** The page's address on the product. */
  address: string;
  question: string;
  /** Whether the first citation is clicked, so that the page shows the sentence marked. */
  showsQuote: boolean;
  browser: BrowserContextOptions;
  /** What is done before asking; throws when the picture would not show what its name says. */
  prepare?: (page: Page) => Promise<void>;
};

/** So that the README loads on a slow line. */
const LARGEST_BYTES = 350_000;

export async function takeScreenshot(browser: Browser, origin: string, screenshot: Screenshot): Promise<number> {
  const context = await browser.newContext({ locale: 'zh-CN', reducedMotion: 'reduce', ...screenshot.browser });
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    await page.goto(origin + screenshot.address);
    await page.locator('youju-chat .launcher').waitFor();
    await screenshot.prepare?.(page);
    const citation = await askInPanel(page, screenshot.question);
    if (screenshot.showsQuote) {
      await citation.click();
      await page.waitForFunction(() => CSS.highlights.size > 0);
    }
    const picture = await page.screenshot({ animations: 'disabled' });
    if (picture.length > LARGEST_BYTES) throw new Error(`The picture has ${picture.length} bytes; ${LARGEST_BYTES} are allowed.`);
    await writeFile(path.join('docs', screenshot.file), picture);
    return picture.length;
  } finally {
    await context.close();
  }
}
