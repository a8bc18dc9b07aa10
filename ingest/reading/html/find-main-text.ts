import type { BlockRole } from '../reading.ts';
import type { PageBlock } from './html-blocks.ts';
import { type Element, isNamedContent, isNavigation } from './html-elements.ts';

/** Ends like a sentence, or like the line before a list. */
const SENTENCE = /[。！？；：…][”’」』）)]*$|[.!?;:]["”’)]*$/u;
/** A Latin line of this length is hardly a menu's. */
const SHORTEST_LATIN_SENTENCE = 40;

/**
 * Which blocks of a page are the document's. The rule loses no sentence: it is the smallest element that holds every sentence
 * which is not in navigation, within the element that is named as the content if one with at least half of them is. Everything
 * else on the page is furniture, and so is what is built or named as navigation inside.
 */
export function findMainText(blocks: readonly PageBlock[]): BlockRole[] {
  const weights = blocks.map(weightOf);
  const total = sum(weights);
  const letters = lettersWithin(blocks, weights);
  const held = (element: Element) => letters.get(element) ?? 0;

  // An element that holds most of what is said is no menu, whatever its name.
  const isFurniture = blocks.map(({ path }) => path.some((element) => isNavigation(element) && 2 * held(element) <= total));
  const named = namedContent(blocks, (element) => 2 * held(element) >= total && total > 0);
  const isInside = (block: PageBlock, element: Element | undefined) => element === undefined || block.path.includes(element);
  const sentences = blocks.filter((block, index) => (weights[index] ?? 0) > 0 && !isFurniture[index] && isInside(block, named));
  const smallest = commonElement(sentences) ?? named;
  return blocks.map((block, index) => (isFurniture[index] || !isInside(block, smallest) ? 'furniture' : 'text'));
}

/** Letters of a block that reads like a sentence and is not mostly links; else 0. */
function weightOf({ found: { text }, linkedLetters }: PageBlock): number {
  const isSentence = SENTENCE.test(text) && (/\p{Script=Han}/u.test(text) || text.length >= SHORTEST_LATIN_SENTENCE);
  return isSentence && 2 * linkedLetters < text.length ? text.length : 0;
}

function lettersWithin(blocks: readonly PageBlock[], weights: readonly number[]): ReadonlyMap<Element, number> {
  const letters = new Map<Element, number>();
  for (const [index, { path }] of blocks.entries()) {
    for (const element of path) letters.set(element, (letters.get(element) ?? 0) + (weights[index] ?? 0));
  }
  return letters;
}

/** The innermost element named as content that holds enough. */
function namedContent(blocks: readonly PageBlock[], holdsEnough: (element: Element) => boolean): Element | undefined {
  const named = new Set(blocks.flatMap(({ path }) => path.filter((element) => isNamedContent(element) && holdsEnough(element))));
  return [...named].at(-1);
}

/** What holds one block or line of text and is no container: its neighbours belong with it. */
const LINES = new Set(['p', 'li', 'dd', 'dt', 'tr', 'td', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'pre', 'center']);

/** The innermost container that all of the blocks stand in. */
function commonElement(blocks: readonly PageBlock[]): Element | undefined {
  const [first, ...others] = blocks;
  if (!first) return undefined;
  let depth = first.path.length;
  for (const { path } of others) {
    while (depth > 0 && path[depth - 1] !== first.path[depth - 1]) depth--;
  }
  while (depth > 0 && LINES.has(first.path[depth - 1]?.tagName ?? '')) depth--;
  return first.path[depth - 1];
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
