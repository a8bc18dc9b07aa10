import type { Language } from '../../server/wire.ts';

/** The few words that are needed before the panel is there. */
type LauncherTexts = { launcher: string; title: string; loadFailed: string };

export const LAUNCHER_TEXTS: Record<Language, LauncherTexts> = {
  'zh-Hans': { launcher: '向文件提问', title: '有据 · 文件问答', loadFailed: '无法载入，点击重试' },
  'zh-Hant': { launcher: '向文件提問', title: '有據 · 文件問答', loadFailed: '無法載入，點擊重試' },
  en: { launcher: 'Ask the document', title: 'Youju · Ask the document', loadFailed: 'Could not load. Try again' },
  ru: { launcher: 'Спросить документ', title: 'Youju · Вопросы к документу', loadFailed: 'Не удалось загрузить. Повторить' },
  kk: { launcher: 'Құжаттан сұрау', title: 'Youju · Құжат бойынша сұрақтар', loadFailed: 'Жүктелмеді. Қайталау' },
};
