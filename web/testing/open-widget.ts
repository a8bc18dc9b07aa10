import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page } from 'playwright-core';

/** A page with the widget on it, with the words a test needs to talk about it. */
export type WidgetPage = {
  page: Page;
  context: BrowserContext;
  launcher: Locator;
  panel: Locator;
  input: Locator;
  /** Everything below the last question. */
  response: Locator;
  /** Errors on the console, uncaught exceptions and breaches of the content security policy. */
  complaints: string[];
  ask: (question: string) => Promise<void>;
  focusedId: () => Promise<string | undefined>;
  highlightedText: () => Promise<string>;
};

function watchForComplaints(page: Page): string[] {
  const complaints: string[] = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  return complaints;
}

const readHighlight = () => {
  const ranges = [...(CSS.highlights.get('youju-quote') ?? [])];
  return ranges.map((range) => (range instanceof Range ? range.toString() : '')).join('');
};

export async function openWidget(
  browser: Browser,
  address: string,
  viewport = { width: 1280, height: 800 },
  options: BrowserContextOptions = {},
): Promise<WidgetPage> {
  const context = await browser.newContext({ viewport, locale: 'zh-CN', reducedMotion: 'reduce', ...options });
  const page = await context.newPage();
  const complaints = watchForComplaints(page);
  await page.goto(address);
  const launcher = page.locator('youju-chat .launcher').first();
  const panel = page.getByRole('dialog');
  const input = panel.locator('.composer').getByRole('textbox');
  await page.waitForFunction(() => customElements.get('youju-chat') && document.querySelector('youju-chat'));
  return {
    page,
    context,
    launcher,
    panel,
    input,
    response: panel.locator('.response').last(),
    complaints,
    async ask(question) {
      if (await launcher.isVisible()) await launcher.click();
      await input.fill(question);
      await input.press('Enter');
    },
    focusedId: () => page.evaluate(() => document.activeElement?.id),
    highlightedText: () => page.evaluate(readHighlight),
  };
}
