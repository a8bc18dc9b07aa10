import { marked } from 'marked';
import { parse as parseYaml, YAMLParseError } from 'yaml';
import { z } from 'zod';
import { YoujuError } from '../youju-error.ts';
import { readPlainPage } from './html/read-html.ts';
import type { FileMetadata, Reading } from './reading.ts';

const FRONT_MATTER = /^\ufeff?---[ \t]*\r?\n([\s\S]*?)\r?\n---[ \t]*(?:\r?\n|$)/;
/** Looked for at the start only. */
const LONGEST_FRONT_MATTER = 16_384;

const text = z.string().trim().min(1).optional().catch(undefined);
/** A BCP 47 tag. */
const language = z.string().trim().min(2).optional().catch(undefined);
const day = z.iso.date().optional().catch(undefined);

/** What other programs keep there is none of our business. YAML reads `2019-09-11` as text. */
const frontMatterSchema = z.object({ title: text, date: day, publishedOn: day, place: text, source: text, language });

/**
 * Reads Markdown as the page that it describes, front matter aside: paragraphs are parted by blank lines.
 * @throws YoujuError `bad-document` when it is not UTF-8
 */
export function readMarkdown(bytes: Uint8Array): Reading {
  const source = decode(bytes);
  const matter = FRONT_MATTER.exec(source.slice(0, LONGEST_FRONT_MATTER));
  const metadata = matter ? readFrontMatter(matter[1] ?? '') : undefined;
  const markdown = source.slice(metadata ? matter?.[0].length : 0).replace(/^\ufeff/, '');
  return { ...readPlainPage(marked.parse(markdown, { async: false, gfm: true })), metadata: metadata ?? {}, warnings: [] };
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new YoujuError('bad-document', 'is not UTF-8: save it as UTF-8', { cause });
  }
}

/** `undefined` where the lines between two rules are no fields: then they are text. */
function readFrontMatter(yaml: string): FileMetadata | undefined {
  try {
    return frontMatterSchema.safeParse(parseYaml(yaml, { maxAliasCount: 0 })).data;
  } catch (cause) {
    if (!(cause instanceof YAMLParseError || cause instanceof ReferenceError)) throw cause;
    throw new YoujuError('bad-document', `has front matter that is no YAML: ${cause.message.split('\n')[0]}`, { cause });
  }
}
