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
  const templates = ['document-page', 'document-list', 'page-head', 'language-switch', 'quote-check']
    .map((name) => readFileSync(new URL(`./pages/${name}.mustache`, import.meta.url), 'utf8'))
    .join('');
  const usedKeys = new Set([...templates.matchAll(/{{text\.(\w+)}}/g)].map(([, key]) => key));
  const { page: _page, ...reference } = pageTexts['zh-Hans'];
  const keysOf = (texts: object): string[] =>
    Object.entries(texts).flatMap(([key, value]) => (typeof value === 'string' ? [key] : keysOf(value).map((inner) => `${key}.${inner}`)));

  it.each(LANGUAGES)('has what the templates use, and no more, in %s', (language) => {
    expect(new Set(Object.keys(pageTexts[language].page))).toEqual(usedKeys);
  });

  it.each(LANGUAGES)('has a name for every outcome of a quote check in %s', (language) => {
    const { page: _words, ...outcomes } = pageTexts[language];
    expect(keysOf(outcomes)).toEqual(keysOf(reference));
  });

  it.each(LANGUAGES)('leaves nothing empty in %s', (language) => {
    expect(JSON.stringify(pageTexts[language])).not.toMatch(/:"\s*"/);
  });
});
