import { drawIcon } from '../draw-icon.ts';

/** Builds an element from data. Text only ever becomes text nodes, so nothing that came off the wire is parsed as HTML. */
export function createElement<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Record<string, string> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** The outlines of the icons, on a 24 × 24 grid. */
const ICONS = {
  close: 'M6 6l12 12M18 6L6 18',
  send: 'M12 19V5M6 11l6-6 6 6',
  stop: 'M6.5 6.5h11v11h-11Z',
  clear: 'M4.5 7h15M9.5 7V4.5h5V7M6.5 7l1 13h9l1-13M10 11v5.500M14 11v5.5',
  letters: 'M3 19l5-14 5 14M4.8 14h6.400M14.5 19l3.2-9 3.3 9M15.6 16h4.3',
  copy: 'M9 9h10.500v11H9ZM15 9V4H4.500v11H9',
  done: 'M5 12.5l4.5 4.500L19.5 7',
  speak: 'M4 9.500v5h3.500L12 19V5L7.5 9.500ZM15.5 9a4.2 4.2 0 0 1 0 6M18 6.500a8 8 0 0 1 0 11',
  up: 'M4 11h3.500v9H4ZM7.5 11l4-7.500c1.7 0 2.5 1.2 2.2 2.700L13 10h5.500c1.2 0 2 1 1.7 2.200l-1.6 6.300c-.2.9-1 1.5-1.9 1.500H7.5',
  down: 'M20 13h-3.500V4H20ZM16.5 13l-4 7.500c-1.7 0-2.5-1.2-2.2-2.700L11 14H5.500c-1.2 0-2-1-1.7-2.200l1.6-6.300C5.6 4.6 6.4 4 7.3 4h9.2',
};

export type IconName = keyof typeof ICONS;

export const createIcon = (name: IconName): SVGSVGElement => drawIcon(ICONS[name]);
