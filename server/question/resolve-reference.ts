import type { Paragraph, Section, SourceDocument } from '../../ingest/structure/document.ts';
import { parseRomanNumeral } from '../../ingest/structure/recognise-enumerator.ts';
import { matchItems, type NamedItem } from './match-items.ts';

/** A place in a document that a question names by number; `matched` are the stretches of the question that name it. */
export type StructuralReference = {
  section?: { kind: Section['kind']; number?: number };
  /** In the order in which the question names them. */
  items?: NamedItem[];
  /** 1-based; negative numbers count from the end of the section. */
  paragraph?: number;
  /** How many paragraphs further on (or back) the place lies: “the next paragraph”. */
  offset?: number;
  matched: string[];
};

const ENGLISH_NUMBERS =
  'one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty'.split(
    ' ',
  );
const ENGLISH_ORDINALS =
  'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth'.split(
    ' ',
  );
/** Stems: the endings follow gender and case (вторая, во второй, вторую). */
const RUSSIAN_ORDINALS =
  'перв втор трет четв[её]рт пят шест седьм восьм девят десят одиннадцат двенадцат тринадцат четырнадцат пятнадцат шестнадцат семнадцат восемнадцат девятнадцат двадцат'.split(
    ' ',
  );
const KAZAKH_ORDINALS =
  'бірінші екінші үшінші төртінші бесінші алтыншы жетінші сегізінші тоғызыншы оныншы он\\s+бірінші он\\s+екінші он\\s+үшінші он\\s+төртінші он\\s+бесінші он\\s+алтыншы он\\s+жетінші он\\s+сегізінші он\\s+тоғызыншы жиырмасыншы'
    .replaceAll('\\s+', '\u0000')
    .split(' ')
    .map((word) => word.replace('\u0000', '\\s+'));

const NUMERAL = `\\(?(?:\\d{1,3}|[ivxl]+|${ENGLISH_NUMBERS.join('|')})\\)?`;
const ORDINAL = `(?:${ENGLISH_ORDINALS.join('|')}|\\d{1,3}(?:st|nd|rd|th))`;
const RUSSIAN_ORDINAL = `(?:(?:${RUSSIAN_ORDINALS.toReversed().join('|')})[а-яё]{1,4}|\\d{1,3}(?:-?(?:й|я|ю|е|го|м|ом|ой|ая|ый|ий))?)`;
const KAZAKH_ORDINAL = `(?:${KAZAKH_ORDINALS.toReversed().join('|')}|\\d{1,3}\\s*-?\\s*(?:ші|шы)?|[ivxl]+)`;
const CYRILLIC_NUMERAL = '№?\\s*\\(?(?:\\d{1,3}|[ivxl]+)\\)?';

/** Paragraphs by their place: counted from the front, or with a minus from the end. */
const ENDS: { pattern: RegExp; paragraph: number }[] = [
  {
    pattern:
      /(?:最后|末尾|最末)的?那?[1一]?个?(?:自然)?段|末段|\b(?:last|final) paragraph\b|последн\p{L}+ абзац\p{L}*|соңғы (?:абзац|азатжол)\p{L}*/u,
    paragraph: -1,
  },
  {
    pattern: /倒数第?2(?:个|自然)?段|\b(?:second[- ]last|penultimate|last but one) paragraph\b|предпоследн\p{L}+ абзац\p{L}*/u,
    paragraph: -2,
  },
  {
    pattern:
      /(?:开头|开篇|最前面?)的?那?[1一]?个?(?:自然)?段|首段|\bopening paragraph\b|начальн\p{L}+ абзац\p{L}*|алғашқы (?:абзац|азатжол)\p{L}*/u,
    paragraph: 1,
  },
];

type Unit = 'part' | 'paragraph';

/** For each unit, patterns over a normalised question (lower case, half width, Chinese numerals as digits); the number is group 1. */
const PATTERNS: Record<Unit, RegExp[]> = {
  part: [
    /第\s*(\d{1,3})\s*(?:大?部分|章|编|篇|大点)/u,
    /第\s*(\d{1,3})\s*节/u,
    new RegExp(`\\b(?:part|section|chapter)\\s+(?:no\\.?\\s*)?(${NUMERAL})(?![\\p{L}\\d])`, 'u'),
    new RegExp(`\\b(${ORDINAL})\\s+(?:part|section|chapter)\\b`, 'u'),
    new RegExp(`(?<!\\p{L})(?:част[а-я]+|ч\\.|раздел[а-я]*|разд\\.|глав[а-я]+)\\s*(${CYRILLIC_NUMERAL})(?![\\p{L}\\d])`, 'u'),
    new RegExp(`(?<!\\p{L})(${RUSSIAN_ORDINAL})\\s+(?:част|раздел|глав)[а-я]*`, 'u'),
    new RegExp(`(?<!\\p{L})(?:част|раздел|глав)[а-я]*\\s+(${RUSSIAN_ORDINAL})`, 'u'),
    new RegExp(`(?<!\\p{L})(${KAZAKH_ORDINAL})\\s*-?\\s*(?:бөлім|бөлік|тарау)\\p{L}*`, 'u'),
  ],
  paragraph: [
    /第\s*(\d{1,3})\s*(?:自然)?段/u,
    new RegExp(`\\bparagraph\\s+(?:no\\.?\\s*)?(${NUMERAL})(?![\\p{L}\\d])`, 'u'),
    new RegExp(`\\b(${ORDINAL})\\s+paragraph\\b`, 'u'),
    new RegExp(`(?<!\\p{L})(?:абзац[а-я]*|абз\\.?)\\s*(${CYRILLIC_NUMERAL})(?![\\p{L}\\d])`, 'u'),
    new RegExp(`(?<!\\p{L})(${RUSSIAN_ORDINAL})\\s+абзац[а-я]*`, 'u'),
    new RegExp(`(?<!\\p{L})(${KAZAKH_ORDINAL})\\s*-?\\s*(?:абзац|азатжол)\\p{L}*`, 'u'),
  ],
};

/** Items may be named several in one question: 第十二条第（三）项. The earlier pattern wins where two overlap. */
const ITEM_PATTERNS: RegExp[] = [
  /(?<=部分)\s*(\d{1,3})\s*项/gu,
  // Where a chapter is named, its sections are items; alone they are parts.
  /第\s*(\d{1,3})\s*节/gu,
  new RegExp(`\\bsection\\s+(${NUMERAL})(?![\\p{L}\\d])`, 'gu'),
  new RegExp(`(?<!\\p{L})раздел[а-я]*\\s*(${CYRILLIC_NUMERAL})(?![\\p{L}\\d])`, 'gu'),
  new RegExp(`(?<!\\p{L})(${KAZAKH_ORDINAL})\\s*-?\\s*параграф\\p{L}*`, 'gu'),
  /第\s*[（(]?\s*(\d{1,3})\s*[)）]?\s*(?:小?项|条|款|小?点)/gu,
  new RegExp(
    `\\b(?:item|point|clause|article|subsection|subparagraph|provision)s?\\s+(?:no\\.?\\s*|number\\s+)?(${NUMERAL})(?![\\p{L}\\d])`,
    'gu',
  ),
  new RegExp(`\\b(${ORDINAL})\\s+(?:item|point|clause|article|subsection|provision)\\b`, 'gu'),
  new RegExp(`(?<!\\p{L})(?:пункт[а-я]*|подпункт[а-я]*|пп?\\.|стать[а-я]+|ст\\.)\\s*(${CYRILLIC_NUMERAL})(?![\\p{L}\\d])`, 'gu'),
  new RegExp(`(?<!\\p{L})(${RUSSIAN_ORDINAL})\\s+(?:пункт|подпункт|стать)[а-я]*`, 'gu'),
  new RegExp(`(?<!\\p{L})(?:пункт|подпункт|стать)[а-я]*\\s+(${RUSSIAN_ORDINAL})`, 'gu'),
  new RegExp(`(?<!\\p{L})\\(?(${KAZAKH_ORDINAL})\\)?\\s*-?\\s*(?:тармақ|тармағ|бап)\\p{L}*`, 'gu'),
  /[（(]\s*(\d{1,3})\s*[)）]\s*(?:小?项|条|款|小?点)?/gu,
];
const KINDS: { kind: NamedItem['kind']; pattern: RegExp }[] = [
  { kind: 'article', pattern: /条|article|стать|(?<!\p{L})ст\.|бап/u },
  { kind: 'section', pattern: /节|\bsection|раздел|параграф/u },
];
const kindOf = (text: string): NamedItem['kind'] => KINDS.find(({ pattern }) => pattern.test(text))?.kind ?? 'item';

/** Sections without a number. Our own labels (“Closing, paragraph 1”, «Подписи») lead back to their place, too. */
const NAMED_SECTIONS: { kind: Section['kind']; pattern: RegExp }[] = [
  {
    kind: 'preamble',
    pattern:
      /序言|前言|导言|引言|\bpreamble\b|\bintroduct(?:ion|ory)\b|преамбул\p{L}*|вступительн\p{L}+ част\p{L}*|вступлени\p{L}*|кіріспе\p{L}*/u,
  },
  {
    kind: 'signatures',
    pattern: /签署栏|落款|签名处|\bsignature (?:block|page)\b|^\s*signatures\s*$|^\s*подписи\s*$|^\s*қолдар\s*$/u,
  },
  {
    kind: 'closing',
    pattern:
      /结尾部分|结尾|结束语|最后[1一]段|\b(?:final|last) (?:paragraph|section|part)\b|\bclosing\b|заключительн\p{L}+ (?:част|абзац|положен)\p{L}*|заключение(?=,? абзац|\s*$)|қорытынды(?: бөлім\p{L}*|(?=,? ?\d))/u,
  },
];

/** Several items at once: 第3、4项, 第6至8项, “items 3 and 4”, «пункты 3–5». The numbers with what joins them are group 1. */
const SEVERAL_ITEMS = [
  /第((?:[（(]?\d{1,3}[)）]?项?\s*[、,和与及至到—–~-]\s*第?)+[（(]?\d{1,3}[)）]?)\s*(?:小?项|条|款|点)/u,
  /\b(?:items|points|clauses|articles)\s+((?:\(?\d{1,3}\)?\s*(?:,|and|&|to|through|-|–)\s*)+\(?\d{1,3}\)?)/u,
  /(?:пункт|стать)[а-я]*\s+((?:\(?\d{1,3}\)?\s*(?:,|и|по|до|-|–)\s*)+\(?\d{1,3}\)?)/u,
  /((?:\d{1,3}\s*(?:,|және|мен|пен|бен|-|–)\s*)+\d{1,3})\s*-?\s*(?:тармақ|тармағ|бап)\p{L}*/u,
];
const RANGE = /(\d{1,3})\D*?(?:至|到|—|–|~|-|to|through|по|до)\D*?(\d{1,3})/gu;
const MOST_ITEMS = 30;

/** The numbers of a list, ranges spelt out. */
function readNumbers(list: string): number[] {
  const numbers = Array.from(list.matchAll(/\d{1,3}/gu), ([number]) => Number(number));
  for (const [, from, to] of list.matchAll(RANGE)) for (let number = Number(from) + 1; number < Number(to); number++) numbers.push(number);
  return [...new Set(numbers)].toSorted((a, b) => a - b).slice(0, MOST_ITEMS);
}

/** Reads a number in digits, roman or words, as the patterns above match them. */
function readNumber(text: string): number | undefined {
  const word = text.replace(/[()№\s]+/gu, ' ').trim();
  const digits = /\d{1,3}/.exec(word)?.[0];
  if (digits !== undefined) return Number(digits);
  const listed = [ENGLISH_NUMBERS.indexOf(word), ENGLISH_ORDINALS.indexOf(word)].find((index) => index >= 0);
  if (listed !== undefined) return listed + 1;
  const kazakh = KAZAKH_ORDINALS.findIndex((ordinal) => new RegExp(`^${ordinal}$`, 'u').test(word));
  if (kazakh >= 0) return kazakh + 1;
  // Longest stem first: пятнадцат before пят.
  const russian = RUSSIAN_ORDINALS.findLastIndex((stem) => new RegExp(`^${stem}`, 'u').test(word));
  return russian >= 0 ? russian + 1 : parseRomanNumeral(word);
}

/** A stretch of the question that names a place. */
type Stretch = { text: string; start: number };

const overlap = (a: Stretch, b: Stretch) => a.start < b.start + b.text.length && b.start < a.start + a.text.length;

/** The items that a question names, in its order, apart from the stretch that names the part. */
function findItems(question: string, part: Stretch | undefined): (Stretch & { item: NamedItem })[] {
  const found: (Stretch & { item: NamedItem })[] = [];
  const note = ([text, list = '']: RegExpExecArray, start: number, numbers: number[]) => {
    const isTaken = (part && overlap(part, { text, start })) || found.some((other) => overlap(other, { text, start }));
    if (!isTaken && list !== '' && numbers.length > 0 && found.length < MOST_ITEMS)
      found.push({ text, start, item: { kind: kindOf(text), numbers } });
  };
  const several = SEVERAL_ITEMS.map((pattern) => pattern.exec(question)).find((match) => match !== null);
  if (several) note(several, several.index, readNumbers(several[1] ?? ''));
  for (const pattern of ITEM_PATTERNS) {
    for (const match of question.matchAll(pattern)) {
      const number = readNumber(match[1] ?? '');
      note(match, match.index, number === undefined ? [] : [number]);
    }
  }
  return found.toSorted((a, b) => a.start - b.start);
}

/** What a question names by number with one of the patterns of a unit. */
function findNumber(question: string, unit: Unit): (Stretch & { number: number }) | undefined {
  for (const pattern of PATTERNS[unit]) {
    const match = pattern.exec(question);
    const number = match?.[1] === undefined ? undefined : readNumber(match[1]);
    if (match && number !== undefined) return { text: match[0], start: match.index, number };
  }
  return undefined;
}

/** Some word or mark of each pattern above: most questions have none, and the patterns need not be tried. */
const MAY_NAME_PLACE =
  /第|部分|段|[（(]\s*\d|[序前导引]言|签署栏|落款|签名处|结尾|结束语|part|section|chapter|paragraph|item|point|clause|article|provision|preamble|introduct|signature|closing|final|last|част|ч\.|разд|глав|абз|пункт|п\.|стать|ст\.|преамбул|вступ|подпис|заключ|бөлі|тарау|азатжол|параграф|тармақ|тармағ|бап|кіріспе|қолдар|қорытынды/u;

/** The place that a normalised question names by number, or `undefined` where it names none. */
export function findReference(question: string): StructuralReference | undefined {
  if (!MAY_NAME_PLACE.test(question)) return undefined;
  const part = findNumber(question, 'part');
  const items = findItems(question, part);
  const named = part === undefined ? NAMED_SECTIONS.find(({ pattern }) => pattern.test(question)) : undefined;
  // Without a part, “the last paragraph” is the document's closing.
  const end = part !== undefined || named?.kind === 'preamble' ? ENDS.find(({ pattern }) => pattern.test(question)) : undefined;
  const paragraph = end ? undefined : findNumber(question, 'paragraph');
  if (!part && items.length === 0 && !paragraph && !named) return undefined;
  const matched = [part?.text, ...items.map(({ text }) => text), named?.pattern.exec(question)?.[0], end?.pattern.exec(question)?.[0]];
  return {
    section: part ? { kind: 'part', number: part.number } : named && { kind: named.kind },
    ...(items.length > 0 ? { items: items.map(({ item }) => item) } : {}),
    paragraph: end?.paragraph ?? paragraph?.number,
    matched: [...matched, paragraph?.text].filter((text) => text !== undefined),
  };
}

/**
 * The paragraphs behind a reference, in document order; empty where the document has no such place. An item without a part
 * is the item of that number in the first part that has such items.
 */
export function resolveReference({ offset = 0, ...reference }: StructuralReference, document: SourceDocument): Paragraph[] {
  const paragraphs = resolvePlace(reference, document);
  if (offset === 0) return paragraphs;
  return paragraphs.slice(0, 1).flatMap((paragraph) => document.paragraphs[document.paragraphs.indexOf(paragraph) + offset] ?? []);
}

function resolvePlace(reference: StructuralReference, document: SourceDocument): Paragraph[] {
  const { section, items, paragraph } = reference;
  const sectionIds = document.sections
    .filter(
      ({ kind, enumerator }) =>
        section === undefined || (kind === section.kind && (section.number === undefined || enumerator?.value === section.number)),
    )
    .map(({ sectionId }) => sectionId);
  const candidates = document.paragraphs.filter(({ sectionId }) => sectionIds.includes(sectionId));
  if (items !== undefined) {
    // What the document calls an article is told from all of it.
    return matchItems(candidates, items, document.paragraphs);
  }
  if (paragraph !== undefined && paragraph < 0) return candidates.slice(paragraph).slice(0, 1);
  if (paragraph !== undefined) return candidates.filter(({ position }) => position === paragraph).slice(0, 1);
  return candidates;
}
