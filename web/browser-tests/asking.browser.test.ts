import { beforeEach, describe, expect, it } from 'vitest';
import { prepareWidgetSuite } from '../testing/widget-suite.ts';

const ENERGY = '双方在能源领域有哪些合作？';

const suite = prepareWidgetSuite();
const { open, finished } = suite;

describe('on the page of the document', { timeout: 30_000 }, () => {
  beforeEach(async () => {
    await open();
  });

  it('answers with links to its sources, and says that a model wrote it', async () => {
    await suite.widget.ask(ENERGY);
    await finished();
    const { response } = suite.widget;
    expect(await response.locator('.answer').textContent()).toBe(
      '双方将深化油气、和平利用核能、电力、可再生能源等领域合作。1双方还将共同运营好霍尔果斯国际边境合作中心。2',
    );
    expect(await response.locator('.mode').textContent()).toBe('AI 生成 · scripted-model');
    const labels = await response.locator('.citation .label').allTextContents();
    expect(labels).toEqual(['第二部分第（三）项', '第二部分第（十三）项']);
    expect(await response.locator('blockquote').first().getAttribute('lang')).toBe('zh-Hans');
    expect(suite.site.requests).toEqual([{ question: ENERGY, documentId: 'china-kazakhstan-joint-statement-2019' }]);
  });

  it('announces the finished answer once, without markers', async () => {
    await suite.widget.page.evaluate(() => {
      const announcer = document.querySelector('youju-chat > [role=status]');
      const announced: string[] = [];
      Object.assign(window, { announced });
      if (!announcer) return;
      new MutationObserver(() => announced.push(announcer.textContent)).observe(announcer, { childList: true });
    });
    await suite.widget.ask(ENERGY);
    await finished();
    expect(await suite.widget.page.evaluate(() => Reflect.get(window, 'announced'))).toEqual([
      '已回答，共 2 处出处。 双方将深化油气、和平利用核能、电力、可再生能源等领域合作。双方还将共同运营好霍尔果斯国际边境合作中心。',
    ]);
  });

  it('scrolls to a cited paragraph, focuses it and highlights exactly the quote', async () => {
    await suite.widget.ask(ENERGY);
    await finished();
    await suite.widget.response.locator('.marker').nth(1).click();
    expect(await suite.widget.focusedId()).toBe('part-2-item-13');
    expect(await suite.widget.highlightedText()).toBe('共同运营好中哈霍尔果斯国际边境合作中心');
    const box = await suite.widget.page.locator('#part-2-item-13').boundingBox();
    expect(box?.y).toBeGreaterThan(0);
    expect(box?.y).toBeLessThan(800);
    expect(new URL(suite.widget.page.url()).hash).toBe('#part-2-item-13');
    await suite.widget.response.locator('.citation .label').first().click();
    expect(await suite.widget.highlightedText()).toBe('深化油气、和平利用核能、电力、可再生能源等领域合作');
  });

  it('marks the quote with <mark> where there is no highlight API, and cleans up after itself', async () => {
    await suite.widget.page.evaluate(() => Reflect.deleteProperty(window, 'Highlight'));
    await suite.widget.ask(ENERGY);
    await finished();
    await suite.widget.response.locator('.marker').nth(0).click();
    await suite.widget.response.locator('.marker').nth(1).click();
    expect(await suite.widget.page.locator('mark').allTextContents()).toEqual(['共同运营好中哈霍尔果斯国际边境合作中心']);
    const first = suite.widget.page.locator('#part-2-item-3 [data-paragraph-text]');
    expect(await first.evaluate((text) => text.childNodes.length)).toBe(1);
  });

  it('declines with related places, named as no answer', async () => {
    await suite.widget.ask('月球上有哪些合作？');
    const { response } = suite.widget;
    await expect.poll(() => response.locator('.answer').textContent()).toBe('文件没有写明这一点，因此不作回答。');
    expect(await response.locator('h3').textContent()).toBe('相关段落（仅供查阅，不是回答）');
    expect(await response.locator('.citation').count()).toBe(0);
    await response.locator('.nearby .label').click();
    expect(await suite.widget.focusedId()).toBe('part-2-item-6');
    expect(await suite.widget.highlightedText()).toBe('');
  });

  it('tells extracts, and a fallback from the model', async () => {
    await suite.widget.ask('用哪几种文字写成？');
    await finished();
    expect(await suite.widget.response.locator('.mode').textContent()).toBe('原文摘录');
    expect(await suite.widget.response.locator('.note').textContent()).toBe('AI 暂时不可用，以下为原文摘录。');
  });

  it('sends the conversation so far, and no more than six turns', async () => {
    for (const [index, question] of ['能源一', '能源二', '能源三', '能源四', '能源五'].entries()) {
      await suite.widget.ask(question);
      await suite.widget.panel.locator('.mode').nth(index).waitFor();
    }
    const history = suite.site.requests.at(-1)?.history;
    expect(history?.map(({ role }) => role)).toEqual(['user', 'assistant', 'user', 'assistant', 'user', 'assistant']);
    expect(history?.[0]?.content).toBe('能源二');
  });

  it('has no target smaller than 24 px', async () => {
    await suite.widget.ask(ENERGY);
    await finished();
    const boxes = await suite.widget.panel.locator('a, button:visible, textarea').evaluateAll((targets) =>
      targets.map((target) => {
        const { width, height } = target.getBoundingClientRect();
        return { name: target.className, width, height };
      }),
    );
    expect(boxes.length).toBeGreaterThanOrEqual(7);
    expect(boxes.filter(({ width, height }) => width < 24 || height < 24)).toEqual([]);
  });

  it('would have noticed a breach of the content security policy', async () => {
    await suite.widget.page.evaluate(() => document.body.setAttribute('style', 'color: red'));
    await expect.poll(() => suite.widget.complaints.splice(0).join()).toContain('Content Security Policy');
  });
});

describe('when something goes wrong', { timeout: 30_000 }, () => {
  beforeEach(async () => {
    await open();
  });

  it('keeps the question and retries after the connection broke off', async () => {
    await suite.widget.ask('断线');
    await suite.widget.response.locator('.retry').click();
    await finished();
    expect(suite.site.requests.map(({ question }) => question)).toEqual(['断线', '断线']);
    expect(await suite.widget.panel.locator('.exchange').count()).toBe(1);
  });

  it('holds the retry back as long as the server asks', async () => {
    await suite.widget.ask('频繁');
    const { response, complaints } = suite.widget;
    await response.locator('.failure').waitFor();
    expect(complaints.splice(0)).toEqual([expect.stringContaining('429')]);
    expect(await response.locator('.failure').textContent()).toBe('提问过于频繁，请在 2 秒后重试。');
    expect(await response.locator('.retry').isDisabled()).toBe(true);
    await response.getByText('提问过于频繁，请在 1 秒后重试。').waitFor();
    await response.locator('.retry').click();
    await finished();
  });

  it('stops on request, says that the answer is incomplete and takes the next question', async () => {
    await suite.widget.ask('慢');
    await suite.widget.panel.getByRole('button', { name: '停止回答' }).click();
    expect(await suite.widget.response.locator('.note').textContent()).toBe('已停止，回答不完整。');
    await suite.widget.ask('能源');
    await finished();
    expect(suite.site.requests.at(-1)?.history).toBeUndefined();
  });
});

describe('the keyboard', { timeout: 30_000 }, () => {
  beforeEach(async () => {
    await open();
    await suite.widget.launcher.click();
    await suite.widget.page.locator('youju-chat textarea:focus').waitFor();
  });

  it('closes the panel with Escape and returns to the launcher', async () => {
    await suite.widget.page.locator('youju-chat textarea:focus').waitFor();
    await suite.widget.page.keyboard.press('Escape');
    expect(await suite.widget.panel.isVisible()).toBe(false);
    await suite.widget.page.locator('youju-chat .launcher:focus').waitFor();
  });

  it('neither sends nor closes while an input method is composing', async () => {
    const devtools = await suite.widget.context.newCDPSession(suite.widget.page);
    await devtools.send('Input.imeSetComposition', { text: '能源', selectionStart: 2, selectionEnd: 2 });
    for (const key of ['Enter', 'Escape']) await devtools.send('Input.dispatchKeyEvent', { type: 'keyDown', key });
    expect(await suite.widget.panel.locator('.exchange').count()).toBe(0);
    expect(await suite.widget.panel.isVisible()).toBe(true);
    await devtools.send('Input.insertText', { text: '能源' });
    await suite.widget.page.waitForTimeout(100);
    await suite.widget.page.keyboard.press('Enter');
    await finished();
    expect(suite.site.requests.map(({ question }) => question)).toEqual(['能源']);
  });

  it('does not send on the Enter that follows the end of its own composition (Safari)', async () => {
    await suite.widget.input.fill('能源');
    await suite.widget.input.evaluate((element) => {
      element.dispatchEvent(new CompositionEvent('compositionend', { data: '能源', bubbles: true }));
      element.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
    });
    expect(await suite.widget.panel.locator('.exchange').count()).toBe(0);
  });

  it('starts a new line with Shift+Enter', async () => {
    await suite.widget.input.fill('能源');
    await suite.widget.input.press('Shift+Enter');
    expect(await suite.widget.input.inputValue()).toBe('能源\n');
    expect(await suite.widget.panel.locator('.exchange').count()).toBe(0);
  });
});

describe('elsewhere', { timeout: 30_000 }, () => {
  it('speaks the language of its attribute, and cites with links that open the document in a new tab', async () => {
    await open('/elsewhere');
    await suite.widget.ask('energy');
    await finished();
    expect(await suite.widget.response.locator('.mode').textContent()).toBe('AI-generated · scripted-model');
    expect(suite.site.requests[0]?.language).toBe('en');
    const click = suite.widget.response.locator('.marker').first().click();
    const [opened] = await Promise.all([suite.widget.context.waitForEvent('page'), click]);
    await opened.waitForFunction(() => scrollY > 0);
    expect(new URL(opened.url()).pathname).toBe('/documents/china-kazakhstan-joint-statement-2019');
    const top = await opened.locator('#part-2-item-3').evaluate((paragraph) => paragraph.getBoundingClientRect().top);
    expect(top).toBeGreaterThan(0);
    expect(top).toBeLessThan(800);
  });

  it('fills a phone, and gives way to the cited paragraph', async () => {
    await open('/', { width: 390, height: 844 });
    await suite.widget.ask(ENERGY);
    await finished();
    expect(await suite.widget.panel.boundingBox()).toEqual({ x: 0, y: 0, width: 390, height: 844 });
    await suite.widget.response.locator('.citation .label').first().click();
    expect(await suite.widget.panel.isVisible()).toBe(false);
    expect(await suite.widget.focusedId()).toBe('part-2-item-3');
    await suite.widget.launcher.click();
    expect(await suite.widget.response.locator('.citation').count()).toBe(2);
  });
});
