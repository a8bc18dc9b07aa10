import type { Page } from 'playwright-core';

/** Two letters of each script that the pictures show, and the Debian package that brings a font for it. */
const SCRIPTS = [
  { letters: ['有', '据'], name: 'Chinese', fontPackage: 'fonts-noto-cjk' },
  { letters: ['Щ', 'ә'], name: 'Cyrillic', fontPackage: 'fonts-noto-core' },
];

/** Runs in the page: what each letter looks like. */
const drawLetters = (letters: string[]) =>
  letters.map((letter) => {
    const canvas = document.createElement('canvas');
    const context = canvas.getContext('2d');
    if (context) {
      context.font = '48px sans-serif';
      context.fillText(letter, 10, 60);
    }
    return canvas.toDataURL();
  });

/** Whether the browser has a font for the letters. Without one, all letters are drawn as the same box. */
export async function hasLetters(page: Page, letters: string[]): Promise<boolean> {
  const pictures = await page.evaluate(drawLetters, letters);
  return new Set(pictures).size === letters.length;
}

/** @throws when a picture would show boxes instead of words */
export async function requireLetters(page: Page): Promise<void> {
  for (const { letters, name, fontPackage } of SCRIPTS) {
    if (await hasLetters(page, letters)) continue;
    throw new Error(`No installed font has ${name} letters: the pictures would show boxes. On Debian: apt-get install ${fontPackage}`);
  }
}
