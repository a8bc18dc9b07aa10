import { findDates, MONTH_SOURCE } from '../../answering/support/find-dates.ts';
import { yearOfDocumentAskedAbout } from '../question-phrases.ts';
import type { CataloguedDocument, DocumentCatalogue } from './document-catalogue.ts';
import { type DocumentKind, KIND_SOURCE, kindOf } from './document-kinds.ts';

/**
 * The documents that a text names, newest first, and the stretches of it that name them. `missingYears`: of these years a document
 * was asked for, and there is none.
 */
export type NamedDocuments = { documentIds: string[]; matched: string[]; missingYears: string[] };

type Mention = { start: number; end: number; documents: readonly CataloguedDocument[]; missingYears?: string[] };

const CHINESE_DATE = '\\d{4}年?(?:\\d{1,2}月(?:份?\\d{1,2}[日号])?)?';
const CHINESE_MADE = '(?:签署|签订|发表|发布|通过|达成|公布)';
const WHICH_ONE = '的?(?:[那这]?[1-9两几]?[份个篇次])?';
/** Who made it may stand between the year and the kind: 2017年中哈联合声明, 2017年两国元首联合声明. More would be content. */
const CHINESE_PARTIES = '(?:\\p{Script=Han}{2}|\\p{Script=Han}{0,8}(?:国|方|间|双边|共同|政府|首脑|元首|会晤))?';
const YEARS = '\\d{4}(?:(?:,? and|,? or|,| и| және| мен| пен| бен) \\d{4})*';
const DAY = `(?:\\d{1,2}(?:st|nd|rd|th)? (?:of )?${MONTH_SOURCE} |${MONTH_SOURCE} \\d{1,2}(?:st|nd|rd|th)?,? |${MONTH_SOURCE} )`;
const NO_ENGLISH_FRAME = '(?!(?:the|a|an|in|on|of|do|does|did|is|was|what|and|or|for|to|by|says?)\\b)';

/**
 * A year selects documents only where it is said of a document: 2015年的声明, “the statement of 2015”, «заявление 2015 года»,
 * «2015 жылғы мәлімдеме»; not in 到2020年贸易额. On a normalised text; every part is bounded.
 */
const DATED = [
  `(?<![到至自从\\d])(?<dates>${CHINESE_DATE}(?:\\s*[、,和与及跟]\\s*${CHINESE_DATE})*)(?:在\\p{Script=Han}{2,8}?)?${CHINESE_MADE}?${WHICH_ONE}(?:《(?<title>[^》]{2,80})》|${CHINESE_PARTIES}(?<kind>${KIND_SOURCE}))`,
  `(?<!\\b(?:by|until|till|before|since|after) )(?:\\d{1,2} ${MONTH_SOURCE} )?\\b(?<dates>${YEARS})(?:['’]s)? (?:${NO_ENGLISH_FRAME}[\\p{L}–-]{1,20} ){0,4}?(?<kind>${KIND_SOURCE})s?(?!\\p{L})`,
  `(?<kind>${KIND_SOURCE})s? (?:(?:that|which) (?:was|were) )?(?:(?:signed|issued|adopted|made|published|concluded) (?:in \\p{L}{2,20} )?(?:of|from|in|on|dated)|of|from|dated|on(?= \\d{1,2} \\p{L}| \\p{L}+ \\d)) (?:${DAY})?(?<dates>${YEARS})`,
  `(?<kind>${KIND_SOURCE})\\p{L}{0,4}(?:,? (?:подписанн|принят|опубликованн)\\p{L}{1,6}(?: в \\p{L}{2,20})?)?(?: от| за| в)? (?:${DAY})?(?<dates>${YEARS})(?:\\s(?:г\\.|годов|года?|году)(?!\\p{L}))?`,
  `(?<dates>${YEARS})\\s*-?\\s?(?:жылғы|жылдың|ж\\.|жылы (?:қол қойылған|қабылданған)) (?:[\\p{L}\\d-]{1,20} ){0,4}?(?<kind>${KIND_SOURCE})\\p{L}{0,8}`,
].map((source) => new RegExp(source, 'gu'));

const NEWEST = {
  zh: '最新|最近|最后',
  en: 'latest|newest|most recent|last',
  ru: 'последн|сам\\p{L}{1,4} нов|сам\\p{L}{1,4} последн',
  kk: 'соңғы|ең жаңа',
};
const OLDEST = { zh: '最早', en: 'earliest|oldest|first', ru: 'перв|сам\\p{L}{1,4} ранн', kk: 'алғашқы|бірінші|ең ескі' };
const FIRST = '首|第1';

/** “The latest statement”, 第一份声明. */
const RANKED = [
  `(?:(?<newest>${NEWEST.zh})的?1?[份个次篇]?|(?<oldest>${OLDEST.zh})的?1?[份个次篇]?|(?<oldest2>${FIRST})[份个次篇])的?(?<kind>${KIND_SOURCE})`,
  `\\b(?:(?<newest>${NEWEST.en})|(?<oldest>${OLDEST.en})) (?:joint )?(?<kind>${KIND_SOURCE})(?!\\p{L})`,
  `(?<!\\p{L})(?:(?<newest>${NEWEST.ru})|(?<oldest>${OLDEST.ru}))\\p{L}{1,4} (?<kind>${KIND_SOURCE})\\p{L}{0,4}`,
  `(?<!\\p{L})(?:(?<newest>${NEWEST.kk})|(?<oldest>${OLDEST.kk})) (?<kind>${KIND_SOURCE})\\p{L}{0,8}`,
].map((source) => new RegExp(source, 'gu'));

/** 在平阳签署的声明, 平阳声明. */
const PLACED = [
  new RegExp(`在(?<place>\\p{Script=Han}{2,8}?)[市县州]?${CHINESE_MADE}${WHICH_ONE}${CHINESE_PARTIES}(?<kind>${KIND_SOURCE})`, 'gu'),
  new RegExp(`(?<place>\\p{Script=Han}{2,6}?)的?(?<kind>${KIND_SOURCE})`, 'gu'),
  new RegExp(
    `(?<kind>${KIND_SOURCE})\\p{L}{0,4},? (?:signed|issued|adopted|подписанн\\p{L}{1,6}|принят\\p{L}{1,6}) (?:in|at|в) (?<place>\\p{L}{2,20})`,
    'gu',
  ),
];

/**
 * What each pattern above must find somewhere. V8 takes 0.1 to 0.2 s to compile them, and again each time that it has dropped what it
 * compiled; few questions hold any of this.
 */
const NAMING = new RegExp(`《|${KIND_SOURCE}`, 'u');
const DATING = /\d{4}/u;
const RANKING = new RegExp([...Object.values(NEWEST), ...Object.values(OLDEST), FIRST].join('|'), 'u');

/** The documents that a normalised text names by title, year, date, place or age; `undefined` where it names none. */
export function findNamedDocuments(text: string, catalogue: DocumentCatalogue): NamedDocuments | undefined {
  const mentions: Mention[] = [];
  const finders = NAMING.test(text) ? [findTitlesAskedFor, findDated, findRanked, findPlaced] : [findTitlesAskedFor];
  for (const find of finders)
    for (const mention of find(text, catalogue)) if (!mentions.some((other) => overlap(mention, other))) mentions.push(mention);
  if (mentions.length === 0) return undefined;
  const named = new Set(mentions.flatMap(({ documents }) => documents));
  return {
    documentIds: catalogue.newestFirst.filter((document) => named.has(document)).map(({ documentId }) => documentId),
    matched: mentions.map(({ start, end }) => text.slice(start, end)),
    missingYears: mentions.flatMap(({ missingYears = [] }) => missingYears),
  };
}

/** A line of an answer that tells which document the lines below quote begins with its title. */
const LONGEST_HEADING = 300;

/** The documents that an answer names as those it quotes: by headings of its own, not by what the quotes speak of. */
export function findQuotedDocuments(lines: readonly string[], catalogue: DocumentCatalogue): string[] {
  const quoted = new Set(
    lines
      .flatMap((line) => findTitles(line.slice(0, LONGEST_HEADING), catalogue).filter(({ start }) => start <= 1))
      .flatMap(({ documents }) => documents),
  );
  return catalogue.newestFirst.filter((document) => quoted.has(document)).map(({ documentId }) => documentId);
}

const overlap = (one: Mention, other: Mention) => one.start < other.end && other.start < one.end;

const DATE_BEFORE = new RegExp(`(?<dates>${CHINESE_DATE})${CHINESE_MADE}?的?[《“"«]?$`, 'u');
const DATE_BEHIND = /^[》”"»]?\s*\(([^()]{4,40})\)/u;
const LONGEST_DATE = 48;

/** Titles, with the date that stands right before or behind them: sister documents may have one title. */
function findTitles(text: string, catalogue: DocumentCatalogue): Mention[] {
  return catalogue.titlesIn(text).map(({ start, end, documents }): Mention => {
    const before = DATE_BEFORE.exec(text.slice(Math.max(0, start - LONGEST_DATE), start))?.[0] ?? '';
    const behind = DATE_BEHIND.exec(text.slice(end, end + LONGEST_DATE))?.[0] ?? '';
    const years = yearsIn(before + behind);
    const dated =
      years.length === 0
        ? documents
        : ofDates(
            documents.filter(({ date }) => years.includes(date?.slice(0, 4) ?? '')),
            before + behind,
          );
    const missingYears = dated.length === 0 ? years : [];
    return { start: start - before.length, end: end + behind.length, documents: dated, missingYears };
  });
}

/**
 * One word that is all of a title is mostly what a question is about (“When was oxygen discovered?”): to look into that document alone,
 * and not for the word, lost four first places of XQuAD's 595 tuning questions and won one. In quotation marks or with a date it names it.
 */
const findTitlesAskedFor = (text: string, catalogue: DocumentCatalogue): Mention[] =>
  findTitles(text, catalogue).filter(({ start, end }) => !ONE_WORD.test(text.slice(start, end)) || QUOTE.test(text.charAt(start - 1)));
const ONE_WORD = /^[\p{Script=Latin}\p{Script=Cyrillic}]+$/u;
const QUOTE = /[《“"«]/u;

function findDated(text: string, catalogue: DocumentCatalogue): Mention[] {
  if (!DATING.test(text)) return [];
  const askedYear = yearOfDocumentAskedAbout(text);
  return matchesOf(DATED, text).flatMap(({ start, end, groups }): Mention[] => {
    const years = yearsIn(groups['dates'] ?? '');
    const kind = kindOf(groups['title'] ?? groups['kind'] ?? '');
    if (kind && !catalogue.hasKind(kind)) return [];
    const title = groups['title'];
    const ofYears = years.flatMap((year) => ofKind(catalogue.ofYear(year), kind));
    const titled =
      title === undefined ? ofYears : ofYears.filter((document) => document.title.includes(title) || title.includes(document.title));
    const documents = ofDates(titled, text.slice(Math.max(0, start - 12), end));
    const missingYears = years.filter((year) => catalogue.ofYear(year).length === 0);
    // Of a year without documents a document may be told (“the declaration of 2013”): it is asked for only where one looks into it.
    const isAskedFor = missingYears.length > 0 && (documents.length > 0 || (title === undefined && missingYears.includes(askedYear ?? '')));
    if (documents.length === 0 && !isAskedFor) return [];
    return [{ start, end, documents, missingYears }];
  });
}

function findRanked(text: string, catalogue: DocumentCatalogue): Mention[] {
  if (!RANKING.test(text)) return [];
  return matchesOf(RANKED, text).flatMap(({ start, end, groups }): Mention[] => {
    const fitting = ofKind(
      catalogue.newestFirst.filter(({ date }) => date !== undefined),
      kindOf(groups['kind'] ?? ''),
    );
    const isNewest = groups['newest'] !== undefined;
    const date = fitting.at(isNewest ? 0 : -1)?.date;
    return date === undefined ? [] : [{ start, end, documents: fitting.filter((document) => document.date === date) }];
  });
}

function findPlaced(text: string, catalogue: DocumentCatalogue): Mention[] {
  return matchesOf(PLACED, text).flatMap(({ start, end, groups }): Mention[] => {
    const stretch = groups['place'] ?? '';
    const places = [stretch, ...Array.from({ length: Math.max(0, stretch.length - 2) }, (_, at) => stretch.slice(at + 1))];
    for (const place of places) {
      const documents = ofKind(catalogue.ofPlace(place), kindOf(groups['kind'] ?? ''));
      if (documents.length > 0) return [{ start: start + text.slice(start, end).indexOf(place), end, documents }];
    }
    return [];
  });
}

const matchesOf = (patterns: readonly RegExp[], text: string) =>
  patterns.flatMap((pattern) =>
    [...text.matchAll(pattern)].map(({ 0: match, index, groups = {} }) => ({ start: index, end: index + match.length, groups })),
  );

export const yearsIn = (text: string): string[] => [...new Set(text.match(/(?<!\d)(?:1[89]|20)\d\d(?!\d)/gu) ?? [])];

/** Documents of the kind that is named; people call one kind of statement another. Any fits where no kind is named. */
function ofKind(documents: readonly CataloguedDocument[], kind: DocumentKind | undefined): readonly CataloguedDocument[] {
  if (!kind) return documents;
  const isNamed = (document: CataloguedDocument) => document.kind?.pattern === kind.pattern || isWiderName(kind, document.kind);
  const named = documents.filter(isNamed);
  return named.length > 0 || !kind.isStatement ? named : documents.filter((document) => document.kind?.isStatement);
}

/** 声明 is said of a 联合声明, too, and 公报 of a 联合公报. */
const isWiderName = (kind: DocumentKind, other: DocumentKind | undefined) =>
  other !== undefined && Object.entries(kind.names).every(([language, name]) => nameIn(other, language).endsWith(name));
const nameIn = ({ names }: DocumentKind, language: string) => Object.entries(names).find(([key]) => key === language)?.[1] ?? '';

/** Of several documents those of a day or month that the text states, if it states one of theirs. */
function ofDates(documents: readonly CataloguedDocument[], text: string): readonly CataloguedDocument[] {
  const stated = findDates(text).flatMap(({ dates }) => dates);
  const dated = documents.filter(({ date }) => {
    const [year, month, day] = (date ?? '').split('-').map(Number);
    return stated.some((other) => other.month === month && (other.year ?? year) === year && (other.day === undefined || other.day === day));
  });
  return dated.length > 0 ? dated : documents;
}
