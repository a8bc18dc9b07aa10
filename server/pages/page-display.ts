import { type Language, languageSchema } from '../wire.ts';

/** How a page is shown: for readers who need large print, strong contrast and large targets, or as usual. */
type Mode = 'standard' | 'elder-friendly';

/** How a visitor asked for a page. `language` is that of its own words; without one it is the document's. */
export type PageDisplay = { mode: Mode; language: Language | undefined };

/** What languages call themselves. */
const LANGUAGE_NAMES: Record<Language, string> = {
  'zh-Hans': '简体中文',
  'zh-Hant': '繁體中文',
  en: 'English',
  ru: 'Русский',
  kk: 'Қазақша',
};

/** An address of ours that goes on showing pages this way; `asked` is what else its query says. */
export function addressIn({ mode, language }: PageDisplay, path: string, asked: Record<string, string> = {}): string {
  const query = new URLSearchParams(Object.entries(asked).filter(([, value]) => value !== ''));
  if (language !== undefined) query.set('language', language);
  if (mode !== 'standard') query.set('view', mode);
  return query.size > 0 ? `${path}?${query}` : path;
}

/** What every page says about how it is shown, in which language, and how to get it otherwise. */
export const displayView = (display: PageDisplay, path: string, shown: Language, asked: Record<string, string> = {}) => ({
  lang: shown,
  isElderFriendly: display.mode === 'elder-friendly',
  otherModeUrl: addressIn({ ...display, mode: display.mode === 'standard' ? 'elder-friendly' : 'standard' }, path, asked),
  languages: languageSchema.options.map((language) => ({
    language,
    name: LANGUAGE_NAMES[language],
    url: addressIn({ ...display, language }, path, asked),
    isShown: language === shown,
  })),
});
