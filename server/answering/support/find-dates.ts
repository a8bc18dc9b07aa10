/** A day, a month or both, as far as a text tells; the year where it stands beside them. */
export type StatedDate = { year?: number; month: number; day?: number };

/** Where a date stands in the text, and what it says: a range says two. */
export type FoundDate = { start: number; end: number; dates: StatedDate[] };

/** Months by how their names begin, in English, Russian and Kazakh (lower case, ё as е). */
const MONTH_STEMS = [
  ['january', 'jan', 'январ', 'қаңтар'],
  ['february', 'feb', 'феврал', 'ақпан'],
  ['march', 'mar', 'март', 'наурыз'],
  ['april', 'apr', 'апрел', 'сәуір'],
  ['may', 'май', 'мая', 'мае', 'мамыр'],
  ['june', 'jun', 'июн', 'маусым'],
  ['july', 'jul', 'июл', 'шілде'],
  ['august', 'aug', 'август', 'тамыз'],
  ['september', 'sept', 'sep', 'сентябр', 'қыркүйек', 'қыркүйег'],
  ['october', 'oct', 'октябр', 'қазан'],
  ['november', 'nov', 'ноябр', 'қараша'],
  ['december', 'dec', 'декабр', 'желтоқсан'],
];
const MONTH_BY_STEM = new Map(MONTH_STEMS.flatMap((stems, month) => stems.map((stem) => [stem, month + 1] as const)));
const STEMS = [...MONTH_BY_STEM.keys()].toSorted((a, b) => b.length - a.length).join('|');
/** A month by its name, as part of a pattern. */
export const MONTH_SOURCE = `(?:${STEMS})\\p{Ll}{0,6}\\.?`;
/** Endings are bounded: no form of these names is longer by more. A name by itself (“in May”) is a word like any other. */
const MONTH = `(?<month>${STEMS})\\p{Ll}{0,6}\\.?`;
const RANGE = '(?: ?(?:to|and|until|till|по|до|и|мен|[-–—]) ?)';

const DIGIT = /\d/u;

/** Each way of writing a date, on a normalised text. */
const PATTERNS = [
  /(?:(?<year>\d{4})年)?(?<month>\d{1,2})月(?:份?(?<day>\d{1,2})[日号]?)?(?:[至到—–-](?<last>\d{1,2})[日号])?/gu,
  /(?<!\d)(?<year>\d{4})-(?<month>\d{1,2})-(?<day>\d{1,2})(?!\d)/gu,
  /(?<!\d)(?<day>\d{1,2})\.(?<month>\d{1,2})\.(?<year>\d{4})(?!\d)/gu,
  new RegExp(
    `(?:(?<year>\\d{4}) (?:ж|г)\\p{Ll}{0,7}\\.? )?(?:(?<!\\d)(?<first>\\d{1,2})${RANGE})?(?<!\\d)(?<day>\\d{1,2})(?:st|nd|rd|th)? (?:of )?${MONTH}(?:,? (?<yearAfter>\\d{4}))?`,
    'gu',
  ),
  new RegExp(
    `(?<![\\p{L}\\d])${MONTH} (?<day>\\d{1,2})(?!\\d)(?:st|nd|rd|th)?(?:${RANGE}(?<last>\\d{1,2}))?(?:,? (?<yearAfter>\\d{4}))?`,
    'gu',
  ),
  new RegExp(`(?<![\\p{L}\\d])${MONTH},? (?<year>\\d{4})`, 'gu'),
  new RegExp(`(?<year>\\d{4}) (?:ж|г)\\p{Ll}{0,7}\\.? ${MONTH}`, 'gu'),
];

/** The dates of a normalised text that name a month, in any of the five languages. Linear: every part of a pattern is bounded. */
export function findDates(text: string): FoundDate[] {
  const found: FoundDate[] = [];
  // Each way has one, most sentences have none.
  if (!DIGIT.test(text)) return found;
  for (const pattern of PATTERNS) {
    for (const { 0: match, index, groups = {} } of text.matchAll(pattern)) {
      const end = index + match.length;
      if (found.some((other) => index < other.end && end > other.start)) continue;
      found.push({ start: index, end, dates: datesOf(groups) });
    }
  }
  return found;
}

function datesOf(groups: Record<string, string | undefined>): StatedDate[] {
  const named = groups['month'] ?? '';
  const month = MONTH_BY_STEM.get(named) ?? Number(named);
  const year = groups['year'] ?? groups['yearAfter'];
  const days = [groups['first'], groups['day'], groups['last']].filter((day) => day !== undefined);
  const common = { month, ...(year === undefined ? {} : { year: Number(year) }) };
  return days.length === 0 ? [common] : days.map((day) => ({ ...common, day: Number(day) }));
}

/** Whether a text that has this date bears another out: every part of it is told, and the same. */
export const bearsOut = (told: StatedDate, stated: StatedDate): boolean =>
  told.month === stated.month &&
  (stated.year === undefined || stated.year === told.year) &&
  (stated.day === undefined || stated.day === told.day);
