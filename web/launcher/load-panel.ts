import type { ChatPanel } from '../panel/chat-panel.ts';
import type { PanelHost } from '../panel/panel-host.ts';

/** Put in by the build (vite.config.ts): the panel's content-addressed file, and its hash in the form of `integrity`. */
declare const PANEL_FILE: string;
declare const PANEL_INTEGRITY: string;

type PanelModule = { createChatPanel: (host: PanelHost) => ChatPanel };

/** Where this code came from, and the nonce that let it run: the panel comes the same way. */
export type CodeSource = { origin: string; nonce: string };

let loading: Promise<PanelModule> | undefined;
let failures = 0;

/**
 * `import()` takes no integrity. A preload does, and what it fetched is what the import then finds: so a page that pins this
 * file by its hash has pinned the panel too. Browsers without module preloads go without that check.
 */
async function preload(url: string, nonce: string): Promise<void> {
  const link = document.createElement('link');
  if (!link.relList.supports('modulepreload')) return;
  const fetched = new Promise((resolve, reject) => {
    link.onload = resolve;
    link.onerror = () => reject(new Error(`could not load ${url}`));
  });
  link.rel = 'modulepreload';
  link.integrity = PANEL_INTEGRITY;
  link.crossOrigin = 'anonymous';
  link.nonce = nonce;
  link.href = url;
  document.head.append(link);
  await fetched.finally(() => link.remove());
}

async function fetchPanel({ origin, nonce }: CodeSource): Promise<PanelModule> {
  // Browsers remember by its address that a module failed.
  const url = new URL(`/widget/${PANEL_FILE}${failures > 0 ? `?retry=${failures}` : ''}`, origin).href;
  await preload(url, nonce);
  return import(/* @vite-ignore */ url);
}

/** The panel's code, from where this file came from; fetched once. Rejects where the network or the hash fails: call again to retry. */
export function loadPanel(source: CodeSource): Promise<PanelModule> {
  loading ??= fetchPanel(source).catch((error: unknown) => {
    failures++;
    loading = undefined;
    throw error;
  });
  return loading;
}
