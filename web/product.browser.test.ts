import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launchBrowser } from './testing/launch-browser.ts';
import { openWidget, type WidgetPage } from './testing/open-widget.ts';
import { type RunningProduct, startProduct } from './testing/start-product.ts';

let browser: Browser;
let product: RunningProduct;
let widget: WidgetPage;

beforeAll(async () => {
  [browser, product] = await Promise.all([launchBrowser(), startProduct()]);
}, 60_000);

afterAll(async () => {
  await browser.close();
  await product.stop();
});

beforeEach(async () => {
  widget = await openWidget(browser, `${product.origin}/`);
});

// The page's own policy forbids inline code and foreign addresses: a breach is a complaint.
afterEach(async () => {
  await widget.context.close();
  expect(widget.complaints).toEqual([]);
});

const finished = () => widget.response.locator('.mode').waitFor();

describe('the policy page of the running product', { timeout: 30_000 }, () => {
  it('answers where the import expo is held, and a click marks the sentence in its paragraph', async () => {
    await widget.ask('第二届中国国际进口博览会在哪里举办？');
    await finished();
    expect(await widget.response.locator('.answer').textContent()).toContain('上海');
    expect(await widget.response.locator('.citation .label').allTextContents()).toEqual(['第二部分第（一）项']);
    await widget.response.locator('.marker').first().click();
    expect(await widget.focusedId()).toBe('part-2-item-1');
    expect(await widget.highlightedText()).toBe('中方欢迎并邀请哈方作为主宾国参加2019年11月在上海举办的第二届中国国际进口博览会。');
    expect(await widget.page.locator('#part-2-item-1').isVisible()).toBe(true);
  });

  it('highlights whole paragraphs asked for by number, with the item mark', async () => {
    await widget.ask('第二部分第（六）条讲什么');
    await finished();
    await widget.response.locator('.marker').first().click();
    expect(await widget.focusedId()).toBe('part-2-item-6');
    expect(await widget.highlightedText()).toMatch(/^（六）同步加强口岸/);
  });

  it('declines what is not in the text, in the language of the question', async () => {
    await widget.ask('What is the best recipe for beshbarmak?');
    await widget.response.getByText(/is not about the documents held here|does not say this/).waitFor();
    expect(await widget.response.locator('.citation').count()).toBe(0);
  });

  it('follows up on the question before', async () => {
    await widget.ask('双方在农业方面如何合作？');
    await finished();
    await widget.ask('那能源呢？');
    await finished();
    expect(await widget.response.locator('.citation .label').allTextContents()).toContain('第二部分第（三）项');
  });

  it('opens the address of a citation at its paragraph', async () => {
    await widget.ask('中哈在航天领域怎样合作？');
    await finished();
    const address = (await widget.response.locator('.citation .label').first().getAttribute('href')) ?? '';
    expect(address).toContain('#part-2-item-10:~:text=');
    await widget.page.goto(address);
    expect(await widget.page.locator('#part-2-item-10').isVisible()).toBe(true);
    await widget.page.waitForFunction(() => scrollY > 0);
  });
});
