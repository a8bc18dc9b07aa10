import { parse } from 'parse5';
import { YoujuError } from '../../youju-error.ts';
import type { Reading } from '../reading.ts';
import { decodeHtml } from './decode-html.ts';
import { findMainText } from './find-main-text.ts';
import { type PageBlock, readPageBlocks } from './html-blocks.ts';
import { isElement, type ParentNode } from './html-elements.ts';
import { readPageMetadata } from './page-metadata.ts';

/** Browsers put no more than 512 elements into each other; formatting that is never closed makes sloppy pages deep. */
const DEEPEST = 1000;

/**
 * Reads a saved page: its visible text, of which navigation and the like are told as furniture. Style sheets and scripts are not run.
 * @throws YoujuError `bad-document`
 */
export function readHtml(bytes: Uint8Array): Reading {
  const page = parsePage(decodeHtml(bytes));
  const runs: string[] = [];
  const blocks = readPageBlocks(page, runs);
  const { windowTitle, ...metadata } = readPageMetadata(page);
  const roles = findMainText(blocks);
  const title = findTitleBlock(blocks, metadata.title, windowTitle, roles);
  return {
    runs,
    blocks: blocks.map(({ found }, index) => ({ ...found, role: index === title ? 'title' : (roles[index] ?? 'text') })),
    metadata: { ...metadata, title: metadata.title ?? windowTitle },
    warnings: [],
  };
}

/** Reads a page that is nothing but the document. */
export function readPlainPage(html: string): Pick<Reading, 'runs' | 'blocks'> {
  const runs: string[] = [];
  const blocks = readPageBlocks(parsePage(html), runs);
  const first = blocks.findIndex(isMainHeading);
  return { runs, blocks: blocks.map(({ found }, index) => ({ ...found, role: index === first ? 'title' : 'text' })) };
}

function parsePage(html: string): ParentNode {
  const page = parse(html);
  let level: ParentNode[] = [page];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > DEEPEST) throw new YoujuError('bad-document', `has elements more than ${DEEPEST} deep in each other`);
    level = level.flatMap(({ childNodes }) => childNodes.filter(isElement));
  }
  return page;
}

const isMainHeading = ({ path }: PageBlock) => path.some(({ tagName }) => tagName === 'h1');

const lettersOf = (text: string) => text.replace(/\s+/gu, '');
/** A （全文） behind the title, and nothing longer. */
const LONGEST_ADDITION = 8;
/** Shorter lines at the start of a window's title are the names of sites and rubrics. */
const SHORTEST_TITLE = 6;

/**
 * The block that prints the title: the one that says what the page states to be its title; else a main heading, or the line that the
 * window's title begins with, before or in the text.
 */
function findTitleBlock(blocks: readonly PageBlock[], stated: string | undefined, windowTitle: string | undefined, roles: string[]) {
  const lines = blocks.map(({ found }) => lettersOf(found.text));
  const firstText = roles.indexOf('text');
  if (stated !== undefined) {
    const title = lettersOf(stated);
    const isTitle = (line: string) => line.startsWith(title) && line.length - title.length <= LONGEST_ADDITION;
    const places = lines.flatMap((line, index) => (isTitle(line) ? [index] : []));
    // Paths of navigation end in the title, too: the last place before the text is the heading.
    const heading = places.filter((index) => index <= firstText).at(-1) ?? places[0];
    if (heading !== undefined) return heading;
  }
  const window = lettersOf(windowTitle ?? '');
  return blocks.findIndex((block, index) => {
    const line = lines[index] ?? '';
    const isNearText = index <= firstText || roles[index] === 'text';
    return isNearText && line.length >= SHORTEST_TITLE && (window.startsWith(line) || (isMainHeading(block) && roles[index] === 'text'));
  });
}
