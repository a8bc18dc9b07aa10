import type { Colour } from './colours.ts';
import { BLACK, contrast, mix, readColour, toCss, WHITE } from './colours.ts';

/** The surfaces of launcher.css that the accent is read on, and the share of the accent in the soft tint. */
const SURFACES = { light: WHITE, dark: [23, 27, 33] } satisfies Record<string, Colour>;
const TINT = 0.12;

/** AA for text; AAA where the visitor asked for the elder-friendly mode (WCAG 2.2, 1.4.3 and 1.4.6). */
const AA = 4.5;
const AAA = 7;

/** The brand colour, as little darker or lighter as it must be to be read on a surface and on its own tint. */
function readableAccent(brand: Colour, surface: Colour, ratio: number): Colour {
  const away = surface === WHITE ? BLACK : WHITE;
  for (let share = 1; share > 0; share -= 0.05) {
    const accent = mix(brand, away, share);
    if (Math.min(contrast(accent, surface), contrast(accent, mix(accent, surface, TINT))) >= ratio) return accent;
  }
  return away;
}

/** Black or white, whichever is read better: one of them always has more than 4.5 : 1. */
const readableOn = (accent: Colour): Colour => (contrast(accent, WHITE) >= contrast(accent, BLACK) ? WHITE : BLACK);

/** The custom properties of launcher.css that a brand colour replaces. */
export function brandProperties(brand: Colour, isElderFriendly: boolean): Record<string, string> {
  const properties: Record<string, string> = {};
  for (const [scheme, surface] of Object.entries(SURFACES)) {
    const accent = readableAccent(brand, surface, isElderFriendly ? AAA : AA);
    properties[`--brand-${scheme}`] = toCss(accent);
    properties[`--on-brand-${scheme}`] = toCss(readableOn(accent));
    properties[`--soft-brand-${scheme}`] = toCss(mix(accent, surface, TINT));
  }
  return properties;
}

/** Sets a brand colour in place of the one before; a notation of no colour leaves our own. */
export function applyBrand(style: CSSStyleDeclaration, notation: string, isElderFriendly: boolean): void {
  for (const name of [...style].filter((property) => property.includes('brand'))) style.removeProperty(name);
  const brand = readColour(notation);
  if (!brand) return;
  for (const [name, value] of Object.entries(brandProperties(brand, isElderFriendly))) style.setProperty(name, value);
}
