import { describe, expect, it } from 'vitest';
import { findBarriers } from '../testing/find-barriers.ts';
import { prepareWidgetSuite } from '../testing/widget-suite.ts';

const suite = prepareWidgetSuite();
const { open, finished } = suite;

const ENERGY = '双方在能源领域有哪些合作？';
const LANGUAGES = ['zh-Hans', 'zh-Hant', 'en', 'ru', 'kk'] as const;

const setLanguage = (language: string) =>
  suite.widget.page.evaluate((tag) => document.querySelector('youju-chat')?.setAttribute('language', tag), language);

describe('axe-core finds no barrier', { timeout: 60_000 }, () => {
  it.each([
    ['light', 'light', false],
    ['dark', 'dark', false],
    ['elder-friendly', 'light', true],
    ['elder-friendly and dark', 'dark', true],
  ] as const)('in the panel, %s: first view, answer, declined, failed', async (_name, colorScheme, isElderFriendly) => {
    const { page, launcher, panel, complaints } = await open('/', undefined, { colorScheme });
    if (isElderFriendly) await page.evaluate(() => document.querySelector('youju-chat')?.toggleAttribute('elder-friendly', true));
    expect(await findBarriers(page)).toEqual([]);
    await launcher.click();
    await panel.waitFor();
    expect(await findBarriers(page)).toEqual([]);
    await suite.widget.ask(ENERGY);
    await finished();
    await panel.locator('.response').last().locator('[data-focus-key=up]').click();
    await suite.widget.ask('月球');
    await suite.widget.response.locator('.nearby').waitFor();
    await suite.widget.ask('断线');
    await suite.widget.response.locator('.failure').waitFor();
    expect(await findBarriers(page)).toEqual([]);
    complaints.splice(0);
  });

  it.each(['#ffcc00', '#c8102e', '#00ff00', '#777777', '#000000', '#ffffff'])('whatever the brand colour: %s', async (brand) => {
    const { page } = await open('/');
    for (const theme of ['light', 'dark']) {
      await page.evaluate(
        ([colour, name]) => {
          const chat = document.querySelector('youju-chat');
          chat?.setAttribute('brand-color', colour);
          chat?.setAttribute('theme', name);
        },
        [brand, theme] as const,
      );
      await suite.widget.ask(ENERGY);
      await finished();
      expect(await findBarriers(page)).toEqual([]);
      await page.keyboard.press('Escape');
      expect(await findBarriers(page)).toEqual([]);
    }
  });

  it.each(LANGUAGES)('in %s, with the right language on the interface and on each quote', async (language) => {
    const { page, response, panel } = await open('/');
    await setLanguage(language);
    await suite.widget.ask(ENERGY);
    await finished();
    expect(await panel.evaluate((dialog) => dialog.closest('[lang]')?.getAttribute('lang'))).toBe(language);
    const languages = await response.locator('blockquote, cite').evaluateAll((all) => all.map((element) => element.getAttribute('lang')));
    expect(new Set(languages)).toEqual(new Set(['zh-Hans']));
    expect(await findBarriers(page)).toEqual([]);
  });
});

describe('the keyboard alone', { timeout: 60_000 }, () => {
  it('goes from the page to the launcher, through question, citation and copy, and back', async () => {
    const { page, launcher, panel, response, context } = await open('/');
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    for (let presses = 0; presses < 60 && !(await launcher.evaluate((button) => button.matches(':focus'))); presses++)
      await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await panel.locator('textarea:focus').waitFor();
    await page.keyboard.type(ENERGY);
    await page.keyboard.press('Enter');
    await finished();
    const reach = async (selector: string) => {
      for (let presses = 0; presses < 30 && (await panel.locator(`${selector}:focus`).count()) === 0; presses++)
        await page.keyboard.press('Shift+Tab');
      const visible = await panel.locator(`${selector}:focus`).evaluate((element) => {
        const box = element.getBoundingClientRect();
        const log = element.closest('.log')?.getBoundingClientRect();
        return !log || (box.top >= log.top - 1 && box.bottom <= log.bottom + 1);
      });
      expect(visible).toBe(true);
    };
    await reach('[data-focus-key=copy]');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain('AI 生成 · scripted-model');
    const text = await page.evaluate(() => navigator.clipboard.readText());
    for (const part of [
      ENERGY,
      '[1] 第二部分第（三）项',
      '深化油气、和平利用核能、电力、可再生能源等领域合作',
      '#part-2-item-13',
      '联合声明',
    ])
      expect(text).toContain(part);
    await reach('[data-focus-key=marker-2]');
    await page.keyboard.press('Enter');
    expect(await suite.widget.focusedId()).toBe('part-2-item-13');
    expect(await panel.isVisible()).toBe(true);
    await response.locator('[data-focus-key=marker-1]').focus();
    await page.keyboard.press('Escape');
    await page.locator('youju-chat .launcher:focus').waitFor();
  });

  it('is returned to the page’s own button where that opened the panel', async () => {
    suite.site.pages.set('/host', {
      html: '<!doctype html><html lang="en"><title>Host</title><main><button id="help">Help</button></main><script src="/widget.js" async></script></html>',
    });
    const { page, panel } = await open('/host');
    await page.locator('#help').focus();
    await page.evaluate(() => window.Youju?.open());
    await panel.locator('textarea:focus').waitFor();
    await page.keyboard.press('Escape');
    expect(await suite.widget.focusedId()).toBe('help');
  });

  it('is never sent below the panel: the panel gives way', async () => {
    const links = Array.from({ length: 40 }, (_, index) => `<p><a href="#${index}">Link ${index}</a></p>`).join('');
    suite.site.pages.set('/host', {
      html: `<!doctype html><html lang="en"><title>Host</title><main dir="rtl" style="margin-right: 60px">${links}</main><script src="/widget.js" async></script></html>`,
      policy: '',
    });
    const { page, panel, launcher } = await open('/host');
    await launcher.click();
    await panel.waitFor();
    const covered = page.getByRole('link', { name: 'Link 12' });
    await covered.focus();
    await panel.waitFor({ state: 'hidden' });
    expect(await covered.evaluate((link) => link === document.activeElement)).toBe(true);
  });

  it('leaves nothing half-typed behind: Enter while composing neither sends a question nor a comment, in either order of events', async () => {
    const { panel, page } = await open('/');
    await suite.widget.ask(ENERGY);
    await finished();
    await suite.widget.response.locator('[data-focus-key=up]').click();
    const compose = (target: Element, order: 'enter-first' | 'end-first') => {
      const end = new CompositionEvent('compositionend', { data: '能源', bubbles: true });
      const press = (keyCode: number, isComposing: boolean) =>
        new KeyboardEvent('keydown', { key: 'Enter', keyCode, isComposing, bubbles: true, cancelable: true });
      target.dispatchEvent(new CompositionEvent('compositionstart', { bubbles: true }));
      const events = order === 'enter-first' ? [press(229, true), end] : [end, press(229, false)];
      for (const event of events) target.dispatchEvent(event);
    };
    for (const selector of ['.composer textarea', '.comment textarea'])
      for (const order of ['enter-first', 'end-first'] as const) {
        await panel.locator(selector).fill('能源');
        await panel.locator(selector).evaluate(compose, order);
      }
    await page.waitForTimeout(100);
    expect(suite.site.requests).toHaveLength(1);
    expect(suite.site.feedback.filter(({ comment }) => comment !== undefined)).toEqual([]);
  });
});

describe('the visitor’s own settings', { timeout: 60_000 }, () => {
  it('are kept: the elder-friendly mode stays on for the site', async () => {
    const { page, panel, launcher } = await open('/');
    await launcher.click();
    await panel.getByRole('button', { name: '长辈模式：大字、高对比度' }).click();
    const size = () => panel.evaluate((dialog) => Number.parseFloat(getComputedStyle(dialog).fontSize));
    expect(await size()).toBe(22);
    await page.reload();
    await launcher.click();
    await panel.getByRole('button', { name: '标准模式' }).click();
    expect(await size()).toBe(16);
    await page.reload();
    await launcher.click();
    await panel.waitFor();
    expect(await size()).toBe(16);
  });

  it('shows borders and focus in forced colours, and does not move where motion is unwanted', async () => {
    const { page, panel, launcher } = await open('/', undefined, { forcedColors: 'active', reducedMotion: 'reduce' });
    expect(await launcher.evaluate((button) => getComputedStyle(button).borderTopStyle)).toBe('solid');
    await suite.widget.ask(ENERGY);
    await finished();
    expect(await panel.evaluate((dialog) => getComputedStyle(dialog).animationName)).toBe('none');
    expect(await findBarriers(page)).toEqual([]);
  });

  it('reads an answer aloud with a voice of the device, sentence by sentence, and stops', async () => {
    const { page, response } = await open('/');
    await page.evaluate(() => {
      const spoken: string[] = [];
      class Utterance extends EventTarget {
        readonly text: string;
        onend?: () => void;
        onerror?: () => void;
        constructor(text: string) {
          super();
          this.text = text;
        }
      }
      const queue: Utterance[] = [];
      const voices = [
        { lang: 'zh-CN', localService: false, name: 'remote' },
        { lang: 'zh_CN', localService: true, name: 'device' },
      ];
      const speechSynthesis = {
        getVoices: () => voices,
        speak: (utterance: Utterance & { voice?: { name: string } }) => {
          spoken.push(`${utterance.voice?.name}: ${utterance.text}`);
          queue.push(utterance);
        },
        cancel: () => {
          for (const utterance of queue.splice(0)) utterance.onerror?.();
        },
      };
      Object.defineProperty(window, 'speechSynthesis', { value: speechSynthesis });
      Object.defineProperty(window, 'SpeechSynthesisUtterance', { value: Utterance });
      Object.assign(window, { spoken });
    });
    await suite.widget.ask(ENERGY);
    await finished();
    await response.getByRole('button', { name: '朗读' }).click();
    expect(await page.evaluate(() => Reflect.get(window, 'spoken'))).toEqual([
      'device: 双方将深化油气、和平利用核能、电力、可再生能源等领域合作。',
      'device: 双方还将共同运营好霍尔果斯国际边境合作中心。',
    ]);
    await response.getByRole('button', { name: '停止朗读' }).click();
    await response.getByRole('button', { name: '朗读', exact: true }).waitFor();
  });
});

describe('without a connection', { timeout: 60_000 }, () => {
  it('says so, keeps the question, and goes on when the connection is back', async () => {
    const { context, panel, launcher, response, complaints, page } = await open('/');
    await launcher.click();
    await panel.waitFor();
    await context.setOffline(true);
    await panel.getByText('当前离线').waitFor();
    await suite.widget.ask(ENERGY);
    await response.locator('.failure').waitFor();
    complaints.splice(0);
    expect(await response.locator('.failure').textContent()).toContain('当前离线');
    await context.setOffline(false);
    await panel.locator('.connection:empty').waitFor({ state: 'attached' });
    expect(await page.locator('youju-chat > [role=status]').textContent()).toBe('已恢复连接。');
    await response.locator('.retry').click();
    await finished();
    expect(await panel.locator('.exchange').count()).toBe(1);
  });
});
