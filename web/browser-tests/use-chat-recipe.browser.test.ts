import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { readmeRecipe } from '../../server/testing/readme-recipe.ts';
import { bundleModules } from '../testing/bundle-modules.ts';
import { launchBrowser } from '../testing/launch-browser.ts';
import { serveTestSite, type TestSite } from '../testing/serve-test-site.ts';
import { type RunningProduct, startProduct } from '../testing/start-product.ts';

const EXPO_QUESTION = '第二届中国国际进口博览会在哪里举办？';
const EXPO_QUOTE = '中方欢迎并邀请哈方作为主宾国参加2019年11月在上海举办的第二届中国国际进口博览会。';

const MAIN = `
  import { createElement } from 'react';
  import { createRoot } from 'react-dom/client';
  import { Chat } from './recipe.jsx';
  createRoot(document.getElementById('root')).render(createElement(Chat));
`;

let browser: Browser;
let product: RunningProduct;
let site: TestSite;

beforeAll(async () => {
  site = await serveTestSite(new Map());
  vi.stubEnv('ALLOWED_ORIGINS', site.origin);
  [browser, product] = await Promise.all([launchBrowser(), startProduct()]);
  vi.unstubAllEnvs();
  const modules = new Map([
    ['main.js', MAIN],
    ['recipe.jsx', readmeRecipe('useChat (AI SDK)', 'jsx', product.origin)],
  ]);
  const html = '<!doctype html><html lang="zh"><title>App</title><div id="root"></div><script type="module" src="/app.js"></script></html>';
  site.pages.set('/app', { html, policy: '' });
  site.pages.set('/app.js', { html: await bundleModules(modules, 'main.js'), type: 'text/javascript' });
}, 60_000);

afterAll(async () => {
  await browser.close();
  await product.stop();
  await site.close();
});

type App = { page: Page; ask: (question: string) => Promise<void>; complaints: string[] };

async function openApp(): Promise<App> {
  const context = await browser.newContext({ locale: 'zh-CN' });
  onTestFinished(() => context.close());
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto(`${site.origin}/app`);
  const ask = async (question: string) => {
    await page.getByRole('textbox').fill(question);
    await page.getByRole('button', { name: 'Ask' }).click();
  };
  return { page, ask, complaints };
}

describe('the useChat recipe of the README, in an app on another site', { timeout: 30_000 }, () => {
  it('shows the answer, with sources that lead to the paragraphs that say so', async () => {
    const { page, ask, complaints } = await openApp();
    await ask(EXPO_QUESTION);
    const answer = page.locator('article.answered');
    await answer.getByText(EXPO_QUOTE).waitFor();
    await page.getByRole('button', { name: 'Ask' }).waitFor();
    expect(await answer.locator('p').textContent()).toBe(`第二部分第（一）项写道：“${EXPO_QUOTE}”[1]`);
    const sources = answer.locator('ol a');
    expect(await sources.allTextContents()).toEqual(['第二部分第（一）项 · 中华人民共和国和哈萨克斯坦共和国联合声明']);
    const address = (await sources.first().getAttribute('href')) ?? '';
    expect(address).toMatch(`${product.origin}/documents/`);
    expect(complaints).toEqual([]);
    await page.goto(address);
    expect(await page.locator('#part-2-item-1').textContent()).toContain(EXPO_QUOTE);
  });

  it('follows up, declines with nearby paragraphs instead of sources', async () => {
    const { page, ask, complaints } = await openApp();
    await ask('双方在农业方面如何合作？');
    await page.locator('article.answered ol a').first().waitFor();
    await ask('那能源呢？');
    await page.getByText('扩大能源合作').waitFor();
    await ask('两国之间的签证费是多少？');
    const declined = page.locator('article.abstained');
    await declined.getByText('因此不作回答').waitFor();
    expect(await declined.locator('ol a').count()).toBe(0);
    expect(await declined.locator('a').count()).toBeGreaterThan(0);
    for (const link of await declined.locator('a').all()) expect(await link.getAttribute('href')).toContain(`${product.origin}/documents/`);
    expect(await page.locator('article').count()).toBe(6);
    expect(complaints).toEqual([]);
  });

  it('says what is wrong with a question', async () => {
    const { page, ask, complaints } = await openApp();
    await ask(' ');
    await page.getByRole('alert').getByText('the conversation has no question').waitFor();
    // That the browser says of every refused request, whoever handles it.
    expect(complaints.filter((complaint) => !complaint.includes('422'))).toEqual([]);
  });
});
