import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { hostPage, widgetScript } from '../testing/host-page.ts';
import { DOCUMENT_ID } from '../testing/statement-page.ts';
import { prepareWidgetSuite } from '../testing/widget-suite.ts';

const suite = prepareWidgetSuite();
const { open, finished } = suite;

function host(body: string, head = '', policy?: string): void {
  suite.site.pages.set('/host', { html: hostPage(body, { head }), ...(policy === undefined ? {} : { policy }) });
}

/** Records the widget's events before anything else runs on the page. */
const recordEvents = () => {
  const events: { name: string; detail: unknown }[] = [];
  Object.assign(window, { events });
  for (const name of ['open', 'close', 'ask', 'answer', 'citation-click', 'feedback', 'failure'])
    document.addEventListener(`youju:${name}`, (event) => {
      events.push({ name, detail: event instanceof CustomEvent ? event.detail : undefined });
    });
};

describe('one line on a page', { timeout: 30_000 }, () => {
  it('costs one request until the panel is opened', async () => {
    host(widgetScript());
    const { launcher, panel, page } = await open('/host');
    await page.waitForLoadState('networkidle');
    expect(suite.site.paths).toEqual(['/host', '/widget.js']);
    await launcher.click();
    await panel.waitFor();
    await page.waitForLoadState('networkidle');
    // What there is to choose from is asked for with the panel.
    expect(suite.site.paths.slice(2)).toEqual([expect.stringMatching(/^\/widget\/panel\.[0-9a-f]{12}\.js$/), '/api/documents']);
  });

  it('takes its options from the tag, and changes them at any time', async () => {
    host(widgetScript('data-language="ru" data-theme="dark" data-position="bottom-left" data-brand-color="#ffcc00"'));
    const { launcher, panel, page } = await open('/host');
    expect(await launcher.textContent()).toBe('Задать вопрос');
    const box = await launcher.boundingBox();
    expect(box?.x).toBeLessThan(100);
    await launcher.click();
    await panel.getByText('Задайте вопрос').waitFor();
    await panel.getByRole('textbox').fill('черновик');
    await page.evaluate(() => document.querySelector('youju-chat')?.setAttribute('language', 'kk'));
    await panel.getByText('Құжат туралы сұрақ қойыңыз').waitFor();
    expect(await panel.getByRole('textbox').inputValue()).toBe('черновик');
  });

  it('follows the page’s language where it changes without a reload', async () => {
    host(widgetScript());
    const { launcher, page } = await open('/host');
    expect(await launcher.textContent()).toBe('Ask the document');
    await page.evaluate(() => document.documentElement.setAttribute('lang', 'zh-TW'));
    await expect.poll(() => launcher.textContent()).toBe('向文件提問');
  });

  it('can be pinned by its hash, and a panel that was tampered with is not run', async () => {
    host(widgetScript());
    const { page, launcher, complaints } = await open('/host');
    await page.route('**/widget/panel.*', async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: `${await response.text()};globalThis.tampered = 1` });
    });
    await launcher.click();
    await expect.poll(() => launcher.textContent()).toBe('Could not load. Try again');
    expect(await page.evaluate(() => Reflect.get(globalThis, 'tampered'))).toBeUndefined();
    expect(complaints.splice(0).join()).toContain('integrity');
    await page.unroute('**/widget/panel.*');
    await launcher.click();
    await suite.widget.panel.waitFor();
  });

  it.each([
    ['the site’s own scripts', "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'"],
    ['a nonce', "default-src 'none'; script-src 'nonce-abc' 'strict-dynamic'; connect-src 'self'; require-trusted-types-for 'script'"],
  ])('works under a policy that allows %s only', async (_name, policy) => {
    host(widgetScript('nonce="abc"'), '', policy);
    await open('/host');
    await suite.widget.ask('energy');
    await finished();
  });
});

describe('window.Youju', { timeout: 30_000 }, () => {
  it('opens, asks, speaks another language, forgets and closes', async () => {
    host(widgetScript(`data-document="${DOCUMENT_ID}"`));
    const { page, panel, launcher } = await open('/host');
    await page.evaluate(recordEvents);
    await page.evaluate(() => window.Youju?.ask('energy'));
    expect(await panel.locator('.mode').textContent()).toBe('AI-generated · scripted-model');
    await page.evaluate(() => window.Youju?.setLanguage('ru'));
    expect(await panel.locator('.mode').textContent()).toBe('Создано ИИ · scripted-model');
    await page.evaluate(() => window.Youju?.setTheme('dark'));
    expect(await panel.evaluate((element) => getComputedStyle(element).backgroundColor)).toBe('rgb(23, 27, 33)');
    await page.evaluate(() => window.Youju?.reset());
    expect(await panel.locator('.exchange').count()).toBe(0);
    await page.evaluate(() => window.Youju?.toggle());
    await panel.waitFor({ state: 'hidden' });
    await launcher.waitFor();
    await page.evaluate(() => window.Youju?.open());
    await panel.waitFor();
    const events = await page.evaluate(() => Reflect.get(window, 'events'));
    expect(events).toMatchObject([
      { name: 'open' },
      { name: 'ask', detail: { question: 'energy' } },
      { name: 'answer', detail: { status: 'answered', citations: [{ marker: 1 }, { marker: 2 }] } },
      { name: 'close' },
      { name: 'open' },
    ]);
  });

  it('lets the page take a citation in its own hands', async () => {
    host(widgetScript(`data-document="${DOCUMENT_ID}"`));
    const { page, context } = await open('/host');
    await page.evaluate(recordEvents);
    await page.evaluate(() => document.addEventListener('youju:citation-click', (event) => event.preventDefault()));
    await suite.widget.ask('energy');
    await finished();
    await suite.widget.response.locator('.marker').first().click();
    expect(await page.evaluate(() => Reflect.get(window, 'events').at(-1))).toMatchObject({
      name: 'citation-click',
      detail: { paragraphId: 'part-2-item-3' },
    });
    expect(context.pages()).toHaveLength(1);
  });
});

describe('several on a page', { timeout: 30_000 }, () => {
  beforeEach(() => {
    host(
      `${widgetScript('data-document="one"')}${widgetScript('data-document="two"')}<youju-chat document="three" language="ru"></youju-chat>`,
    );
  });

  const openDocuments = (page: Page) =>
    page.locator('youju-chat[open]').evaluateAll((chats) => chats.map((chat) => chat.getAttribute('document')).sort());

  it('stand beside each other, each with its own document and conversation', async () => {
    const { page } = await open('/host');
    await expect.poll(() => page.locator('youju-chat').count()).toBe(3);
    const launchers = page.locator('youju-chat .launcher');
    const boxes = await launchers.evaluateAll((buttons) => buttons.map((button) => button.getBoundingClientRect().toJSON()));
    expect(new Set(boxes.map(({ x, y }) => `${x},${y}`)).size).toBe(3);
    for (const documentId of ['three', 'one', 'two']) {
      const chat = page.locator(`youju-chat[document=${documentId}]`);
      await chat.locator('.launcher').click();
      await chat.getByRole('textbox').fill(`energy ${documentId}`);
      await chat.getByRole('textbox').press('Enter');
      await chat.locator('.actions').waitFor();
      if (documentId !== 'three') await chat.getByRole('textbox').press('Escape');
    }
    expect(suite.site.requests.map(({ question, documentId, history }) => [question, documentId, history])).toEqual([
      ['energy three', 'three', undefined],
      ['energy one', 'one', undefined],
      ['energy two', 'two', undefined],
    ]);
    expect(await openDocuments(page)).toEqual(['three']);
  });

  it.each(['one', 'two'])('make room in their corner for the one that is open: %s', async (documentId) => {
    const { page } = await open('/host');
    await expect.poll(() => page.locator('youju-chat').count()).toBe(3);
    const chat = page.locator(`youju-chat[document=${documentId}]`);
    const neighbour = page.locator(`youju-chat[data-youju-placed]:not([document=${documentId}])`);
    await chat.locator('.launcher').click();
    await chat.getByRole('dialog').waitFor();
    expect(await neighbour.locator('.launcher').isVisible()).toBe(false);
    expect(await page.locator('youju-chat[document=three] .launcher').isVisible()).toBe(true);
    await neighbour.evaluate((element) => element.toggleAttribute('open', true));
    await neighbour.getByRole('dialog').waitFor();
    expect(await chat.getByRole('dialog').isVisible()).toBe(false);
    await neighbour.getByRole('textbox').press('Escape');
    await expect.poll(() => page.locator('youju-chat .launcher:visible').count()).toBe(3);
    expect(await openDocuments(page)).toEqual([]);
  });

  it('are placed once, however often the script runs', async () => {
    host(widgetScript('data-document="one"') + widgetScript('data-document="one"'));
    const { page } = await open('/host');
    await page.waitForLoadState('networkidle');
    expect(await page.locator('youju-chat').count()).toBe(1);
  });

  it('stand in the flow of the text where the page puts them', async () => {
    host('<youju-chat open></youju-chat><p id="after">After.</p><script src="/widget.js" async></script>');
    const { page, panel } = await open('/host');
    await panel.waitFor();
    const [box, after] = await Promise.all([panel.boundingBox(), page.locator('#after').boundingBox()]);
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual((after?.y ?? 0) + 1);
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('BODY');
  });
});

describe('a page of another kind', { timeout: 60_000 }, () => {
  it('that allows scripts by nonce only', async () => {
    host(
      '<script src="/widget.js" nonce="abc" async></script>',
      undefined,
      "default-src 'none'; script-src 'nonce-abc'; connect-src 'self'",
    );
    await open('/host');
    await suite.widget.ask('energy');
    await finished();
  });

  it('that loads the widget as a module', async () => {
    host('<script type="module" src="/widget.js" data-language="ru"></script>');
    await open('/host');
    expect(await suite.widget.launcher.textContent()).toBe('Задать вопрос');
    await suite.widget.ask('энергия');
    await finished();
  });

  it('that calls Youju before the widget is placed', async () => {
    const calls = '<script>Youju.setLanguage("ru"); Youju.open(); Youju.ask("энергия")</script>';
    host(`<script src="/widget.js"></script>${calls}`, '', '');
    const { panel } = await open('/host');
    await panel.locator('.actions').waitFor();
    expect(await panel.locator('.mode').textContent()).toContain('ИИ');
  });

  it('that is written from right to left', async () => {
    const html = hostPage(widgetScript(), { attributes: 'lang="zh-CN" dir="rtl" style="direction: rtl"' });
    suite.site.pages.set('/host', { html, policy: '' });
    const { panel } = await open('/host');
    await suite.widget.ask('能源');
    await finished();
    expect(await panel.evaluate((dialog) => getComputedStyle(dialog).direction)).toBe('ltr');
  });

  it('in a sandboxed frame that allows neither forms nor storage', async () => {
    suite.site.pages.set('/inner', { html: hostPage(widgetScript()), policy: '' });
    host('<iframe src="/inner" sandbox="allow-scripts" width="600" height="600"></iframe>', '', '');
    const { page } = await open('/');
    await page.goto(`${suite.site.origin}/host`);
    const frame = page.frameLocator('iframe');
    await frame.locator('youju-chat .launcher').click();
    await frame.locator('.composer textarea').fill('energy');
    await frame.locator('.composer textarea').press('Enter');
    await frame.locator('.actions, .failure').waitFor();
    suite.widget.complaints.splice(0);
  });

  it('whose colours change under a widget that follows them', async () => {
    host('<script src="/widget.js" data-theme="host" async></script>', '', '');
    const { page, panel, launcher } = await open('/host');
    await launcher.click();
    await panel.waitFor();
    const surface = () => panel.evaluate((dialog) => getComputedStyle(dialog).backgroundColor);
    expect(await surface()).toBe('rgb(255, 255, 255)');
    await page.evaluate(() => document.body.setAttribute('style', 'background: #111'));
    await expect.poll(surface).toBe('rgb(23, 27, 33)');
  });
});
