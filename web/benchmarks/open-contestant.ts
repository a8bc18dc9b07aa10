import type { Browser, BrowserContext, CDPSession, Locator, Page } from 'playwright-core';
import type { Contestant } from './contestants.ts';

/** A fresh browser profile for a contestant's page, with what a visitor does there. */
export type ContestPage = {
  context: BrowserContext;
  page: Page;
  devtools: CDPSession;
  launcher: Locator;
  input: Locator;
  /** Goes to the page and waits until the launcher is visible. */
  visit: (query?: string) => Promise<void>;
  openPanel: () => Promise<void>;
  /** Asks a question and waits until its answer has arrived and been drawn. */
  ask: () => Promise<void>;
};

const QUESTION = '第二届中国国际进口博览会在哪里举办？';
/** The place that the joint statement names, and what the stub says to the others. */
const ANSWER = /上海|A stub answered/;
/** Answers end with an animation or an announcement. */
const SETTLE_MILLISECONDS = 500;
const TIMEOUT_MILLISECONDS = 15_000;

/** Runs in the page. Checked once a frame, because Playwright's own waiting pauses up to half a second between looks. */
const isVisible = (selectors: string[]) => {
  let scope: ParentNode | null | undefined = document;
  let found: Element | null | undefined;
  for (const selector of selectors) {
    found = scope?.querySelector(selector);
    scope = found?.shadowRoot ?? found;
  }
  return found?.checkVisibility() === true;
};

export async function openContestant(browser: Browser, contestant: Contestant, origin: string, locale = 'en'): Promise<ContestPage> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce', locale });
  const page = await context.newPage();
  page.setDefaultTimeout(TIMEOUT_MILLISECONDS);
  const launcher = page.locator(contestant.launcher.join(' '));
  const input = page.getByRole('textbox').first();
  return {
    context,
    page,
    devtools: await context.newCDPSession(page),
    launcher,
    input,
    async visit(query = '') {
      await page.goto(`${origin}/${contestant.slug}/${query}`, { waitUntil: 'commit' });
      await page.waitForFunction(isVisible, contestant.launcher, { polling: 'raf' });
    },
    async openPanel() {
      if (contestant.opens) await launcher.click();
      await input.waitFor();
      await page.waitForLoadState('networkidle');
    },
    async ask() {
      await input.fill(QUESTION);
      await input.press('Enter');
      await page.getByText(ANSWER).first().waitFor();
      await page.waitForTimeout(SETTLE_MILLISECONDS);
    },
  };
}
