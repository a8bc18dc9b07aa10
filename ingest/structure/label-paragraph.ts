import { toChineseNumeral, toRomanNumeral } from '../text/format-numerals.ts';
import type { Enumerator, LabelLanguage, Paragraph, Section, SourceDocument } from './document.ts';

/** How one language names the places of a document. */
type LabelWords = {
  section: Record<Exclude<Section['kind'], 'part'>, string>;
  part: (enumerator: Enumerator) => string;
  item: (enumerator: Enumerator) => string;
  paragraph: (position: number) => string;
  join: (names: string[]) => string;
};

/** From a hundred on, digits are read more easily. */
const partNumeral = (value: number) => (value >= 100 ? String(value) : toChineseNumeral(value));

const trimmed = (printed: string) => printed.replace(/[、.．:：]$/u, '').trim();

/** Chinese: 项 only where the text prints （六）, 条, 章 and 节 only where it prints them, or Article and Section. */
function chineseWords(traditional: boolean): LabelWords {
  return {
    section: traditional
      ? { preamble: '序言', body: '', closing: '結尾', signatures: '簽署欄', notes: '註釋' }
      : { preamble: '序言', body: '', closing: '结尾', signatures: '签署栏', notes: '注释' },
    part: ({ style, value, printed }) =>
      style === 'chapter' && printed.startsWith('第') ? trimmed(printed) : `第${partNumeral(value)}部分`,
    item: ({ style, value, printed }) => {
      if ((style === 'article' || style === 'chapter') && printed.startsWith('第')) return trimmed(printed);
      if (style === 'article') return `第${partNumeral(value)}${traditional ? '條' : '条'}`;
      if (style === 'chapter') return `第${partNumeral(value)}${traditional ? '節' : '节'}`;
      if (style === 'parenthesised') return `第${printed}${traditional ? '項' : '项'}`;
      return `第${value}${traditional ? '點' : '点'}`;
    },
    paragraph: (position) => `第${position}段`,
    join: (names) => names.join(''),
  };
}

const itemNumber = ({ style, value }: Enumerator) => (style === 'parenthesised' ? `(${value})` : String(value));

/** A chapter's sections (第一节) stand among the items: parts are the chapters. */
const nameItem = ({ style }: Enumerator, article: string, section: string, item: string) =>
  style === 'article' ? article : style === 'chapter' ? section : item;

const WORDS: Record<LabelLanguage, LabelWords> = {
  'zh-Hans': chineseWords(false),
  'zh-Hant': chineseWords(true),
  en: {
    section: { preamble: 'Preamble', body: '', closing: 'Closing', signatures: 'Signatures', notes: 'Notes' },
    part: ({ value }) => `Part ${toRomanNumeral(value)}`,
    item: (item) => nameItem(item, `Article ${item.value}`, `Section ${item.value}`, `item ${itemNumber(item)}`),
    paragraph: (position) => `paragraph ${position}`,
    join: (names) => names.join(', '),
  },
  ru: {
    section: { preamble: 'Преамбула', body: '', closing: 'Заключение', signatures: 'Подписи', notes: 'Примечания' },
    part: ({ value }) => `Часть ${toRomanNumeral(value)}`,
    item: (item) => nameItem(item, `статья ${item.value}`, `раздел ${item.value}`, `пункт ${itemNumber(item)}`),
    paragraph: (position) => `абзац ${position}`,
    join: (names) => names.join(', '),
  },
  kk: {
    section: { preamble: 'Кіріспе', body: '', closing: 'Қорытынды', signatures: 'Қолдар', notes: 'Ескертпелер' },
    part: ({ value }) => `${toRomanNumeral(value)} бөлім`,
    item: (item) => nameItem(item, `${item.value}-бап`, `${item.value}-параграф`, `${itemNumber(item)} тармақ`),
    paragraph: (position) => `${position}-абзац`,
    join: (names) => names.join(', '),
  },
};

/** What a person calls a section: 第二部分, “Part II”; empty for the body of a text without parts. */
export function labelSection(section: Section, language: LabelLanguage): string {
  const words = WORDS[language];
  if (section.kind !== 'part') return words.section[section.kind];
  return section.enumerator ? words.part(section.enumerator) : '';
}

/** What a person calls a paragraph: 第二部分第（六）项, 序言第1段, “Part II, item (6)”. */
export function labelParagraph(document: Pick<SourceDocument, 'sections'>, paragraph: Paragraph, language: LabelLanguage): string {
  const words = WORDS[language];
  const section = document.sections.find(({ sectionId }) => sectionId === paragraph.sectionId);
  const sectionName = section ? labelSection(section, language) : '';
  const names = paragraph.items.map(words.item);
  if (paragraph.position !== undefined && section?.kind !== 'signatures') names.push(words.paragraph(paragraph.position));
  return words.join([sectionName, ...names].filter((name) => name !== ''));
}
