import type { Language } from '../../wire.ts';

/** A kind of document: how titles and questions name it (normalised text), and what it is called. */
export type DocumentKind = { pattern: RegExp; everywhere: RegExp; names: Record<Language, string>; isStatement: boolean };

const kind = (pattern: string, zhHans: string, zhHant: string, en: string, ru: string, kk: string, isStatement = false): DocumentKind => ({
  pattern: new RegExp(pattern, 'u'),
  everywhere: new RegExp(pattern, 'gu'),
  names: { 'zh-Hans': zhHans, 'zh-Hant': zhHant, en, ru, kk },
  isStatement,
});

/**
 * The more particular kind comes first. What people call one kind of statement for another (声明, 宣言, 公报) is told by `isStatement`.
 * Russian names are in the genitive, to stand behind another noun («часть II заявления 2015 года»).
 */
export const DOCUMENT_KINDS: readonly DocumentKind[] = [
  kind(
    '联合声明|joint statement|совместн\\p{L}* заявлени|бірлескен мәлімдеме',
    '联合声明',
    '聯合聲明',
    'joint statement',
    'совместного заявления',
    'бірлескен мәлімдеме',
    true,
  ),
  kind('声明|statement|заявлени|мәлімдеме', '声明', '聲明', 'statement', 'заявления', 'мәлімдеме', true),
  kind(
    '联合宣言|joint declaration|совместн\\p{L}* деклараци|бірлескен декларация',
    '联合宣言',
    '聯合宣言',
    'joint declaration',
    'совместной декларации',
    'бірлескен декларация',
    true,
  ),
  kind('宣言|declaration|деклараци|декларация', '宣言', '宣言', 'declaration', 'декларации', 'декларация', true),
  kind(
    '联合公报|joint communiqu[eé]|совместн\\p{L}* коммюнике|бірлескен коммюнике',
    '联合公报',
    '聯合公報',
    'joint communiqué',
    'совместного коммюнике',
    'бірлескен коммюнике',
    true,
  ),
  kind('公报|communiqu[eé]|коммюнике', '公报', '公報', 'communiqué', 'коммюнике', 'коммюнике', true),
  kind('备忘录|memorandum|меморандум', '备忘录', '備忘錄', 'memorandum', 'меморандума', 'меморандум'),
  kind('条约|treaty|договор|шарт', '条约', '條約', 'treaty', 'договора', 'шарт'),
  kind('协定|协议|agreement|соглашени|келісім', '协定', '協定', 'agreement', 'соглашения', 'келісім'),
  kind('白皮书|white paper|бел\\p{L}+ книг', '白皮书', '白皮書', 'white paper', 'белой книги', 'ақ кітап'),
  kind('规划|纲要|计划|方案|plan|programme|программ|план|жоспар|бағдарлама', '规划', '規劃', 'plan', 'плана', 'жоспар'),
  kind('条例|办法|规定|细则|regulation|положени|правил|ереже', '规定', '規定', 'regulations', 'положения', 'ереже'),
  kind('报告|report|доклад|отчет|баяндама|есеп', '报告', '報告', 'report', 'доклада', 'баяндама'),
  kind('通知|notice|уведомлени|хабарлама', '通知', '通知', 'notice', 'уведомления', 'хабарлама'),
  kind('意见|opinions|мнени|пікір', '意见', '意見', 'opinions', 'мнения', 'пікір'),
];

/** Words for a document of any kind. */
export const ANY_KIND = /文件|文本|文献|文书|documents?|papers?|texts?|документ|текст|құжат|мәтін/u;

const KIND_WORDS = DOCUMENT_KINDS.map(({ pattern }) => pattern.source);
/** A word for a document, of any kind or of one, as part of a pattern. */
export const KIND_SOURCE = `(?:${[...KIND_WORDS, ANY_KIND.source].join('|')})`;

const ANY_OF_THEM = new RegExp(KIND_WORDS.join('|'), 'u');

/** The kind that a title or a question names last: 关于…声明的通知 is a notice. */
export function kindOf(text: string): DocumentKind | undefined {
  let last: { kind: DocumentKind; end: number } | undefined;
  if (!ANY_OF_THEM.test(text)) return undefined;
  for (const candidate of DOCUMENT_KINDS)
    for (const match of text.matchAll(candidate.everywhere)) {
      const end = match.index + match[0].length;
      if (!last || end > last.end) last = { kind: candidate, end };
    }
  return last?.kind;
}
