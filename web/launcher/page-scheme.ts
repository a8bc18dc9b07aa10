import { luminance, readColour } from './colours.ts';

/** Text in a mid grey reads equally well on black and white here: 1.05 / (l + .05) = (l + .05) / .05. */
const MIDDLE_LUMINANCE = 0.179;

/** Whether the page around the widget is dark: by the colour it is painted in, else by the scheme it declares. */
export function pageScheme(page: Document): 'light' | 'dark' {
  for (const element of [page.body, page.documentElement]) {
    const colour = readColour(getComputedStyle(element).backgroundColor);
    if (colour) return luminance(colour) < MIDDLE_LUMINANCE ? 'dark' : 'light';
  }
  const declared = getComputedStyle(page.documentElement).colorScheme;
  if (!declared.includes('dark')) return 'light';
  return !declared.includes('light') || matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}
