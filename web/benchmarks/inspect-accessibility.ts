import type { Browser, CDPSession } from 'playwright-core';
import type { Contestant } from './contestants.ts';
import { openContestant } from './open-contestant.ts';

/** What a screen reader and a keyboard meet, as Chromium's accessibility tree has it. */
export type Accessibility = {
  launcherName: string;
  dialog: 'named' | 'unnamed' | 'none';
  /** The role that holds the focus once the panel is open; `RootWebArea` is the page itself. */
  focusOnOpening: string;
  escapeCloses: boolean;
  liveRegion: boolean;
};

type TreeNode = { role: string; name: string; live: string; isFocused: boolean };

async function readTree(devtools: CDPSession): Promise<TreeNode[]> {
  const { nodes } = await devtools.send('Accessibility.getFullAXTree');
  return nodes
    .filter((node) => !node.ignored)
    .map((node) => {
      const property = (name: string) => String(node.properties?.find((one) => one.name === name)?.value.value ?? '');
      return {
        role: String(node.role?.value ?? ''),
        name: String(node.name?.value ?? '').trim(),
        live: property('live'),
        isFocused: property('focused') === 'true',
      };
    });
}

function dialogIn(tree: readonly TreeNode[]): Accessibility['dialog'] {
  const dialog = tree.find(({ role }) => role === 'dialog' || role === 'alertdialog');
  if (!dialog) return 'none';
  return dialog.name === '' ? 'unnamed' : 'named';
}

/** Opens the panel, asks a question (some regions appear with the first answer only) and presses Escape. */
export async function inspectAccessibility(browser: Browser, contestant: Contestant, origin: string): Promise<Accessibility> {
  const { context, page, devtools, input, launcher, visit, openPanel, ask } = await openContestant(browser, contestant, origin);
  await visit();
  const launcherName = /^- \S+ "(.+)"/.exec(await launcher.ariaSnapshot())?.[1] ?? '';
  await openPanel();
  const opened = await readTree(devtools);
  await ask();
  const answered = await readTree(devtools);
  await page.keyboard.press('Escape');
  const escapeCloses = await input.waitFor({ state: 'hidden', timeout: 2000 }).then(
    () => true,
    () => false,
  );
  await context.close();
  return {
    launcherName,
    dialog: dialogIn(opened),
    focusOnOpening: opened.findLast(({ isFocused }) => isFocused)?.role ?? 'RootWebArea',
    escapeCloses,
    liveRegion: answered.some(({ live }) => live === 'polite' || live === 'assertive'),
  };
}
