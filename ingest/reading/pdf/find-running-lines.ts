import type { Line } from './page-lines.ts';

/** Headers and footers stand in the outer parts of a page. */
const MARGIN = 0.12;
/** How many lines from the edge are looked at. */
const OUTERMOST = 3;
const PAGE_NUMBER =
  /^[-–—·•\s]*(?:第\s*)?(?:page\s*)?[0-9０-９]{1,4}\s*(?:页)?\s*(?:[/／,，、]?\s*(?:共|of|из)?\s*[0-9０-９]{1,4}\s*页?)?[-–—·•\s]*$/iu;

/** Lines that belong to the pages and not to the text: page numbers, and what is printed at the edge of page after page. */
export function findRunningLines(lines: readonly Line[], pageCount: number): ReadonlySet<Line> {
  const edges = edgeLines(lines);
  const pagesBySaying = new Map<string, Set<number>>();
  for (const line of edges) {
    const pages = pagesBySaying.get(sayingOf(line)) ?? new Set();
    pagesBySaying.set(sayingOf(line), pages.add(line.page));
  }
  const isRepeated = (line: Line) => {
    const pages = pagesBySaying.get(sayingOf(line))?.size ?? 0;
    // Left and right pages may have headers of their own.
    return pages >= 2 && pages >= pageCount / 3;
  };
  return new Set(edges.filter((line) => isPageNumber(line) || isRepeated(line)));
}

/** Longer lines are none, and would take the pattern long. */
const LONGEST_PAGE_NUMBER = 24;
const isPageNumber = ({ text }: Line) => text.length <= LONGEST_PAGE_NUMBER && PAGE_NUMBER.test(text);

/** The same words at the same height, whatever the page's number. */
const sayingOf = ({ text, baseline }: Line) => `${Math.round(baseline / 3)} ${text.replace(/[0-9０-９]+/g, '#').replace(/\s+/g, '')}`;

function edgeLines(lines: readonly Line[]): Line[] {
  const pages = new Map<number, Line[]>();
  for (const line of lines) {
    const page = pages.get(line.page);
    if (page) page.push(line);
    else pages.set(line.page, [line]);
  }
  return [...pages.values()].flatMap((page) => {
    const fromTop = page.toSorted((one, other) => other.baseline - one.baseline);
    const isAtEdge = ({ baseline, pageHeight }: Line) => baseline < pageHeight * MARGIN || baseline > pageHeight * (1 - MARGIN);
    return [...new Set([...fromTop.slice(0, OUTERMOST), ...fromTop.slice(-OUTERMOST)])].filter(isAtEdge);
  });
}
