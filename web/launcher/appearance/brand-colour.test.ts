import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { brandProperties } from './brand-colour.ts';
import type { Colour } from './colours.ts';
import { contrast, luminance, WHITE } from './colours.ts';

const channel = fc.integer({ min: 0, max: 255 });
const colour = fc.tuple(channel, channel, channel);
const DARK_SURFACE: Colour = [23, 27, 33];

function parse(css = ''): Colour {
  const [red = 0, green = 0, blue = 0] = (css.match(/\d+/g) ?? []).map(Number);
  return [red, green, blue];
}

describe('contrast', () => {
  it('is that of WCAG 2.2', () => {
    expect(contrast([0, 0, 0], WHITE)).toBeCloseTo(21, 5);
    expect(contrast([119, 119, 119], WHITE)).toBeCloseTo(4.48, 2);
    expect(luminance([255, 0, 0])).toBeCloseTo(0.2126, 4);
  });
});

describe('a brand colour', () => {
  it.each([
    ['AA', false, 4.5],
    ['AAA in the elder-friendly mode', true, 7],
  ] as const)('is read with %s on the panel, on its tint, and has text on it with AA, whatever it is', (_name, isElderFriendly, ratio) => {
    fc.assert(
      fc.property(colour, (brand) => {
        const properties = brandProperties(brand, isElderFriendly);
        for (const [scheme, surface] of [
          ['light', WHITE],
          ['dark', DARK_SURFACE],
        ] as const) {
          const accent = parse(properties[`--brand-${scheme}`]);
          expect(contrast(accent, surface)).toBeGreaterThanOrEqual(ratio);
          expect(contrast(accent, parse(properties[`--soft-brand-${scheme}`]))).toBeGreaterThanOrEqual(ratio - 0.02);
          expect(contrast(accent, parse(properties[`--on-brand-${scheme}`]))).toBeGreaterThanOrEqual(4.5);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('stays as it is where it can be read as it is', () => {
    expect(brandProperties([29, 74, 128], false)['--brand-light']).toBe('rgb(29 74 128)');
  });
});
