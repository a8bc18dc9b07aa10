import { describe, expect, it } from 'vitest';
import { chooseLanguage, explicitLanguage, matchLanguage } from './interface-language.ts';

describe('matchLanguage', () => {
  it.each([
    ['zh', 'zh-Hans'],
    ['zh-CN', 'zh-Hans'],
    ['zh-Hans-HK', 'zh-Hans'],
    ['zh-HK', 'zh-Hant'],
    ['zh-hant-cn', 'zh-Hant'],
    ['en-US@posix', 'en'],
    ['ru_RU', 'ru'],
    ['kk-Cyrl-KZ', 'kk'],
    ['auto', undefined],
    ['fr', undefined],
    ['', undefined],
  ])('%s → %s', (tag, language) => expect(matchLanguage(tag)).toBe(language));
});

describe('chooseLanguage', () => {
  it('asks the attribute, then the page, then the browser', () => {
    expect(chooseLanguage('ru', 'zh-Hans', ['en'])).toBe('ru');
    expect(chooseLanguage('auto', 'zh-TW', ['en'])).toBe('zh-Hant');
    expect(chooseLanguage(null, 'fr', ['de', 'kk'])).toBe('kk');
    expect(chooseLanguage(null, '', [])).toBe('en');
  });
});

describe('explicitLanguage', () => {
  it('is what the attribute fixes and nothing else', () => {
    expect(explicitLanguage('en')).toBe('en');
    expect(explicitLanguage('auto')).toBeUndefined();
    expect(explicitLanguage(null)).toBeUndefined();
  });
});
