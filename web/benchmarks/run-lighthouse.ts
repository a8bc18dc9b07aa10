import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';

const run = promisify(execFile);

/** The last line of versions that runs on Node 20. */
const LIGHTHOUSE = 'lighthouse@12.8.2';

/** A part of Lighthouse's report: https://github.com/GoogleChrome/lighthouse/blob/main/docs/understanding-results.md */
const reportSchema = z.object({
  lighthouseVersion: z.string(),
  runtimeError: z.object({ code: z.string(), message: z.string() }).optional(),
  categories: z.record(
    z.string(),
    z.object({
      title: z.string(),
      score: z.number().nullable(),
      auditRefs: z.array(z.object({ id: z.string(), group: z.string().optional() })),
    }),
  ),
  audits: z.record(
    z.string(),
    z.object({
      title: z.string(),
      score: z.number().nullable(),
      scoreDisplayMode: z.string(),
      displayValue: z.string().optional(),
      errorMessage: z.string().optional(),
    }),
  ),
});

export type LighthouseReport = z.infer<typeof reportSchema>;

export const FORM_FACTORS = ['desktop', 'mobile'] as const;

/** Lighthouse brings 185 MB: it is installed for the run only. */
export async function installLighthouse(folder: string): Promise<void> {
  await run('npm', ['install', '--prefix', folder, '--no-save', '--ignore-scripts', '--no-audit', '--no-fund', LIGHTHOUSE]);
}

/** Audits a page in the Chromium that listens on the debugging port. */
export async function auditPage(
  folder: string,
  address: string,
  debuggingPort: number,
  formFactor: (typeof FORM_FACTORS)[number],
): Promise<LighthouseReport> {
  const file = path.join(folder, 'report.json');
  const cli = path.join(folder, 'node_modules', 'lighthouse', 'cli', 'index.js');
  // Mobile is the default and has no preset of its own.
  const preset = formFactor === 'desktop' ? ['--preset=desktop'] : [];
  const output = ['--output=json', `--output-path=${file}`, '--quiet', '--no-enable-error-reporting'];
  await run(process.execPath, [cli, address, `--port=${debuggingPort}`, ...output, ...preset]);
  const report = reportSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  if (report.runtimeError) throw new Error(`Lighthouse could not audit ${address}: ${report.runtimeError.message}`);
  return report;
}
