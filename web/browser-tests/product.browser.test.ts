import { readFile } from 'node:fs/promises';
import path from 'node:path';
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

  it('offers questions to begin with, and questions that lead on, each answered from the place it names', async () => {
    const { launcher, panel, response } = widget;
    await launcher.click();
    await panel.getByRole('button', { name: '双方在能源领域有哪些合作？' }).click();
    await finished();
    const followUp = response.locator('.follow-ups .suggestion').first();
    const question = (await followUp.textContent()) ?? '';
    await followUp.click();
    await expect.poll(() => panel.locator('.exchange').count()).toBe(2);
    await finished();
    expect(question).toContain('第二部分第（四）项');
    expect(await response.locator('.citation .label').first().textContent()).toBe('第二部分第（四）项');
  });

  it('puts a rating and its comment on the disk, with the question that it is about', async () => {
    await widget.ask('声明用哪几种文字写成？');
    await finished();
    await widget.response.getByRole('button', { name: '有帮助', exact: true }).click();
    await widget.response.getByRole('textbox').fill('一目了然');
    await widget.response.getByRole('button', { name: '提交' }).click();
    await widget.response.getByText('谢谢你的反馈。').waitFor();
    const lines = (await readFile(path.join(product.dataFolder, 'feedback', 'feedback.jsonl'), 'utf8')).trim().split('\n');
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({
      rating: 'up',
      comment: '一目了然',
      answer: { asked: { question: '声明用哪几种文字写成？' } },
    });
  });

  it.each([
    ['light', '/', 'light'],
    ['dark', '/', 'dark'],
    ['elder-friendly', '/?view=elder-friendly', 'light'],
    ['elder-friendly and dark', '/?view=elder-friendly', 'dark'],
  ] as const)('has no barrier that axe-core finds, with the panel closed and open: %s', async (_name, address, colorScheme) => {
    await widget.page.emulateMedia({ colorScheme });
    await widget.page.goto(`${product.origin}${address}`);
    await widget.launcher.waitFor();
    expect(await findBarriers(widget.page)).toEqual([]);
    await widget.ask('双方在能源领域有哪些合作？');
    await finished();
    expect(await findBarriers(widget.page)).toEqual([]);
    await widget.response.locator('.marker').first().click();
    expect(await findBarriers(widget.page)).toEqual([]);
  });

  it('shows the editor’s note to the signatures, on the page and under the citation, apart from the source’s words', async () => {
    const { page, response } = widget;
    await expect.poll(() => page.locator('.editor-note').textContent()).toContain('应读作');
    expect(await page.locator('#signatures-p1 [data-paragraph-text]').textContent()).not.toContain('编者注');
    await widget.ask('谁签署了声明？');
    await finished();
    expect(await response.locator('.citation .editor-note').textContent()).toContain('哈萨克斯坦共和国总统托卡耶夫（签字）');
  });
});
