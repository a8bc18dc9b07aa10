import type { Enumerator, Paragraph } from '../../ingest/structure/document.ts';

/** An item that a question names; several numbers where it names several of one kind (第六至八项). */
export type NamedItem = { kind: 'article' | 'section' | 'item'; numbers: number[] };

/**
 * The paragraphs of the items that a question names, in document order, those under them included: 第十二条第（三）项 is the third item
 * of the twelfth article, and so is “item 3 of Article 12”; 第三项和第五项 are two items side by side. What stands above need not be
 * named (articles are numbered on through the sections of a chapter); the first place that fits is meant then.
 * @param paragraphs those that may be meant
 * @param all all paragraphs of the document, which tell what kinds of items it has
 */
export function matchItems(paragraphs: readonly Paragraph[], named: readonly NamedItem[], all: readonly Paragraph[]): Paragraph[] {
  const kinds = new Set(all.flatMap(({ items }) => items.map(kindOf)));
  // A text without articles calls none of its items so, but a person may.
  const means: Meaning = (item, { kind, numbers }) => numbers.includes(item.value) && (kindOf(item) === kind || !kinds.has(kind));
  for (const maySkip of [false, true]) {
    for (const path of readingsOf(named)) {
      const found = paragraphsUnder(paragraphs, path, maySkip, means);
      if (found.length > 0) return found;
    }
  }
  return [];
}

type Meaning = (item: Enumerator, wanted: NamedItem) => boolean;

const kindOf = ({ style }: Enumerator): NamedItem['kind'] => (style === 'article' ? 'article' : style === 'chapter' ? 'section' : 'item');

/** Outermost first, or innermost first, or, where they are of one kind, side by side. */
function readingsOf(named: readonly NamedItem[]): NamedItem[][] {
  const [first, ...others] = named;
  if (!first || others.length === 0) return [[...named]];
  const areAlike = others.every(({ kind }) => kind === first.kind);
  const sideBySide = [{ kind: first.kind, numbers: named.flatMap(({ numbers }) => numbers) }];
  return [[...named], named.toReversed(), ...(areAlike ? [sideBySide] : [])];
}

function paragraphsUnder(paragraphs: readonly Paragraph[], path: readonly NamedItem[], maySkip: boolean, means: Meaning): Paragraph[] {
  const found: Paragraph[] = [];
  let place: string | undefined;
  for (const paragraph of paragraphs) {
    const depth = depthOf(paragraph.items, path, maySkip, means);
    if (depth === undefined) continue;
    const above = [paragraph.sectionId, ...paragraph.items.slice(0, depth - 1).map(({ value }) => value)].join(' ');
    place ??= above;
    if (above === place) found.push(paragraph);
  }
  return found;
}

/** How deep in a paragraph's item numbers the named ones are met, or `undefined` where one of them is not. */
function depthOf(items: readonly Enumerator[], path: readonly NamedItem[], maySkip: boolean, means: Meaning): number | undefined {
  let depth = 0;
  for (const wanted of path) {
    const below = items.slice(depth);
    const met = maySkip ? below.findIndex((item) => means(item, wanted)) : below[0] && means(below[0], wanted) ? 0 : -1;
    if (met < 0) return undefined;
    depth += met + 1;
  }
  return depth;
}
