import type { Browser } from 'playwright-core';
import type { Contestant } from './contestants.ts';
import { openContestant } from './open-contestant.ts';

/** How a widget does under a strict content security policy. */
export type UnderPolicy = { violations: string[]; looksTheSame: boolean };

async function pictureOf(browser: Browser, contestant: Contestant, origin: string, query: string) {
  const { context, page, devtools, visit, openPanel } = await openContestant(browser, contestant, origin);
  const violations: string[] = [];
  devtools.on('Audits.issueAdded', ({ issue }) => {
    const details = issue.details.contentSecurityPolicyIssueDetails;
    if (details) violations.push(details.violatedDirective);
  });
  await devtools.send('Audits.enable');
  await visit(query);
  await openPanel();
  const picture = await page.screenshot({ animations: 'disabled' });
  await context.close();
  return { violations, picture };
}

/** Opens the panel with and without the policy, and compares the pictures pixel by pixel. */
export async function inspectUnderPolicy(browser: Browser, contestant: Contestant, origin: string): Promise<UnderPolicy> {
  const without = await pictureOf(browser, contestant, origin, '');
  const strict = await pictureOf(browser, contestant, origin, '?policy=strict');
  return { violations: strict.violations, looksTheSame: without.picture.equals(strict.picture) };
}
