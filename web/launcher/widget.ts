import { OPTIONS } from './widget-options.ts';
import type { YoujuApi } from './youju-api.ts';
import { createYoujuApi } from './youju-api.ts';
import { PLACED, YoujuChatElement } from './youju-chat-element.ts';

declare global {
  interface Window {
    Youju?: YoujuApi;
  }
  interface HTMLElementTagNameMap {
    'youju-chat': YoujuChatElement;
  }
}

const TAG = 'youju-chat';

/**
 * Whether the widget this script tag asks for is there: placed by the tag or one like it (single-page navigation runs scripts
 * again), or by the page, which then needs the tag for its code only.
 */
function isPlaced(script: HTMLScriptElement): boolean {
  const documentId = script.getAttribute('data-document');
  return [...document.querySelectorAll(TAG)].some((chat) => {
    return chat.getAttribute('document') === documentId || (documentId === null && chat.placedBy === undefined);
  });
}

function placeWidget(script: HTMLScriptElement, origin: string): void {
  if (isPlaced(script)) return;
  const chat = document.createElement(TAG);
  chat.placedBy = script;
  chat.setAttribute(PLACED, '');
  chat.setAttribute('server', origin);
  chat.setAttribute('position', 'bottom-right');
  for (const option of OPTIONS) {
    const value = script.getAttribute(`data-${option}`);
    if (value !== null) chat.setAttribute(option, value);
  }
  document.body.append(chat);
}

/** The tag that this code runs in. A module is not told its own: then it is the module tag with our name. */
function findTag(): HTMLScriptElement | undefined {
  const current = document.currentScript;
  const ours = (script: HTMLScriptElement) => script.type === 'module' && /\/widget(\.[0-9a-f]+)?\.js$/.test(script.src);
  const tag = current ?? [...document.scripts].find(ours);
  return tag instanceof HTMLScriptElement && tag.src ? tag : undefined;
}

function start(): void {
  const tag = findTag();
  const origin = tag ? new URL(tag.src).origin : location.origin;
  if (!customElements.get(TAG)) {
    YoujuChatElement.code = { origin, nonce: tag?.nonce ?? '' };
    customElements.define(TAG, YoujuChatElement);
    window.Youju = createYoujuApi(YoujuChatElement.connected);
    document.dispatchEvent(new Event('youju:ready'));
  }
  if (!tag) return;
  // An async script may run before <body> exists, or before a <youju-chat> that the page declares further down.
  if (document.readyState !== 'loading') placeWidget(tag, origin);
  else document.addEventListener('DOMContentLoaded', () => placeWidget(tag, origin), { once: true });
}

start();
