import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../testing/launch-browser.ts';
import { PAYLOAD, PAYLOADS } from '../testing/scripted-answers.ts';
import { type RunningProduct, startProduct } from '../testing/start-product.ts';

let browser: Browser;
let product: RunningProduct;
let folder: string;

/** A document as an attacker would have an editor ingest it. Line breaks would end its paragraphs. */
const ONE_LINE = PAYLOAD.replaceAll('\u2028', ' ');

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'youju-hostile-'));
  const documents = path.join(folder, 'documents');
  await mkdir(documents);
  await writeFile(path.join(documents, 'hostile.txt'), `双方满意地指出边境贸易增长。${ONE_LINE}\n双方将扩大能源合作。${ONE_LINE}\n`);
  const notes = { 'body-p1': { 'zh-Hans': ONE_LINE } };
  const questions = { 'zh-Hans': PAYLOADS.slice(0, 5) };
  const metadata = { title: ONE_LINE, place: ONE_LINE, parties: [ONE_LINE], source: `https://a.example/${ONE_LINE}`, notes, questions };
  await writeFile(path.join(documents, 'hostile.json'), JSON.stringify(metadata));
  const ingest = ['dist/ingest/ingest-command.js', documents, '--data-dir', path.join(folder, 'data')];
  await promisify(execFile)(process.execPath, ingest);
  [browser, product] = await Promise.all([launchBrowser(), startProduct(path.join(folder, 'data'))]);
}, 60_000);

afterAll(async () => {
  await browser.close();
  await product.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Opened without its content security policy: nothing but the page's own care is left to hold. */
async function openUnprotected(): Promise<{ page: Page; requests: string[] }> {
  const context = await browser.newContext({ bypassCSP: true, locale: 'zh-CN' });
  const page = await context.newPage();
  const requests: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  await page.goto(product.origin);
  return { page, requests };
}

async function expectNothingRan({ page, requests }: { page: Page; requests: string[] }): Promise<void> {
  await page.waitForTimeout(200);
  expect(await page.evaluate(() => Reflect.get(globalThis, 'hacked'))).toBeUndefined();
  expect(requests.filter((url) => !url.startsWith(product.origin))).toEqual([]);
  const names = await page.evaluate(() => {
    const widget = document.querySelector('youju-chat')?.shadowRoot;
    return [...document.querySelectorAll('*'), ...(widget?.querySelectorAll('*') ?? [])].map(({ localName }) => localName);
  });
  expect(names.length).toBeGreaterThan(50);
  expect(names.filter((name) => ['iframe', 'img', 'style', 'object', 'embed'].includes(name))).toEqual([]);
  const scripts = await page.locator('script').evaluateAll((all) => all.map((script) => script.getAttribute('src')));
  expect(scripts.every((source) => source?.startsWith('/'))).toBe(true);
}

describe('a document full of payloads', { timeout: 60_000 }, () => {
  it('is text: in title, facts, text and notes of the page, in questions, answers and citations of the widget', async () => {
    const opened = await openUnprotected();
    const { page } = opened;
    expect(await page.locator('h1').textContent()).toBe(ONE_LINE);
    expect(await page.locator('.editor-note').textContent()).toBe(ONE_LINE);
    await page.locator('youju-chat .launcher').click();
    const panel = page.getByRole('dialog');
    expect(await panel.locator('.suggestion').first().textContent()).toBe(PAYLOADS[0]);
    await panel.locator('.composer textarea').fill('双方对边境贸易怎么看？');
    await panel.locator('.composer textarea').press('Enter');
    await panel.locator('.citation').first().waitFor();
    expect(await panel.locator('cite').first().textContent()).toBe(ONE_LINE);
    await panel.locator('.citation .label').first().click();
    await expectNothingRan(opened);
    await page.context().close();
  });

  it('is text where a quotation full of payloads is checked against it', async () => {
    const opened = await openUnprotected();
    const { page } = opened;
    for (const quotation of [PAYLOAD, `双方将缩小能源合作。${ONE_LINE}`, ONE_LINE.repeat(2)]) {
      await page.locator('.quote-check textarea').fill(quotation);
      await page.locator('.quote-check button').click();
      await page.waitForLoadState('load');
      expect(await page.locator('.quote-check textarea').inputValue()).toContain('<script>');
      await expectNothingRan(opened);
    }
    await page.context().close();
  });
});
