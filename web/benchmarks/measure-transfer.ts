import { brotliCompressSync, constants } from 'node:zlib';
import type { Browser, Page, Request } from 'playwright-core';
import type { Contestant } from './contestants.ts';
import { openContestant } from './open-contestant.ts';

/** What a page fetched for its widget. The bytes of refused requests to third parties are unknown, so they are not in it. */
type Transfer = { requests: number; rawBytes: number; brotliBytes: number; thirdParties: number };

const compressed = new Map<string, number>();

/** Servers compress differently or not at all, so each file counts as what Brotli's highest level makes of it. */
function brotliSize(url: string, body: Buffer): number {
  const known = compressed.get(url);
  if (known !== undefined) return known;
  const size = brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
  compressed.set(url, size);
  return size;
}

async function readBody(request: Request): Promise<Buffer> {
  const response = await request.response();
  return (await response?.body().catch(() => undefined)) ?? Buffer.alloc(0);
}

/** Notes what the page requests from now on; the page itself and our own setup module are not the widget's. */
function watchRequests(page: Page): Request[] {
  const requests: Request[] = [];
  page.on('request', (request) => {
    const { protocol, pathname } = new URL(request.url());
    if (protocol.startsWith('http') && !request.isNavigationRequest() && !pathname.endsWith('/setup.js')) requests.push(request);
  });
  return requests;
}

async function addUp(requests: readonly Request[], origin: string): Promise<Transfer> {
  const own = requests.filter((request) => new URL(request.url()).origin === origin);
  const bodies = await Promise.all(own.map(async (request) => ({ url: request.url(), body: await readBody(request) })));
  return {
    requests: requests.length,
    rawBytes: sum(bodies.map(({ body }) => body.length)),
    brotliBytes: sum(bodies.map(({ url, body }) => brotliSize(url, body))),
    thirdParties: requests.length - own.length,
  };
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

/** Until the launcher is visible, and in total once the panel was opened and the network fell silent. */
export async function measureTransfer(
  browser: Browser,
  contestant: Contestant,
  origin: string,
): Promise<{ untilLauncher: Transfer; opened: Transfer }> {
  const { context, page, visit, openPanel } = await openContestant(browser, contestant, origin);
  const requests = watchRequests(page);
  await visit();
  const beforeLauncher = [...requests];
  await openPanel();
  const transfers = { untilLauncher: await addUp(beforeLauncher, origin), opened: await addUp(requests, origin) };
  await context.close();
  return transfers;
}
