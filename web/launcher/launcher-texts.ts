import type { Language } from '../../server/wire.ts';

/** The few words that are needed before the panel is there. */
type LauncherTexts = { launcher: string; title: string; loading: string; loadFailed: string };

export const LAUNCHER_TEXTS: Record<Language, LauncherTexts> = {
  'zh-Hans': { launcher: '向文件提问', title: '有据 · 文件问答', loading: '正在载入…', loadFailed: '无法载入，点击重试' },
  'zh-Hant': { launcher: '向文件提問', title: '有據 · 文件問答', loading: '正在載入…', loadFailed: '無法載入，點擊重試' },
  en: { launcher: 'Ask the document', title: 'Ask the document', loading: 'Loading…', loadFailed: 'Could not load. Try again' },
  ru: {
    launcher: 'Задать вопрос',
    title: 'Вопросы к документу',
    loading: 'Загрузка…',
    loadFailed: 'Не удалось загрузить. Повторить',
  },
  kk: { launcher: 'Құжат бойынша сұрау', title: 'Құжат бойынша сұрақтар', loading: 'Жүктелуде…', loadFailed: 'Жүктелмеді. Қайталау' },
};
