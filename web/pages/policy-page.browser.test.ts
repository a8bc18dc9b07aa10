import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../testing/launch-browser.ts';
import { type RunningProduct, startProduct } from '../testing/start-product.ts';

const DOCUMENT = '/documents/china-kazakhstan-joint-statement-2019';
const EXPO = '中方欢迎并邀请哈方作为主宾国参加2019年11月在上海举办的第二届中国国际进口博览会。';

let browser: Browser;
let product: RunningProduct;
let page: Page;
/** Errors on the console, uncaught exceptions and breaches of the content security policy. */
let complaints: string[] = [];

beforeAll(async () => {
  [browser, product] = await Promise.all([launchBrowser(), startProduct()]);
}, 60_000);

afterAll(async () => {
  await browser.close();
  await product.stop();
});

afterEach(async () => {
  await page.context().close();
  expect(complaints).toEqual([]);
});

async function open(path: string, options: BrowserContextOptions = {}, prepare?: (page: Page) => Promise<unknown>): Promise<void> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'zh-CN', ...options });
  page = await context.newPage();
  complaints = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  await prepare?.(page);
  await page.goto(`${product.origin}${path}`);
}

async function checkQuote(quote: string): Promise<void> {
  await page.getByRole('textbox', { name: '要检查的引文' }).fill(quote);
  await page.getByRole('button', { name: '检查', exact: true }).click();
}

const copyButton = (label: string) => page.getByRole('button', { name: `复制链接: ${label}`, exact: true });
const copyStatus = () => page.locator('.copy-status');

describe('the button beside a paragraph', { timeout: 30_000 }, () => {
  it('copies the address to pass on, and says so politely', async () => {
    await open(`${DOCUMENT}?view=elder-friendly`, { permissions: ['clipboard-read', 'clipboard-write'] });
    await copyButton('第二部分第（六）项').click();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(`${product.origin}${DOCUMENT}#part-2-item-6`);
    expect(await copyStatus().textContent()).toBe('已复制');
    expect(await copyStatus().getAttribute('role')).toBe('status');
  });

  it('copies without the clipboard API, too, as on an intranet without https, and keeps the focus', async () => {
    await open('/', { permissions: [] }, (opened) =>
      opened.addInitScript(() => Object.defineProperty(navigator, 'clipboard', { value: undefined })),
    );
    await copyButton('序言第1段').click();
    expect(await copyStatus().textContent()).toBe('已复制');
    expect(await page.evaluate(() => document.activeElement?.className)).toBe('copy-link');
    await page.locator('#quote').focus();
    await page.keyboard.press('Control+V');
    expect(await page.locator('#quote').inputValue()).toBe(`${product.origin}${DOCUMENT}#preamble-p1`);
  });

  it('shows the address where nothing can be copied', async () => {
    await open('/', {}, (opened) =>
      opened.addInitScript(() => {
        Object.defineProperty(navigator, 'clipboard', { value: undefined });
        document.execCommand = () => false;
      }),
    );
    await copyButton('序言第1段').click();
    expect(await copyStatus().textContent()).toBe(`未能复制，请手动复制： ${product.origin}${DOCUMENT}#preamble-p1`);
  });

  it('and the number in the margin are no part of a selection', async () => {
    await open('/');
    const selected = await page.evaluate(() => {
      const paragraph = document.querySelector('#preamble-p1');
      if (paragraph) getSelection()?.selectAllChildren(paragraph);
      const text = paragraph?.querySelector('[data-paragraph-text]')?.textContent;
      return { selection: getSelection()?.toString().trim(), text };
    });
    expect(selected.selection).toBe(selected.text);
  });
});

describe('by keyboard', { timeout: 30_000 }, () => {
  it('the second stop opens the widget, which gives the focus back', async () => {
    await open(`${DOCUMENT}?language=ru`, { locale: 'en' });
    const skip = page.getByRole('button', { name: 'Задать вопрос по документу' }).and(page.locator('.skip'));
    await skip.waitFor({ state: 'attached' });
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    expect(await skip.evaluate((button) => button === document.activeElement)).toBe(true);
    await page.keyboard.press('Enter');
    const question = page.getByRole('textbox', { name: /вопрос/i });
    await question.waitFor();
    await expect.poll(() => question.evaluate((field) => field.matches(':focus'))).toBe(true);
    await page.keyboard.press('Escape');
    await expect.poll(() => skip.evaluate((button) => button === document.activeElement)).toBe(true);
  });

  it('there is no way to a widget that is not there', async () => {
    await open(DOCUMENT, {}, (opened) =>
      opened.route('**/widget.js', (route) => route.fulfill({ contentType: 'text/javascript', body: '' })),
    );
    await copyButton('序言第1段').waitFor({ state: 'attached' });
    expect(await page.locator('button.skip').count()).toBe(0);
  });
});

describe('without JavaScript', { timeout: 30_000 }, () => {
  it('the text is there, the contents and the numbers lead to their places, and there are no dead buttons', async () => {
    await open('/', { javaScriptEnabled: false });
    await page.getByRole('link', { name: '三 第三部分' }).click();
    expect(new URL(page.url()).hash).toBe('#section-part-3');
    await page.getByRole('link', { name: '第三部分第2段', exact: true }).click();
    expect(new URL(page.url()).hash).toBe('#part-3-p2');
    expect((await page.locator('#part-3-p2').boundingBox())?.y).toBeGreaterThan(0);
    expect(await page.locator('button').count()).toBe(1);
  });

  it('large print is one link away, larger by a third and more, and stays when moving about', async () => {
    await open('/', { javaScriptEnabled: false });
    const box = () => page.locator('#part-2-item-9').boundingBox();
    const lineBefore = (await box())?.height ?? 0;
    await page.getByRole('link', { name: '长辈模式' }).click();
    expect(((await box())?.height ?? 0) / lineBefore).toBeGreaterThanOrEqual(1.35);
    await page.getByRole('link', { name: '序言第2段' }).click();
    expect(new URL(page.url()).search).toBe('?view=elder-friendly');
    await checkQuote(EXPO);
    expect(await page.locator('html').getAttribute('class')).toBe('elder-friendly');
    await page.getByRole('link', { name: '标准模式' }).click();
    expect(page.url()).toBe(`${product.origin}${DOCUMENT}`);
  });

  it('the language of the page’s words is one link away, and stays when large print is asked for', async () => {
    await open('/', { javaScriptEnabled: false });
    await page.getByRole('navigation', { name: '界面语言' }).getByRole('link', { name: 'Қазақша' }).click();
    expect(page.url()).toBe(`${product.origin}${DOCUMENT}?language=kk`);
    await page.getByRole('link', { name: 'Нашар көретіндерге арналған нұсқа' }).click();
    expect(await page.locator('html').getAttribute('lang')).toBe('kk');
    expect(await page.locator('.languages [aria-current]').textContent()).toBe('Қазақша');
  });

  it('a quotation is checked, its outcome comes into view, and its words are marked in the text', async () => {
    await open('/', { javaScriptEnabled: false });
    await checkQuote(EXPO);
    const outcome = page.getByRole('heading', { name: '与原文逐字相符' });
    expect((await outcome.boundingBox())?.y).toBeLessThan(400);
    expect(await page.locator('#quote').inputValue()).toBe(EXPO);
    await page.getByRole('link', { name: '第二部分第（一）项' }).first().click();
    expect(await page.locator('#part-2-item-1 mark').textContent()).toBe(EXPO);
  });

  it('an altered quotation is told by its differences', async () => {
    await open('/', { javaScriptEnabled: false });
    await checkQuote(EXPO.replace('11', '12'));
    await page.getByRole('heading', { name: '与原文不一致' }).waitFor();
    expect(await page.locator('.differences').textContent()).toMatch(/数字或日期\s*引文 12\s*原文 11/);
  });
});

describe('on paper', { timeout: 30_000 }, () => {
  it('each paragraph has its label and address, and what is for the screen only is gone', async () => {
    await open('/');
    await page.locator('youju-chat').waitFor({ state: 'attached' });
    await page.emulateMedia({ media: 'print' });
    const printed = await page.locator('.permalink').evaluateAll((links) =>
      links.map((link) => {
        const { content, display } = getComputedStyle(link, '::before');
        const { opacity, position } = getComputedStyle(link);
        return { content, isShown: display !== 'none' && opacity === '1' && position === 'static' };
      }),
    );
    expect(printed.length).toBe(await page.locator('.paragraph').count());
    expect(printed.filter(({ isShown }) => !isShown)).toEqual([]);
    expect(printed.map(({ content }) => content)).toContain('"第二部分第（六）项 · #part-2-item-6"');
    for (const gone of ['.contents', '.quote-check form', '.copy-link >> nth=0', '.masthead-links', 'youju-chat', '.skip >> nth=0'])
      expect(await page.locator(gone).isVisible(), gone).toBe(false);
    expect(await page.locator('footer').textContent()).toContain(`${product.origin}${DOCUMENT}`);
    expect(await page.locator('footer code').textContent()).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe('a window of 320 px', { timeout: 30_000 }, () => {
  it.each([DOCUMENT, `${DOCUMENT}?view=elder-friendly`, `${DOCUMENT}?language=kk&view=elder-friendly`])(
    'holds %s without scrolling sideways, the outcome of a check, too',
    async (path) => {
      await open(path, { viewport: { width: 320, height: 640 } });
      const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(await overflow()).toBeLessThanOrEqual(0);
      await page.locator('#quote').fill(`${EXPO.replace('11', '12')}https://example.org/${'a'.repeat(200)}`);
      await page.locator('.quote-check button').click();
      await page.locator('.verdict').waitFor();
      expect(await overflow()).toBeLessThanOrEqual(0);
    },
  );

  it('has targets of 24 px, and of 44 px in large print', async () => {
    const smallest = () =>
      page.locator('.page :is(a, button, textarea)').evaluateAll((targets) =>
        Math.min(
          ...targets.map((target) => {
            const { width, height } = target.getBoundingClientRect();
            return Math.min(width, height);
          }),
        ),
      );
    await open(DOCUMENT, { viewport: { width: 320, height: 640 } });
    expect(await smallest()).toBeGreaterThanOrEqual(24);
    await page.goto(`${product.origin}${DOCUMENT}?view=elder-friendly`);
    expect(await smallest()).toBeGreaterThanOrEqual(44);
  });
});
