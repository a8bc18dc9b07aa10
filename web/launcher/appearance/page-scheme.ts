import { luminance, readColour } from './colours.ts';

/** Text in a mid grey reads equally well on black and white here: 1.05 / (l + .05) = (l + .05) / .05. */
const MIDDLE_LUMINANCE = 0.179;

const prefersDark = () => matchMedia('(prefers-color-scheme: dark)');

/** Whether the page around the widget is dark: by the colour it is painted in, else by the scheme it declares. */
export function pageScheme(page: Document): 'light' | 'dark' {
  for (const element of [page.body, page.documentElement]) {
    const colour = readColour(getComputedStyle(element).backgroundColor);
    if (colour) return luminance(colour) < MIDDLE_LUMINANCE ? 'dark' : 'light';
  }
  const declared = getComputedStyle(page.documentElement).colorScheme;
  if (!declared.includes('dark')) return 'light';
  return !declared.includes('light') || prefersDark().matches ? 'dark' : 'light';
}

/** Whatever on a page's root or body may tell that its language or its colours changed. */
const TELLING_ATTRIBUTES = ['lang', 'class', 'style', 'data-theme', 'data-color-scheme'];

/** Calls back whenever the page may have changed its language or its colours, until the returned function is called. */
export function watchPage(page: Document, onChange: () => void): () => void {
  const observer = new MutationObserver(onChange);
  for (const element of [page.documentElement, page.body]) observer.observe(element, { attributeFilter: TELLING_ATTRIBUTES });
  const scheme = prefersDark();
  scheme.addEventListener('change', onChange);
  return () => {
    observer.disconnect();
    scheme.removeEventListener('change', onChange);
  };
}
