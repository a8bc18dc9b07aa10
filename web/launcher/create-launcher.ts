import { drawIcon } from '../draw-icon.ts';

/** A page of text in a speech bubble, on a 24 × 24 grid. */
const OUTLINE = 'M5 4h14a1 1 0 0 1 1 1v11a1 1 0 0 1-1 1h-7l-4.5 3.5V17H5a1 1 0 0 1-1-1V5a1 1 0 0 1 1-1ZM8 9h8M8 12.5h5';

/** The static parts that are there before the panel: a landmark around the button, with a place for the light DOM's announcer. */
export type Launcher = { frame: HTMLElement; button: HTMLButtonElement; label: HTMLElement; announcerSlot: HTMLSlotElement };

export function createLauncher(): Launcher {
  const frame = document.createElement('section');
  const button = document.createElement('button');
  const label = document.createElement('span');
  const announcerSlot = document.createElement('slot');
  button.type = 'button';
  button.className = 'launcher';
  button.setAttribute('part', 'launcher');
  button.setAttribute('aria-haspopup', 'dialog');
  button.setAttribute('aria-expanded', 'false');
  button.append(drawIcon(OUTLINE), label);
  // All our languages are written from left to right, whatever the page's.
  frame.dir = 'ltr';
  frame.append(button, announcerSlot);
  return { frame, button, label, announcerSlot };
}
