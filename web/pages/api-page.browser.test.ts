import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findBarriers } from '../testing/find-barriers.ts';
import { launchBrowser } from '../testing/launch-browser.ts';
import { type RunningProduct, startProduct } from '../testing/start-product.ts';

let browser: Browser;
let product: RunningProduct;
let page: Page;
/** Errors on the console, uncaught exceptions and breaches of the content security policy; requests to others. */
let complaints: string[] = [];

beforeAll(async () => {
  [browser, product] = await Promise.all([launchBrowser(), startProduct()]);
}, 60_000);

afterAll(async () => {
  await browser.close();
  await product.stop();
});

beforeEach(async () => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  page = await context.newPage();
  complaints = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('request', (request) => request.url().startsWith(product.origin) || complaints.push(request.url()));
  await page.goto(`${product.origin}/`);
  await page.getByRole('link', { name: 'OpenAPI', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: 'API' }).waitFor();
});

afterEach(async () => {
  await page.context().close();
  expect(complaints).toEqual([]);
});

describe('the page of the API', { timeout: 30_000 }, () => {
  it('shows every operation that is described, and leads to it', async () => {
    const described = await (await fetch(`${product.origin}/openapi.json`)).json();
    const summaries = Object.values<Record<string, { summary: string }>>(described.paths).flatMap((item) =>
      Object.values(item).map(({ summary }) => summary),
    );
    expect(summaries.length).toBeGreaterThan(10);
    expect((await page.locator('.operation h3').allTextContents()).toSorted()).toEqual(summaries.toSorted());
    await page.getByRole('navigation').getByRole('link', { name: 'Check a quotation' }).click();
    expect(await page.locator('#verifyQuote').evaluate((heading) => heading === document.activeElement || heading.matches(':target'))).toBe(
      true,
    );
    expect(await page.getByRole('heading', { name: 'Check a quotation' }).isVisible()).toBe(true);
  });

  it('leads from each type to its schema, and has no address twice', async () => {
    const { ids, targets } = await page.evaluate(() => ({
      ids: [...document.querySelectorAll('[id]')].map(({ id }) => id),
      targets: [...document.querySelectorAll<HTMLAnchorElement>('main a[href^="#"]')].map(({ hash }) => hash.slice(1)),
    }));
    expect(new Set(ids).size).toBe(ids.length);
    expect(targets.length).toBeGreaterThan(50);
    expect(targets.filter((target) => !ids.includes(target))).toEqual([]);
  });

  it('has examples that open without a script, and calls that can be copied into a shell', async () => {
    await page.locator('#ask ~ details summary, #ask ~ dl summary').first().click();
    await page.locator('#ask ~ details').getByText('On the command line').click();
    const command = await page.locator('#ask ~ details pre').last().textContent();
    expect(command).toContain(`curl -s '${product.origin}/api/ask'`);
    expect(command).toContain('第二届中国国际进口博览会在哪里举办？');
  });

  it.each([
    ['on a desk', 1280, 'light'],
    ['on a phone in the dark', 390, 'dark'],
  ] as const)('has no barriers and does not scroll sideways %s', async (_, width, colorScheme) => {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 900 });
    for (const summary of await page.locator('summary').all()) await summary.click();
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
    expect(await findBarriers(page)).toEqual([]);
  });
});
