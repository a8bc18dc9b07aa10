import { YoujuChatElement } from './youju-chat-element.ts';

const TAG = 'youju-chat';
/** Each `data-…` attribute of the script tag becomes the attribute of the same name on the element. */
const OPTIONS = ['document', 'language', 'document-language', 'suggestions', 'server'];

function mountWidget(script: HTMLScriptElement): void {
  if (document.querySelector(TAG)) return;
  const chat = document.createElement(TAG);
  for (const option of OPTIONS) {
    const value = script.getAttribute(`data-${option}`);
    if (value !== null) chat.setAttribute(option, value);
  }
  document.body.append(chat);
}

function start(): void {
  // Only valid while the script itself runs. It is null for modules: such a page places its own <youju-chat>.
  const script = document.currentScript;
  const loader = script instanceof HTMLScriptElement && script.src ? script : undefined;
  if (loader) YoujuChatElement.defaultServer = new URL(loader.src).origin;
  if (!customElements.get(TAG)) customElements.define(TAG, YoujuChatElement);
  if (!loader) return;
  // An async script may run before <body> exists, or before a <youju-chat> that the page declares further down.
  if (document.readyState !== 'loading') mountWidget(loader);
  else document.addEventListener('DOMContentLoaded', () => mountWidget(loader), { once: true });
}

start();
