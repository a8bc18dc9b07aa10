/** An sRGB colour, each channel in 0…255. */
export type Colour = readonly [red: number, green: number, blue: number];

export const WHITE: Colour = [255, 255, 255];
export const BLACK: Colour = [0, 0, 0];

let canvas: CanvasRenderingContext2D | null | undefined;

/** Any notation of an opaque sRGB colour that CSS knows; `undefined` for others, for transparency and for what is no colour. */
export function readColour(notation: string): Colour | undefined {
  canvas ??= document.createElement('canvas').getContext('2d');
  if (!canvas || !CSS.supports('color', notation)) return undefined;
  canvas.fillStyle = notation;
  const digits = /^#(..)(..)(..)$/.exec(String(canvas.fillStyle));
  return digits ? [channel(digits[1]), channel(digits[2]), channel(digits[3])] : undefined;
}

const channel = (digits = '0') => Number.parseInt(digits, 16);

/** Relative luminance, 0…1 (WCAG 2.2). */
export function luminance(colour: Colour): number {
  const [red, green, blue] = colour.map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0);
}

/** Contrast ratio, 1…21 (WCAG 2.2). */
export function contrast(one: Colour, other: Colour): number {
  const [brighter, darker] = [luminance(one), luminance(other)].sort((left, right) => right - left);
  return ((brighter ?? 0) + 0.05) / ((darker ?? 0) + 0.05);
}

/** `share` of the first colour in the second, channel by channel. */
export function mix([red, green, blue]: Colour, other: Colour, share: number): Colour {
  const blend = (one: number, two: number) => Math.round(one * share + two * (1 - share));
  return [blend(red, other[0]), blend(green, other[1]), blend(blue, other[2])];
}

export const toCss = (colour: Colour): string => `rgb(${colour.join(' ')})`;
