import { OPTIONS } from './widget-options.ts';
import type { YoujuApi } from './youju-api.ts';
import { createYoujuApi } from './youju-api.ts';
import { YoujuChatElement } from './youju-chat-element.ts';

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
  chat.setAttribute('server', origin);
  for (const option of OPTIONS) {
    const value = script.getAttribute(`data-${option}`);
    if (value !== null) chat.setAttribute(option, value);
  }
  // Turbo keeps a copy of each page: the widget is no part of it.
  chat.setAttribute('data-turbo-temporary', '');
  document.body.append(chat);
}

function start(): void {
  // Only valid while the script itself runs. It is null for modules: such a page places its own <youju-chat>.
  const script = document.currentScript;
  const tag = script instanceof HTMLScriptElement && script.src ? script : undefined;
  const origin = tag ? new URL(tag.src).origin : location.origin;
  if (!customElements.get(TAG)) {
    YoujuChatElement.codeOrigin = origin;
    customElements.define(TAG, YoujuChatElement);
    window.Youju = createYoujuApi(YoujuChatElement.connected);
  }
  if (!tag) return;
  // An async script may run before <body> exists, or before a <youju-chat> that the page declares further down.
  if (document.readyState !== 'loading') placeWidget(tag, origin);
  else document.addEventListener('DOMContentLoaded', () => placeWidget(tag, origin), { once: true });
}

start();
