import type { Browser, BrowserContextOptions } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { buildWidget } from './build-widget.ts';
import { launchBrowser } from './launch-browser.ts';
import type { WidgetPage } from './open-widget.ts';
import { openWidget } from './open-widget.ts';
import type { TestSite } from './serve-test-site.ts';
import { serveTestSite } from './serve-test-site.ts';

type Suite = {
  readonly site: TestSite;
  /** The page that was opened last. */
  readonly widget: WidgetPage;
  open: (path?: string, viewport?: { width: number; height: number }, options?: BrowserContextOptions) => Promise<WidgetPage>;
  /** Waits for an answer to be complete. */
  finished: () => Promise<void>;
};

/**
 * The built widget on a site of its own, in a real browser, for the tests of one file. After each test nothing may have been
 * complained about: the site's strict policy makes any inline style, inline script or foreign address a complaint.
 */
export function prepareWidgetSuite(): Suite {
  let browser: Browser;
  let site: TestSite;
  let widget: WidgetPage | undefined;

  beforeAll(async () => {
    const [files, launched] = await Promise.all([buildWidget(), launchBrowser()]);
    browser = launched;
    site = await serveTestSite(files);
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    await site.close();
  });
  beforeEach(() => {
    site.requests.length = 0;
    site.feedback.length = 0;
    site.paths.length = 0;
    site.pages.clear();
  });
  afterEach(async () => {
    await widget?.context.close();
    expect(widget?.complaints ?? []).toEqual([]);
  });

  const current = () => {
    if (!widget) throw new Error('no page was opened');
    return widget;
  };
  return {
    get site() {
      return site;
    },
    get widget() {
      return current();
    },
    async open(path = '/', viewport, options) {
      widget = await openWidget(browser, `${site.origin}${path}`, viewport, options);
      return widget;
    },
    finished: () => current().response.locator('.actions').waitFor(),
  };
}
