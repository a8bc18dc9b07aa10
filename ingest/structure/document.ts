/** A half-open range `{start, end}` in a text, in UTF-16 code units. */
export type Span = { start: number; end: number };

/** How the source prints a number: the style decides what a person calls it. */
export type EnumeratorStyle = 'bare' | 'ideographic' | 'chapter' | 'article' | 'roman' | 'arabic' | 'parenthesised';

/** A number that the source prints in front of a part or an item, e.g. `（六）` → value 6. */
export type Enumerator = { style: EnumeratorStyle; value: number; printed: string };

export type SectionKind = 'preamble' | 'part' | 'body' | 'closing' | 'signatures' | 'notes';

/** A division of the document. `number` is 1-based and present for parts only. */
export type Section = {
  sectionId: string;
  kind: SectionKind;
  enumerator?: Enumerator;
  /** Heading as printed, e.g. `一` or `第一章　总则`; absent where the source prints none. */
  heading?: Span;
};

/**
 * The citable unit. `start`/`end` are offsets in the source; `text` is `source.slice(start, end)`.
 * `items` is the path of printed item numbers, outermost first; empty for an unnumbered paragraph, which then has `position`,
 * its 1-based place among the unnumbered paragraphs of its section.
 */
export type Paragraph = Span & {
  paragraphId: string;
  sectionId: string;
  items: Enumerator[];
  position?: number;
  text: string;
};

/** A stretch of the source. The segments of a document tile it: nothing is lost, nothing is twice. */
export type Segment = Span & { kind: 'furniture' | 'title' | 'heading' | 'paragraph' };

/** The languages that places of a document are named in, and questions about it offered in; as BCP 47 tags. */
export const LABEL_LANGUAGES = ['zh-Hans', 'zh-Hant', 'en', 'ru', 'kk'] as const;
export type LabelLanguage = (typeof LABEL_LANGUAGES)[number];

/** Facts about a document: from the sidecar `.json` of an editor, else from the file itself. */
export type DocumentMetadata = {
  title: string;
  parties: string[];
  /** Day of signing or issue, ISO 8601. */
  date?: string;
  place?: string;
  publishedOn?: string;
  /** BCP 47 tag of the text. */
  language: string;
  signedLanguages: string[];
  source?: string;
  /** Questions to begin with, by the visitor's language. */
  questions?: Partial<Record<LabelLanguage, string[]>>;
  /** What an editor has to say to a paragraph as the source has it, by paragraph id and language; shown beside it, never quoted. */
  notes?: Record<string, Partial<Record<LabelLanguage, string>>>;
};

/**
 * One source with its structure. `sha256` is of the source bytes, hex. `text` is the canonical text: what offsets are counted in and
 * quotes are cut from.
 */
export type SourceDocument = DocumentMetadata & {
  documentId: string;
  sha256: string;
  /** Where the source is no plain text: what it is, and the hash of the text that was read out of it. */
  file?: { mediaType: string; textSha256: string };
  text: string;
  sections: Section[];
  segments: Segment[];
  paragraphs: Paragraph[];
};
