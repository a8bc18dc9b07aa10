import type { Language } from '../../../server/wire.ts';
import { EN } from './en.ts';
import { KK } from './kk.ts';
import type { PanelTexts } from './panel-texts.ts';
import { RU } from './ru.ts';
import { ZH_HANS } from './zh-Hans.ts';
import { ZH_HANT } from './zh-Hant.ts';

export const PANEL_TEXTS: Record<Language, PanelTexts> = { 'zh-Hans': ZH_HANS, 'zh-Hant': ZH_HANT, en: EN, ru: RU, kk: KK };
