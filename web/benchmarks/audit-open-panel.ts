import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { z } from 'zod';
import { askInPanel } from '../testing/ask-in-panel.ts';

/** A part of axe-core's results: https://github.com/dequelabs/axe-core/blob/develop/doc/API.md#results-object */
const resultsSchema = z.object({
  testEngine: z.object({ version: z.string() }),
  passes: z.array(z.unknown()),
  violations: z.array(z.object({ id: z.string(), help: z.string() })),
  incomplete: z.array(z.object({ id: z.string(), help: z.string() })),
});

type PanelAudit = z.infer<typeof resultsSchema>;

/** Lighthouse sees the page before anybody opens the panel; this is its accessibility engine on the panel with an answer in it. */
export async function auditOpenPanel(browser: Browser, address: string, lighthouseFolder: string): Promise<PanelAudit> {
  const engine = await readFile(path.join(lighthouseFolder, 'node_modules', 'axe-core', 'axe.min.js'), 'utf8');
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' });
  await page.goto(address);
  await askInPanel(page, '第二届中国国际进口博览会在哪里举办？');
  await page.evaluate(engine);
  const results = resultsSchema.parse(await page.evaluate('axe.run()'));
  await page.close();
  return results;
}
