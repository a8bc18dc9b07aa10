import { z } from 'zod';
import type { FileMetadata } from '../reading.ts';
import { attribute, type Element, isElement, type ParentNode } from './html-elements.ts';

/** Names of `<meta>` in the order of trust; those of the standard for Chinese government sites (国办函〔2019〕19号) first. */
const TITLES = ['articletitle', 'dc.title', 'og:title'];
const ISSUED = ['dc.date.issued', 'dcterms.issued'];
const PUBLISHED = ['pubdate', 'publishdate', 'article:published_time', 'dcterms.date', 'dc.date'];
const SOURCES = ['contentsource', 'dc.source', 'dcterms.source'];

/** What a page says of itself, and its `<title>`, which sites glue their name to. */
export type PageMetadata = FileMetadata & { windowTitle?: string };

/** Reads what the page states in its head; what is no date is left out. */
export function readPageMetadata(page: ParentNode): PageMetadata {
  const facts = new Map<string, string>();
  let windowTitle: string | undefined;
  let address: string | undefined;
  for (const node of headOf(page)) {
    if ('data' in node) address ??= /^ ?saved from url=\(\d+\)(https?:\/\/\S+)/.exec(node.data)?.[1];
    if (!isElement(node)) continue;
    if (node.tagName === 'title')
      windowTitle ??= node.childNodes
        .map((child) => ('value' in child ? child.value : ''))
        .join('')
        .trim();
    if (node.tagName === 'link' && attribute(node, 'rel') === 'canonical') address = webAddress(attribute(node, 'href')) ?? address;
    if (node.tagName === 'meta') addFact(facts, node);
  }
  const first = (names: string[]) => names.map((name) => facts.get(name)).find((fact) => fact !== undefined);
  const metadata = { title: first(TITLES), date: dateIn(first(ISSUED)), publishedOn: dateIn(first(PUBLISHED)) };
  return { ...metadata, windowTitle: windowTitle || undefined, source: address ?? first(SOURCES) };
}

/** The nodes above and in `<head>`: browsers put the address of a saved page into a comment there. */
function headOf(page: ParentNode): ParentNode['childNodes'] {
  const html = page.childNodes.find((node): node is Element => isElement(node) && node.tagName === 'html');
  const head = html?.childNodes.find((node): node is Element => isElement(node) && node.tagName === 'head');
  return [...page.childNodes, ...(html?.childNodes ?? []), ...(head?.childNodes ?? [])];
}

function addFact(facts: Map<string, string>, meta: Element): void {
  const name = (attribute(meta, 'name') ?? attribute(meta, 'property'))?.toLowerCase();
  const content = attribute(meta, 'content')?.trim();
  if (name && content && !facts.has(name)) facts.set(name, content);
}

const webAddress = (text: string | undefined) =>
  text !== undefined && /^https?:\/\//i.test(text) && URL.canParse(text) ? text : undefined;

/** 2019-09-12 10:30, 2019/9/12 or 2019年9月12日 as an ISO date; nothing else is guessed at. */
export function dateIn(text: string | undefined): string | undefined {
  const match = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})(?!\d)/.exec(text ?? '');
  if (!match) return undefined;
  const [, year, month = '', day = ''] = match;
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return z.iso.date().safeParse(date).success ? date : undefined;
}
