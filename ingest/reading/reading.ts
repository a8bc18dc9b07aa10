import type { Span } from '../structure/document.ts';

/** What a block is to the document: `furniture` is of the page (navigation, running headers), `note` a foot- or endnote. */
export type BlockRole = 'title' | 'text' | 'note' | 'furniture';

/** A block of the canonical text; its words lie between `start` and `end`. */
export type TextBlock = Span & { role: BlockRole };

/**
 * What a block was made of: a run of the source by its number, or text that the reader computed as a browser or Word does when
 * it shows the file (the number of a list item). A hyphen at the end of a line that only parts a word is left out.
 */
export type BlockPart = { run: number; hyphen?: 'left-out' } | { computed: string };

/** A paragraph, heading or table row as a reader found it; `text` has the parts in their order with the white space made even. */
export type FoundBlock = { role: BlockRole; text: string; parts: BlockPart[] };

/** Facts that the file itself states. All of them yield to the sidecar. */
export type FileMetadata = {
  title?: string;
  /** Day of signing or issue, ISO 8601. Only where the file names it as such: the day on which a file was saved is another one. */
  date?: string;
  publishedOn?: string;
  place?: string;
  source?: string;
  language?: string;
};

/** What a reader found in a file: every visible run of text, in the order in which the file holds them, and the blocks made of them. */
export type Reading = {
  runs: string[];
  blocks: FoundBlock[];
  metadata: FileMetadata;
  /** What an operator should look at, e.g. a page without text. */
  warnings: string[];
};

/** A file as text: the canonical text that offsets are counted in, and where its blocks stand. */
export type ReadText = { text: string; blocks: TextBlock[]; metadata: FileMetadata; warnings: string[] };
