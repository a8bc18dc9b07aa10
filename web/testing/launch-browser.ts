import type { Browser } from 'playwright-core';
import { chromium } from 'playwright-core';

/** What the tests are about must not be switched off, and the packaged Chromium runs without these here. */
const UNWANTED = new Set(['--disable-web-security', '--allow-running-insecure-content', '--single-process']);
const QUIET = ['--disable-background-networking', '--disable-component-update', '--no-sandbox'];

/** The Chromium from npm on Linux x64, so that nothing needs installing; an installed Chrome elsewhere. */
export async function launchBrowser(...switches: string[]): Promise<Browser> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return chromium.launch({ channel: 'chrome', args: switches });
  const { default: packaged } = await import('@sparticuz/chromium');
  const packagedArguments = packaged.args.filter((argument) => !UNWANTED.has(argument));
  return chromium.launch({ executablePath: await packaged.executablePath(), args: [...packagedArguments, ...QUIET, ...switches] });
}
