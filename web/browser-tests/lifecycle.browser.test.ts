import { describe, expect, it } from 'vitest';
import { hostPage, widgetScript } from '../testing/host-page.ts';
import { prepareWidgetSuite } from '../testing/widget-suite.ts';

const suite = prepareWidgetSuite();
const { open, finished } = suite;

const ENERGY = '双方在能源领域有哪些合作？';
const PHONE = { width: 390, height: 844 };

const host = () => suite.site.pages.set('/host', { html: hostPage(widgetScript()) });

const events = () =>
  suite.widget.page.evaluate(() => {
    const names: string[] = [];
    Object.assign(window, { names });
    for (const name of ['open', 'close', 'ask', 'answer', 'failure']) document.addEventListener(`youju:${name}`, () => names.push(name));
  });
const heard = () => suite.widget.page.locator('youju-chat > [role=status]').textContent();

describe('in the midst of an answer', { timeout: 60_000 }, () => {
  it('clearing takes back the question, and nothing of it comes later', async () => {
    const { page, panel } = await open('/');
    await suite.widget.ask('慢');
    await panel.locator('.searching').waitFor();
    await page.evaluate(() => window.Youju?.reset());
    await page.waitForTimeout(300);
    expect(await panel.locator('.exchange').count()).toBe(0);
    expect(await heard()).not.toContain('已停止');
    expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
    await suite.widget.ask(ENERGY);
    await finished();
    expect(await panel.locator('.exchange').count()).toBe(1);
  });

  it('another language leaves the answer on its way', async () => {
    const { page, panel, response } = await open('/');
    await suite.widget.ask('慢');
    await panel.locator('.searching').waitFor();
    await page.evaluate(() => window.Youju?.setLanguage('ru'));
    await panel.getByRole('button', { name: 'Остановить' }).waitFor();
    await finished();
    expect(await response.locator('.mode').textContent()).toBe('Создано ИИ · scripted-model');
  });

  it('a reload keeps the question, to be asked again', async () => {
    const { page, panel, launcher } = await open('/');
    await suite.widget.ask('慢');
    await panel.locator('.searching').waitFor();
    await page.reload();
    await launcher.click();
    expect(await panel.locator('.question').textContent()).toContain('慢');
    await panel.getByRole('button', { name: '重试' }).waitFor();
  });

  it('the next question by script takes the place of the one before', async () => {
    host();
    const { page, panel } = await open('/host');
    const results = await page.evaluate(async () => {
      const first = window.Youju?.ask('慢');
      await new Promise((resolve) => setTimeout(resolve, 500));
      return Promise.all([first, window.Youju?.ask('energy'), window.Youju?.ask('x'.repeat(501))]);
    });
    expect(results).toEqual([false, true, false]);
    expect(await panel.locator('.exchange').first().textContent()).toContain('Stopped');
  });
});

describe('an element that is moved, removed or destroyed', { timeout: 60_000 }, () => {
  it('goes on where it is put, countdown included', async () => {
    const { page, panel, complaints, response } = await open('/');
    await events();
    await suite.widget.ask('频繁');
    await response.locator('.failure').waitFor();
    complaints.splice(0);
    await page.evaluate(() => {
      const chat = document.querySelector('youju-chat');
      if (chat) document.querySelector('main')?.append(chat);
    });
    expect(await panel.isVisible()).toBe(true);
    await response.locator('.retry:enabled').click();
    await finished();
    expect(await page.evaluate(() => Reflect.get(window, 'names'))).toEqual(['open', 'ask', 'failure', 'answer']);
  });

  it('destroyed while it is being loaded asks nothing', async () => {
    host();
    const { page } = await open('/host');
    const asked = await page.evaluate(() => {
      const result = window.Youju?.ask('secret');
      window.Youju?.destroy();
      return result;
    });
    await page.waitForTimeout(300);
    expect(asked).toBe(false);
    expect(suite.site.requests).toEqual([]);
  });

  it('opened and closed while it is being loaded ends as it was last told to be', async () => {
    host();
    const { page, panel } = await open('/host');
    await events();
    await page.evaluate(() => {
      for (const step of ['open', 'close', 'open'] as const) window.Youju?.[step]();
    });
    await panel.waitFor();
    expect(await page.evaluate(() => Reflect.get(window, 'names'))).toEqual(['open']);
  });

  it('forgets a conversation whose panel has not been loaded yet', async () => {
    host();
    const { page, launcher, panel } = await open('/host');
    await suite.widget.ask('private');
    await finished();
    await page.reload();
    await page.waitForFunction(() => window.Youju !== undefined);
    await page.evaluate(() => window.Youju?.reset());
    await launcher.click();
    await panel.getByText('Ask about the document').waitFor();
    expect(await panel.locator('.exchange').count()).toBe(0);
  });
});

describe('the focus', { timeout: 60_000 }, () => {
  it('stays in the panel when the control that was pressed goes away', async () => {
    const { page, panel, response, complaints } = await open('/');
    const isInPanel = () => panel.evaluate((dialog) => dialog.matches(':focus-within'));
    await suite.widget.launcher.click();
    await panel.locator('.suggestion').first().press('Enter');
    await finished();
    expect(await isInPanel()).toBe(true);
    await response.locator('.follow-ups .suggestion').press('Enter');
    await expect.poll(() => panel.locator('.actions').count()).toBe(2);
    expect(await isInPanel()).toBe(true);
    await response.locator('[data-focus-key=up]').press('Enter');
    await response.locator('.comment textarea').fill('好');
    await response.locator('.comment button').press('Enter');
    await response.getByText('谢谢你的反馈。').waitFor();
    expect(await isInPanel()).toBe(true);
    await suite.widget.ask('断线');
    await response.locator('.retry').press('Enter');
    await finished();
    expect(await isInPanel()).toBe(true);
    await panel.getByRole('button', { name: '清空记录' }).press('Enter');
    expect(await isInPanel()).toBe(true);
    await page.keyboard.press('Escape');
    await page.locator('youju-chat .launcher:focus').waitFor();
    complaints.splice(0);
  });

  it('comes back from a shown paragraph with Escape, to the citation it left', async () => {
    const { page, panel, response } = await open('/', PHONE);
    await suite.widget.ask(ENERGY);
    await finished();
    await response.locator('[data-focus-key=marker-2]').click();
    await panel.waitFor({ state: 'hidden' });
    expect(await suite.widget.focusedId()).toBe('part-2-item-13');
    await page.keyboard.press('Escape');
    await panel.waitFor();
    await panel.locator('[data-focus-key=marker-2]:focus').waitFor();
  });
});

describe('the announcer', { timeout: 60_000 }, () => {
  /** Whether Chromium hands the announcer to screen readers. */
  async function isExposed(): Promise<boolean> {
    const { page, context } = suite.widget;
    const devtools = await context.newCDPSession(page);
    const { root } = await devtools.send('DOM.getDocument', { depth: -1, pierce: true });
    const { nodeId } = await devtools.send('DOM.querySelector', { nodeId: root.nodeId, selector: 'youju-chat > [role=status]' });
    const { nodes } = await devtools.send('Accessibility.getPartialAXTree', { nodeId, fetchRelatives: false });
    return nodes[0]?.ignored === false && nodes[0].role?.value === 'status';
  }

  it.each([
    ['beside the page', { width: 1280, height: 800 }],
    ['over the whole of a phone', PHONE],
  ])('is heard when the panel is open %s', async (_name, viewport) => {
    const { panel } = await open('/', viewport);
    expect(await isExposed()).toBe(true);
    await suite.widget.ask(ENERGY);
    await finished();
    expect(await isExposed()).toBe(true);
    expect(await heard()).toContain('已回答');
    await panel.press('Escape');
    expect(await isExposed()).toBe(true);
  });

  it('says each stretch in its language', async () => {
    const { page } = await open('/');
    await page.evaluate(() => window.Youju?.setLanguage('ru'));
    await suite.widget.ask('用哪几种文字写成？');
    await finished();
    const stretches = page.locator('youju-chat > [role=status] > span');
    const languages = await stretches.evaluateAll((spans) => spans.map((span) => span.getAttribute('lang')));
    expect(languages[0]).toBe('ru');
    expect(new Set(languages.slice(1))).toEqual(new Set(['zh-Hans']));
  });
});
