import type { Language } from '../../server/wire.ts';

export const LANGUAGES = ['zh-Hans', 'zh-Hant', 'en', 'ru', 'kk'] as const satisfies readonly Language[];

export function isLanguage(value: unknown): value is Language {
  return LANGUAGES.some((language) => language === value);
}

/** Our language for a BCP 47 tag: `zh-CN` → `zh-Hans`, `zh-HK` → `zh-Hant`, `en-GB` → `en`. */
export function matchLanguage(tag: string): Language | undefined {
  const subtags = tag.toLowerCase().split(/[-_@]/);
  if (subtags[0] === 'zh') {
    if (subtags.includes('hans')) return 'zh-Hans';
    return subtags.some((subtag) => ['hant', 'tw', 'hk', 'mo'].includes(subtag)) ? 'zh-Hant' : 'zh-Hans';
  }
  return LANGUAGES.find((language) => language === subtags[0]);
}

/** The language that the attribute fixes, if it fixes one (`auto` and unknown tags do not). */
export function explicitLanguage(attribute: string | null): Language | undefined {
  return attribute === null ? undefined : matchLanguage(attribute);
}

/** The language of the interface: what the attribute says, else the page, else the visitor's browser. */
export function chooseLanguage(attribute: string | null, pageLanguage: string, visitorLanguages: readonly string[]): Language {
  for (const tag of [attribute ?? '', pageLanguage, ...visitorLanguages]) {
    const language = matchLanguage(tag);
    if (language) return language;
  }
  return 'en';
}
