/** How texts speak of a year by the year of writing, normalised; the offset in years. */
const RELATIVE_YEARS: [pattern: RegExp, offset: number][] = [
  [/[今本]年|\bthis year\b|(?:в )?(?:этом|текущем|нынешнем) году|этого года|текущего года|биыл(?:ғы)?/gu, 0],
  [/去年|\blast year\b|(?:в )?прошлом году|прошлого года|былтыр(?:ғы)?/gu, -1],
  [/明年|\bnext year\b|(?:в )?(?:будущем|следующем) году|(?:будущего|следующего) года|келесі жыл(?:ы|ғы)?/gu, 1],
];
const CHINESE = /年$/u;

/**
 * A text with its relative years told by number, as a reader of the document would: 今年4月 in a document of 2019 is 2019年4月.
 * @param text normalised
 * @param date of the document, ISO 8601
 * @returns `undefined` where there is nothing to resolve
 */
export function resolveYears(text: string, date: string | undefined): string | undefined {
  const year = Number(date?.slice(0, 4));
  if (!Number.isInteger(year)) return undefined;
  let resolved = text;
  for (const [pattern, offset] of RELATIVE_YEARS)
    resolved = resolved.replace(pattern, (match) => `${year + offset}${CHINESE.test(match) ? '年' : ''}`);
  return resolved === text ? undefined : resolved;
}
