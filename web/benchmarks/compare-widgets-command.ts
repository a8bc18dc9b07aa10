import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../testing/launch-browser.ts';
import { startProduct } from '../testing/start-product.ts';
import { CONTESTANTS, type Contestant, PLAIN_PAGE, YOUJU } from './contestants.ts';
import { countLanguages } from './count-languages.ts';
import { fetchPackage } from './fetch-package.ts';
import { inspectAccessibility } from './inspect-accessibility.ts';
import { inspectUnderPolicy } from './inspect-policy.ts';
import { type MainThreadTime, measureScriptTime, ROUNDS } from './measure-script-time.ts';
import { measureTransfer } from './measure-transfer.ts';
import { STRICT_POLICY, serveContestants } from './serve-contestants.ts';
import { drawTable, writeSection } from './write-section.ts';

/** One thing measured, with a cell for each contestant in their order. */
type Row = [string, ...string[]];

async function fetchPackages(folder: string): Promise<Map<string, string>> {
  const folders = new Map<string, string>();
  for (const { slug, npm } of CONTESTANTS) if (npm) folders.set(slug, await fetchPackage(npm, path.join(folder, slug)));
  return folders;
}

/** One after the other: two pages at once would disturb each other's times. */
async function inTurn<T>(measure: (contestant: Contestant) => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  for (const contestant of CONTESTANTS) results.push(await measure(contestant));
  return results;
}

const kilobytes = (bytes: number) => (bytes / 1000).toFixed(1);
const yesOrNo = (value: boolean) => (value ? 'yes' : 'no');

async function transferRows(browser: Browser, origin: string): Promise<Row[]> {
  const transfers = await inTurn((contestant) => measureTransfer(browser, contestant, origin));
  return [
    ['kB until the launcher is visible: Brotli', ...transfers.map(({ untilLauncher }) => kilobytes(untilLauncher.brotliBytes))],
    ['raw', ...transfers.map(({ untilLauncher }) => kilobytes(untilLauncher.rawBytes))],
    ['kB in total once the panel is open: Brotli', ...transfers.map(({ opened }) => kilobytes(opened.brotliBytes))],
    ['raw', ...transfers.map(({ opened }) => kilobytes(opened.rawBytes))],
    ['requests until the launcher is visible', ...transfers.map(({ untilLauncher }) => String(untilLauncher.requests))],
    ['requests in total once the panel is open', ...transfers.map(({ opened }) => String(opened.requests))],
    ['of these to third parties', ...transfers.map(({ opened }) => String(opened.thirdParties))],
  ];
}

async function timeRows(browser: Browser, origin: string): Promise<Row[]> {
  const times = await measureScriptTime(browser, [PLAIN_PAGE, ...CONTESTANTS], origin);
  const row = (title: string, kind: keyof MainThreadTime): Row => [
    title,
    ...CONTESTANTS.map(({ slug }) => {
      const time = times.get(slug)?.[kind] ?? Number.NaN;
      return `${time.toFixed(1)} ms, ${(time / (times.get(YOUJU.slug)?.[kind] ?? Number.NaN)).toFixed(1)} ×`;
    }),
  ];
  const page = times.get(PLAIN_PAGE.slug)?.all.toFixed(1);
  return [
    row('script time until the launcher is visible', 'script'),
    row(`main-thread time until then (the page alone: ${page} ms)`, 'all'),
  ];
}

async function policyRows(browser: Browser, origin: string): Promise<Row[]> {
  const results = await inTurn((contestant) => inspectUnderPolicy(browser, contestant, origin));
  const list = (violations: string[]) => [violations.length, ...new Set(violations)].join(' ');
  return [
    ['violations of a strict policy', ...results.map(({ violations }) => list(violations))],
    ['looks the same under it, pixel by pixel', ...results.map(({ looksTheSame }) => yesOrNo(looksTheSame))],
  ];
}

async function accessibilityRows(browser: Browser, origin: string): Promise<Row[]> {
  const results = await inTurn(async (contestant) => ({
    opens: contestant.opens,
    ...(await inspectAccessibility(browser, contestant, origin)),
  }));
  const ofPanels = (show: (result: (typeof results)[number]) => string) => results.map((result) => (result.opens ? show(result) : '–'));
  return [
    ['launcher has a name', ...ofPanels(({ launcherName }) => yesOrNo(launcherName !== ''))],
    ['panel is a dialog', ...ofPanels(({ dialog }) => (dialog === 'none' ? 'no' : `yes, ${dialog}`))],
    ['focus after opening is on', ...ofPanels(({ focusOnOpening }) => (focusOnOpening === 'RootWebArea' ? 'nothing' : focusOnOpening))],
    ['Escape closes the panel', ...ofPanels(({ escapeCloses }) => yesOrNo(escapeCloses))],
    ['answers have a live region', ...results.map(({ liveRegion }) => yesOrNo(liveRegion))],
  ];
}

async function measureAll(browser: Browser, origin: string): Promise<Row[]> {
  const languages = await inTurn((contestant) => countLanguages(browser, contestant, origin));
  return [
    ['', ...CONTESTANTS.map(({ title }) => title)],
    ...(await transferRows(browser, origin)),
    ...(await timeRows(browser, origin)),
    ...(await policyRows(browser, origin)),
    ...(await accessibilityRows(browser, origin)),
    ['languages of the controls, of zh-Hans, zh-Hant, en, ru, kk', ...languages.map(String)],
  ];
}

const describeRun = (browser: Browser): string[] => [
  '## Beside other chat widgets',
  '',
  `Written by \`npm run bench:widget\` on ${new Date().toISOString().slice(0, 10)}: headless Chromium ${browser.version()}, Node ${process.versions.node}, ${os.cpus().length} × ${os.cpus()[0]?.model.trim() ?? 'unknown processor'}.`,
  'Each widget stands alone on the same plain page of one local server, set up in the simplest way that its documentation shows, from its npm package at the',
  'named version. Youju’s files and answers come from the running product; the others talk to a stub that answers at once.',
];

const NOTES = [
  `- Bytes are what the widget requests: Brotli at its highest level for every file alike, whatever a server would send. kB are 1,000 bytes. The page and our few lines of setup are not counted.`,
  '- Nothing but loopback can be reached. Requests to third parties are counted and fail, so their bytes are missing here.',
  `- Times are medians of ${ROUNDS} runs taken in turn, each in a fresh profile with an empty cache. Compare the ratios; milliseconds are this machine’s. The main thread also parses, lays out and draws the page; “the page alone” has a plain button instead of a widget. Compiling on other threads is not in them.`,
  '- deep-chat has no launcher: it is the panel. It is measured until its input field is visible, and “once the panel is open” is the same moment.',
  `- The strict policy: \`${STRICT_POLICY}\`. Violations are counted until the panel is open.`,
  '- Dialog, names, focus and live region are read from Chromium’s accessibility tree; the live region after an answer.',
  '- Languages: the page’s `lang` and the browser’s locale are set to each; counted is how many different sets of names the controls get. A site can translate the peers’ texts through their options.',
  '- The peers do more than Youju: files, voice, many model providers. This compares what a page pays for a question and its answer, not features.',
];

const closing: (() => Promise<void>)[] = [];
try {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'youju-bench-'));
  closing.push(() => rm(folder, { recursive: true, force: true }));
  const packages = await fetchPackages(folder);
  const product = await startProduct();
  closing.push(product.stop);
  const browser = await launchBrowser('--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1');
  closing.push(() => browser.close());
  const site = await serveContestants([PLAIN_PAGE, ...CONTESTANTS], packages, product.origin);
  closing.push(site.close);
  const rows = await measureAll(browser, site.origin);
  await writeSection('npm run bench:widget', [...describeRun(browser), '', ...drawTable(rows), '', ...NOTES]);
} finally {
  for (const close of closing.reverse()) await close();
}
