/** The element's attributes. On the script tag each is `data-…`. All may be changed at any time. */
export const OPTIONS = [
  'document',
  'document-language',
  'language',
  'theme',
  'position',
  'brand-color',
  'elder-friendly',
  'suggestions',
  'server',
] as const;

const THEMES = ['light', 'dark', 'auto', 'host'] as const;
/** `auto` follows the visitor's system, `host` the colours of the page around the widget. */
export type Theme = (typeof THEMES)[number];

const POSITIONS = ['bottom-right', 'bottom-left', 'side', 'inline'] as const;
/** Where the panel opens: over a corner of the page, docked at its right side, or where the element stands in the text. */
export type Position = (typeof POSITIONS)[number];

export const readTheme = (value: string | null): Theme => THEMES.find((theme) => theme === value) ?? 'auto';

export function readPosition(value: string | null): Position {
  return POSITIONS.find((position) => position === value) ?? 'bottom-right';
}
