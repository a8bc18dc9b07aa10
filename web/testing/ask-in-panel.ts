import type { Locator, Page, Request } from 'playwright-core';

/** A link to a cited paragraph, whatever else the panel links to. */
const CITATION = 'a[href*="/documents/"]';

const isQuestion = (request: Request) => request.method() === 'POST' && request.url().endsWith('/api/ask');

/** Opens the panel as a visitor does, asks, and gives the first citation once the whole answer is there. */
export async function askInPanel(page: Page, question: string): Promise<Locator> {
  const panel = page.getByRole('dialog');
  await page.locator('youju-chat .launcher').click();
  const input = panel.getByRole('textbox');
  await input.fill(question);
  // The widget stops reading at the last event, which Chromium reports as a failed request.
  const ended = Promise.race([page.waitForEvent('requestfinished', isQuestion), page.waitForEvent('requestfailed', isQuestion)]);
  await input.press('Enter');
  await ended;
  const citation = panel.locator(CITATION).first();
  await citation.waitFor();
  return citation;
}
