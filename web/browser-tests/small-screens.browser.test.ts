import { describe, expect, it } from 'vitest';
import { findBarriers } from '../testing/find-barriers.ts';
import { prepareWidgetSuite } from '../testing/widget-suite.ts';

const suite = prepareWidgetSuite();
const { open, finished } = suite;

const ENERGY = '双方在能源领域有哪些合作？';

describe('small and enlarged screens', { timeout: 60_000 }, () => {
  const isFreeOfSidewaysScrolling = () =>
    suite.widget.panel.evaluate((panel) =>
      [document.documentElement, panel, panel.querySelector('.log')].every((box) => !box || box.scrollWidth <= box.clientWidth + 1),
    );

  it.each<[string, { width: number; height: number }, { isElderFriendly?: boolean; deviceScaleFactor?: number }]>([
    ['a phone', { width: 360, height: 700 }, {}],
    ['320 px, elder-friendly', { width: 320, height: 640 }, { isElderFriendly: true }],
    ['a desktop at 200 %', { width: 640, height: 400 }, { deviceScaleFactor: 2 }],
    ['a desktop at 400 %', { width: 320, height: 256 }, { deviceScaleFactor: 4 }],
  ])('everything is reached without scrolling sideways: %s', async (_name, viewport, { isElderFriendly, ...options }) => {
    const { page, panel, input } = await open('/', viewport, options);
    if (isElderFriendly) await page.evaluate(() => document.querySelector('youju-chat')?.toggleAttribute('elder-friendly', true));
    await suite.widget.ask(ENERGY);
    await finished();
    expect(await isFreeOfSidewaysScrolling()).toBe(true);
    for (const part of [panel, input, panel.locator('.tool').last()]) {
      const box = await part.boundingBox();
      expect(box?.x).toBeGreaterThanOrEqual(0);
      expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(viewport.width);
      expect(box?.y).toBeGreaterThanOrEqual(0);
      expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(viewport.height);
    }
    expect(await findBarriers(page)).toEqual([]);
  });

  it('the keyboard of a phone never covers the input, and the page behind does not scroll', async () => {
    const { page, panel, input } = await open('/', { width: 360, height: 700 }, { hasTouch: true, isMobile: true });
    await suite.widget.ask(ENERGY);
    await finished();
    await page.evaluate(() => {
      const viewport = window.visualViewport;
      Object.defineProperty(viewport, 'height', { value: 380, configurable: true });
      Object.defineProperty(viewport, 'offsetTop', { value: 20, configurable: true });
      viewport?.dispatchEvent(new Event('resize'));
    });
    const box = await panel.boundingBox();
    expect([box?.y, box?.height]).toEqual([20, 380]);
    const field = await input.boundingBox();
    expect((field?.y ?? 0) + (field?.height ?? 0)).toBeLessThanOrEqual(400);
    await page.mouse.wheel(0, 500);
    await page.waitForTimeout(100);
    expect(await page.evaluate(() => scrollY)).toBe(0);
  });

  it('turns from a corner into a full screen, and back, as the window is resized', async () => {
    const { page, panel, launcher } = await open('/');
    await launcher.click();
    await panel.waitFor();
    await page.setViewportSize({ width: 400, height: 700 });
    await expect.poll(async () => (await panel.boundingBox())?.width).toBe(400);
    expect(await panel.evaluate((dialog) => dialog.matches(':modal'))).toBe(true);
    await page.setViewportSize({ width: 1280, height: 800 });
    await expect.poll(() => panel.evaluate((dialog) => dialog.matches(':modal'))).toBe(false);
  });
});
