import { execFile } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findBarriers } from '../testing/find-barriers.ts';
import { launchBrowser } from '../testing/launch-browser.ts';
import { openWidget, type WidgetPage } from '../testing/open-widget.ts';
import { type RunningProduct, startProduct } from '../testing/start-product.ts';

let browser: Browser;
let product: RunningProduct;
let widget: WidgetPage;

beforeAll(async () => {
  const dataFolder = await mkdtemp(path.join(tmpdir(), 'youju-sisters-'));
  const ingest = ['dist/ingest/ingest-command.js', 'evals/several-documents/documents', '--data-dir', dataFolder];
  await promisify(execFile)(process.execPath, ingest);
  [browser, product] = await Promise.all([launchBrowser(), startProduct(dataFolder)]);
}, 120_000);

afterAll(async () => {
  await browser.close();
  await product.stop();
});

beforeEach(async () => {
  widget = await openWidget(browser, `${product.origin}/documents`);
});

afterEach(async () => {
  await widget.context.close();
  expect(widget.complaints).toEqual([]);
});

const finished = () => widget.response.locator('.mode, .declined').first().waitFor();
const answered = async () => (await widget.response.locator('.answer').textContent()) ?? '';

describe('with several documents', { timeout: 60_000 }, () => {
  it('an answer keeps the years apart, and the next question asks the same of one of them', async () => {
    await widget.ask('每年互派多少名留学生？');
    await finished();
    expect((await answered()).match(/（20\d\d年\d+月\d+日）/g)).toEqual(['（2019年10月28日）', '（2017年6月20日）', '（2015年12月14日）']);
    expect(await widget.response.locator('.citation .label').first().textContent()).toContain('（2019年10月28日）第三部分第1段');
    await widget.ask('2015年的声明呢？');
    await finished();
    expect(await answered()).toContain('每年互派300名留学生');
    expect(await widget.response.locator('.citation').count()).toBe(1);
  });

  it('the visitor chooses the documents that are asked', async () => {
    await widget.launcher.click();
    const chooser = widget.panel.locator('.chooser');
    await chooser.locator('summary').click();
    expect(await chooser.locator('summary').textContent()).toBe('询问：全部文件');
    await chooser.getByLabel(/2017-06-20/).check();
    expect(await chooser.locator('summary').textContent()).toContain('2017-06-20');
    expect(await findBarriers(widget.page)).toEqual([]);
    await widget.ask('每年互派多少名留学生？');
    await finished();
    expect(await answered()).toContain('500名');
    expect(await answered()).not.toContain('800名');
    await chooser.getByRole('button').click();
    expect(await chooser.locator('summary').textContent()).toBe('询问：全部文件');
  });

  it('a year that there is no document of is declined, one click from the nearest years', async () => {
    await widget.ask('2016年的声明对留学生怎么说？');
    await finished();
    await widget.response.getByRole('button', { name: '2015年的声明对留学生怎么说？' }).click();
    await widget.response.getByText('每年互派300名留学生').first().waitFor();
  });

  it('the list is searched by title, year and text without any script', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false, locale: 'zh-CN' });
    const page = await context.newPage();
    await page.goto(`${product.origin}/documents`);
    expect(await page.locator('h2.year').allTextContents()).toEqual(['2019', '2017', '2015']);
    await page.getByRole('searchbox').fill('电子商务');
    await page.getByRole('button').click();
    expect(await page.locator('.documents h3').count()).toBe(1);
    expect(await page.locator('.documents li').textContent()).toContain('2019年10月28日');
    await page.getByRole('searchbox').fill('');
    await page.getByRole('combobox').selectOption('2017');
    await page.getByRole('button').click();
    expect(await page.locator('.documents h3').count()).toBe(2);
    await context.close();
  });

  it('the list has no barriers', async () => {
    expect(await findBarriers(widget.page)).toEqual([]);
  });
});
