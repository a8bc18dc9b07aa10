import type { Browser } from 'playwright-core';
import type { Contestant } from './contestants.ts';
import { openContestant } from './open-contestant.ts';

const LANGUAGES = ['zh-Hans', 'zh-Hant', 'en', 'ru', 'kk'];

/** The names of the open panel's controls, on a page and in a browser of that language. */
async function controlNames(browser: Browser, contestant: Contestant, origin: string, language: string): Promise<string> {
  const { context, page, visit, openPanel } = await openContestant(browser, contestant, origin, language);
  await visit(`?language=${language}`);
  await openPanel();
  const controls = await page.locator('body').ariaSnapshot();
  await context.close();
  return controls
    .split('\n')
    .filter((line) => /- (button|textbox)/.test(line))
    .join('\n');
}

/** In how many of Youju's five languages a widget's controls speak by themselves, the fallback included. */
export async function countLanguages(browser: Browser, contestant: Contestant, origin: string): Promise<number> {
  const seen = new Set<string>();
  for (const language of LANGUAGES) seen.add(await controlNames(browser, contestant, origin, language));
  return seen.size;
}
