import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { hostPage, widgetScript } from '../testing/host-page.ts';
import { prepareWidgetSuite } from '../testing/widget-suite.ts';

const suite = prepareWidgetSuite();
const { open, finished } = suite;

function host(body: string, head = '', policy?: string): void {
  suite.site.pages.set('/host', { html: hostPage(body, { head }), ...(policy === undefined ? {} : { policy }) });
}

describe('on a page that changes without a reload', { timeout: 30_000 }, () => {
  const swapBody = () => {
    const body = document.createElement('body');
    body.append(document.createElement('main'));
    document.body = body;
  };

  it('stays, with its conversation, where the script is in the head and the body is swapped', async () => {
    host('', '<script src="/widget.js" data-document="one" async></script>');
    const { page, panel } = await open('/host');
    await suite.widget.ask('energy');
    await finished();
    await page.evaluate(swapBody);
    await panel.locator('.exchange').waitFor();
    expect(await page.locator('youju-chat').count()).toBe(1);
    await suite.widget.ask('energy again');
    expect(await panel.locator('.exchange').count()).toBe(2);
  });

  it('goes with the body where the script was in it', async () => {
    host(widgetScript());
    const { page } = await open('/host');
    await page.evaluate(swapBody);
    expect(await page.locator('youju-chat').count()).toBe(0);
  });

  const turbo = readFileSync(createRequire(import.meta.url).resolve('@hotwired/turbo'), 'utf8');
  it.each(['head', 'body'] as const)(
    'is there once on each page that Turbo visits, and after Back, with the script in the %s',
    async (place) => {
      const tags = { turbo: '<script src="/turbo.js"></script>', widget: widgetScript('data-document="one"') };
      suite.site.pages.set('/turbo.js', { html: turbo, type: 'text/javascript' });
      for (const [name, other] of [
        ['a', 'b'],
        ['b', 'a'],
      ]) {
        const link = `<h1>${name}</h1><a href="/turbo-${other}">go to ${other}</a>`;
        const html =
          place === 'head' ? hostPage(link, { head: tags.turbo + tags.widget }) : hostPage(link + tags.widget, { head: tags.turbo });
        suite.site.pages.set(`/turbo-${name}`, { html, policy: '' });
      }
      const { page, panel } = await open('/turbo-a');
      await suite.widget.ask('energy');
      await finished();
      const visit = async (act: () => Promise<unknown>, name: string) => {
        await act();
        await page.getByRole('heading', { name, exact: true }).waitFor();
        await page.waitForTimeout(300);
        expect(await page.locator('youju-chat').count()).toBe(1);
        if (!(await panel.isVisible())) await suite.widget.launcher.click();
        await panel.locator('.actions').waitFor();
      };
      await visit(() => page.getByRole('link').first().click(), 'b');
      await visit(() => page.getByRole('link').first().click(), 'a');
      await visit(() => page.goBack(), 'b');
      await visit(() => page.goForward(), 'a');
    },
  );

  it('keeps the conversation of the tab over a reload, until it is cleared', async () => {
    host(widgetScript());
    const { page, panel, launcher } = await open('/host');
    await suite.widget.ask('energy');
    await finished();
    await page.reload();
    await launcher.click();
    expect(await panel.locator('.question').textContent()).toContain('energy');
    expect(await panel.locator('.citation').count()).toBe(2);
    await panel.getByRole('button', { name: 'Clear the conversation' }).click();
    expect(await panel.locator('.exchange').count()).toBe(0);
    await page.reload();
    await launcher.click();
    await panel.getByText('Ask about the document').waitFor();
    expect(await panel.locator('.exchange').count()).toBe(0);
  });
});

describe('destroy()', { timeout: 30_000 }, () => {
  /** Counts what is taken and given back: listeners on page-wide targets, timers, observers. */
  const countHoldings = () => {
    const listeners: unknown[] = [];
    const targets: EventTarget[] = [window, document, document.documentElement];
    if (window.visualViewport) targets.push(window.visualViewport);
    const { addEventListener, removeEventListener } = EventTarget.prototype;
    const isSame = (entry: unknown, ...key: unknown[]) => Array.isArray(entry) && key.every((part, index) => entry[index] === part);
    const remove = (...key: unknown[]) => {
      const at = listeners.findIndex((entry) => isSame(entry, ...key));
      if (at >= 0) listeners.splice(at, 1);
    };
    EventTarget.prototype.addEventListener = function (this: EventTarget | undefined, type, listener, options) {
      const target = this ?? window;
      if (targets.includes(target) || target instanceof MediaQueryList) {
        listeners.push([target, type, listener]);
        const signal = typeof options === 'object' ? options.signal : undefined;
        signal?.addEventListener('abort', () => remove(target, type, listener));
      }
      return addEventListener.call(target, type, listener, options);
    };
    EventTarget.prototype.removeEventListener = function (this: EventTarget | undefined, type, listener, options) {
      remove(this ?? window, type, listener);
      return removeEventListener.call(this ?? window, type, listener, options);
    };
    const timers = new Set<number>();
    const { setInterval, clearInterval } = window;
    Object.assign(window, {
      setInterval: (handler: () => void, milliseconds: number) => {
        const timer = setInterval(handler, milliseconds);
        timers.add(timer);
        return timer;
      },
      clearInterval: (timer: number) => {
        timers.delete(timer);
        clearInterval(timer);
      },
      holdings: () => ({ listeners: listeners.length, timers: timers.size }),
    });
  };

  it('leaves no node, listener, timer, style or highlight behind, in the midst of all of them', async () => {
    const { page, panel, response, complaints } = await open('/');
    await page.addInitScript(countHoldings);
    await page.reload();
    const nodes = () => page.evaluate(() => document.querySelectorAll('*').length);
    await suite.widget.launcher.waitFor();
    const before = (await nodes()) - 2;
    await suite.widget.ask('能源');
    await finished();
    await response.locator('.marker').first().click();
    await suite.widget.ask('频繁');
    await panel.locator('.failure').waitFor();
    complaints.splice(0);
    expect(await page.evaluate(() => Reflect.get(window, 'holdings')())).toMatchObject({ timers: 1 });
    await suite.widget.ask('慢');
    await page.evaluate(() => window.Youju?.destroy());
    expect(await nodes()).toBe(before);
    expect(await page.evaluate(() => Reflect.get(window, 'holdings')())).toEqual({ listeners: 0, timers: 0 });
    expect(await page.evaluate(() => [document.adoptedStyleSheets.length, CSS.highlights.size])).toEqual([0, 0]);
    await page.waitForTimeout(300);
    expect(await page.locator('youju-chat').count()).toBe(0);
  });

  it('on a phone gives the page its scrolling back', async () => {
    host(`<div id="tall"></div>${widgetScript()}`, '', '');
    const { page, launcher, panel } = await open('/host', { width: 360, height: 700 }, { hasTouch: true, isMobile: true });
    await launcher.click();
    await panel.waitFor();
    const overflow = () => page.evaluate(() => getComputedStyle(document.documentElement).overflowY);
    expect(await overflow()).toBe('hidden');
    await page.evaluate(() => window.Youju?.destroy());
    expect(await overflow()).toBe('visible');
  });
});
