import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { LANGUAGES } from './launcher/interface-language.ts';
import pageTexts from './pages/page-texts.json' with { type: 'json' };
import { PARAGRAPHS, renderStatementPage } from './testing/statement-page.ts';

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;');

describe('the page of a document', () => {
  const page = renderStatementPage('https://youju.example');

  it('holds every paragraph exactly, with no whitespace of its own', () => {
    for (const [paragraphId, text] of Object.entries(PARAGRAPHS)) {
      expect(page).toContain(`id="${paragraphId}"`);
      expect(page).toContain(`<span data-paragraph-text>${escaped(text)}</span>`);
    }
  });

  it('has nothing that a strict content security policy forbids', () => {
    expect(page).not.toMatch(/\sstyle=|<style|\son\w+=|<script(?![^>]*\ssrc=)/);
  });
});

describe('page-texts.json', () => {
  const template = ['document-page', 'document-list']
    .map((name) => readFileSync(new URL(`./pages/${name}.mustache`, import.meta.url), 'utf8'))
    .join('');
  const usedKeys = new Set([...template.matchAll(/{{text\.(\w+)}}/g)].map(([, key]) => key));

  it.each(LANGUAGES)('has what the templates use, and no more, in %s', (language) => {
    expect(new Set(Object.keys(pageTexts[language]))).toEqual(usedKeys);
  });
});
