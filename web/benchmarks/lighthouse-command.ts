import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { launchBrowser } from '../testing/launch-browser.ts';
import { startProduct } from '../testing/start-product.ts';
import { auditOpenPanel } from './audit-open-panel.ts';
import { auditPage, FORM_FACTORS, installLighthouse, type LighthouseReport } from './run-lighthouse.ts';
import { listScores, listShortcomings, medianRun } from './summarise-lighthouse.ts';
import { drawTable, writeSection } from './write-section.ts';

const RUNS = 3;

async function findFreePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  await new Promise((closed) => server.close(closed));
  if (typeof address !== 'object' || address === null) throw new Error('No port is free on 127.0.0.1.');
  return address.port;
}

async function auditFormFactors(folder: string, address: string, port: number): Promise<LighthouseReport[]> {
  const medians: LighthouseReport[] = [];
  for (const formFactor of FORM_FACTORS) {
    const reports: LighthouseReport[] = [];
    for (let run = 0; run < RUNS; run++) reports.push(await auditPage(folder, address, port, formFactor));
    medians.push(medianRun(reports));
  }
  return medians;
}

function describeScores(reports: readonly LighthouseReport[]): string[] {
  const titles = reports[0] ? listScores(reports[0]).map(({ title }) => title) : [];
  const rows = reports.map((report, index) => [FORM_FACTORS[index] ?? '', ...listScores(report).map(({ score }) => score)]);
  const shortcomings = reports.flatMap((report, index) => [
    '',
    `Below full marks, ${FORM_FACTORS[index]}:`,
    '',
    ...list(listShortcomings(report)),
  ]);
  return [...drawTable([['', ...titles], ...rows]), ...shortcomings];
}

const list = (items: readonly string[]) => (items.length === 0 ? ['- none'] : items.map((item) => `- ${item}`));

const closing: (() => Promise<void>)[] = [];
try {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'youju-lighthouse-'));
  closing.push(() => rm(folder, { recursive: true, force: true }));
  await installLighthouse(folder);
  const product = await startProduct();
  closing.push(product.stop);
  const port = await findFreePort();
  const browser = await launchBrowser(
    `--remote-debugging-port=${port}`,
    '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
  );
  closing.push(() => browser.close());
  const reports = await auditFormFactors(folder, `${product.origin}/`, port);
  const panel = await auditOpenPanel(browser, `${product.origin}/`, folder);
  await writeSection('npm run bench:lighthouse', [
    '## Lighthouse on the policy page',
    '',
    `Written by \`npm run bench:lighthouse\` on ${new Date().toISOString().slice(0, 10)}: Lighthouse ${reports[0]?.lighthouseVersion}, headless Chromium ${browser.version()}, the page of the running product with the widget on it.`,
    `Median of ${RUNS} runs by performance. Over loopback the network is Lighthouse’s simulation, compression and HTTPS are what the product does without a proxy in front,`,
    'and field data (Core Web Vitals of real visitors) does not exist.',
    '',
    ...describeScores(reports),
    '',
    `The panel open with an answer, by axe-core ${panel.testEngine.version} on the whole page: ${panel.passes.length} rules passed, ${panel.violations.length} violated, ${panel.incomplete.length} undecided.`,
    '',
    ...list([
      ...panel.violations.map(({ id, help }) => `violated: ${help} (\`${id}\`)`),
      ...panel.incomplete.map(({ id, help }) => `undecided: ${help} (\`${id}\`)`),
    ]),
  ]);
} finally {
  for (const close of closing.reverse()) await close();
}
