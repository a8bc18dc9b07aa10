import './styles/palette.css';
import './styles/base.css';
import './styles/layout.css';
import './styles/document-text.css';
import './styles/permalinks.css';
import './styles/quote-check.css';
import './styles/document-list.css';
import './styles/elder-friendly.css';
import './styles/print.css';
import { copyText } from '../copy-text.ts';
import { drawIcon } from '../draw-icon.ts';
import { offerSkipToQuestions } from './skip-to-questions.ts';

/**
 * The page is complete without this script. It adds a button to each paragraph that copies the paragraph's address, and a short way
 * to the widget.
 */

/** How long the confirmation stays on the screen. */
const CONFIRMATION_MILLISECONDS = 4000;

const LINK_OUTLINE = 'M10 14a4 4 0 0 0 5.7 0l3-3A4 4 0 0 0 13 5.3l-1 1M14 10a4 4 0 0 0-5.7 0l-3 3A4 4 0 0 0 11 18.7l1-1';

/** A message for so long; without a time, until the next one. */
type Announce = (message: string, milliseconds?: number) => void;

type Words = { copyLink: string; copied: string; copyFailed: string; askDocument: string };

/** The page's words are in its own language: the server put them on the script's tag. */
function wordsOf({ dataset }: HTMLElement): Words {
  const { copyLink = '', copied = '', copyFailed = '', askDocument = '' } = dataset;
  return { copyLink, copied, copyFailed, askDocument };
}

/** The address that is meant to be passed on: without the query that shows this page in large print. */
function addressOf(permalink: HTMLAnchorElement): string {
  const canonical = document.querySelector<HTMLLinkElement>('link[rel=canonical]');
  const address = new URL(canonical?.href ?? location.href);
  address.hash = permalink.hash;
  return address.href;
}

/** Says what happened, to the eye and to a screen reader. The region must be in the page before it is filled, or nobody hears it. */
function createAnnouncer(): Announce {
  const region = document.createElement('p');
  region.className = 'copy-status';
  region.setAttribute('role', 'status');
  document.body.append(region);
  let clearing: ReturnType<typeof setTimeout> | undefined;
  return (message, milliseconds) => {
    clearTimeout(clearing);
    region.textContent = message;
    if (milliseconds !== undefined) clearing = setTimeout(() => region.replaceChildren(), milliseconds);
  };
}

function addCopyButton(permalink: HTMLAnchorElement, words: Words, announce: Announce): void {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'copy-link';
  button.lang = permalink.lang;
  button.title = words.copyLink;
  button.setAttribute('aria-label', `${words.copyLink}: ${permalink.getAttribute('aria-label') ?? ''}`);
  button.append(drawIcon(LINK_OUTLINE));
  button.addEventListener('click', async () => {
    const address = addressOf(permalink);
    if (await copyText(address, button)) announce(words.copied, CONFIRMATION_MILLISECONDS);
    else announce(`${words.copyFailed} ${address}`);
  });
  permalink.after(button);
}

function start(script: HTMLElement): void {
  const announce = createAnnouncer();
  const words = wordsOf(script);
  for (const permalink of document.querySelectorAll<HTMLAnchorElement>('a.permalink')) addCopyButton(permalink, words, announce);
  offerSkipToQuestions(words.askDocument);
}

if (document.currentScript instanceof HTMLElement) start(document.currentScript);
