/** A stretch of a line: words, or what stands between backticks. */
type Stretch = { plain: string } | { code: string };
export type TextView = { blocks: ({ stretches: Stretch[] } | { items: { stretches: Stretch[] }[] })[] };

const stretchesOf = (line: string): Stretch[] =>
  line
    .split('`')
    .map((part, index): Stretch => (index % 2 === 0 ? { plain: part } : { code: part }))
    .filter((stretch) => !('plain' in stretch) || stretch.plain !== '');

const ITEM = '- ';

/** The little Markdown that our descriptions use: paragraphs, lists and code in backticks. */
export function textView(text: string | undefined): TextView | undefined {
  if (text === undefined || text === '') return undefined;
  const blocks: TextView['blocks'] = [];
  let list: { stretches: Stretch[] }[] | undefined;
  for (const line of text.split('\n')) {
    if (line.startsWith(ITEM)) {
      if (!list) {
        list = [];
        blocks.push({ items: list });
      }
      list.push({ stretches: stretchesOf(line.slice(ITEM.length)) });
    } else {
      list = undefined;
      if (line.trim() !== '') blocks.push({ stretches: stretchesOf(line) });
    }
  }
  return { blocks };
}
