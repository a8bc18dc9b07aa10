import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../testing/launch-browser.ts';
import { type Contestant, PLAIN_PAGE } from './contestants.ts';
import { countLanguages } from './count-languages.ts';
import { inspectAccessibility } from './inspect-accessibility.ts';
import { inspectUnderPolicy } from './inspect-policy.ts';
import { measureTransfer } from './measure-transfer.ts';
import { type ContestSite, serveContestants } from './serve-contestants.ts';

/** A widget that does what the measures look for: a panel and a stranger's address on opening, an inline style, English and Russian. */
const SCRIPT = `
const isRussian = document.documentElement.lang === 'ru';
document.body.insertAdjacentHTML('beforeend', '<button class="open" style="color: red">Ask</button>');
document.querySelector('.open').onclick = () => import('./panel.js').then(({ openPanel }) => openPanel(isRussian ? 'Вопрос' : 'Question'));
`;
const PANEL = `
export async function openPanel(label) {
  fetch('https://stranger.example/').catch(() => undefined);
  const dialog = document.createElement('dialog');
  dialog.innerHTML = '<textarea></textarea><p role="status"></p>';
  const input = dialog.querySelector('textarea');
  input.setAttribute('aria-label', label);
  dialog.setAttribute('aria-label', label);
  input.onkeydown = async ({ key }) => {
    if (key !== 'Enter') return;
    const answer = await fetch('stub', { method: 'POST' });
    dialog.querySelector('p').textContent = (await answer.json()).text;
  };
  document.body.append(dialog);
  dialog.showModal();
}
`;
const WIDGET: Contestant = {
  title: 'a widget',
  slug: 'a-widget',
  markup: '<script type="module" src="package/widget.js"></script>',
  launcher: ['.open'],
  opens: true,
};

let browser: Browser;
let site: ContestSite;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'youju-contestant-'));
  await writeFile(path.join(folder, 'widget.js'), SCRIPT);
  await writeFile(path.join(folder, 'panel.js'), PANEL);
  browser = await launchBrowser('--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1');
  site = await serveContestants([PLAIN_PAGE, WIDGET], new Map([[WIDGET.slug, folder]]), 'http://127.0.0.1:9');
}, 60_000);

afterAll(async () => {
  await browser.close();
  await site.close();
  await rm(folder, { recursive: true });
});

describe('what is measured of a widget', () => {
  it('is what it fetched until the launcher is visible, and in total with the panel open', async () => {
    const { untilLauncher, opened } = await measureTransfer(browser, WIDGET, site.origin);
    expect(untilLauncher).toMatchObject({ requests: 1, thirdParties: 0, rawBytes: Buffer.byteLength(SCRIPT) });
    expect(opened).toMatchObject({ requests: 3, thirdParties: 1, rawBytes: Buffer.byteLength(SCRIPT) + Buffer.byteLength(PANEL) });
    expect(opened.brotliBytes).toBeLessThan(opened.rawBytes);
  });

  it('is each breach of the strict policy, and whether it is seen', async () => {
    expect(await inspectUnderPolicy(browser, WIDGET, site.origin)).toEqual({
      violations: ['style-src-attr', 'connect-src'],
      looksTheSame: false,
    });
  });

  it('is what a screen reader and a keyboard meet', async () => {
    expect(await inspectAccessibility(browser, WIDGET, site.origin)).toEqual({
      launcherName: 'Ask',
      dialog: 'named',
      focusOnOpening: 'textbox',
      escapeCloses: true,
      liveRegion: true,
    });
  });

  it('is how many languages its controls speak', async () => {
    expect(await countLanguages(browser, WIDGET, site.origin)).toBe(2);
  });
});
