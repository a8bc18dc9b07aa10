import { setImmediate } from 'node:timers/promises';
import type { OpenIndex } from '../../../ingest/index/open-generation.ts';
import type { DocumentOutline } from '../../../ingest/index/tables/pack-documents.ts';
import { normalizeText } from '../../../ingest/text/normalize-text.ts';
import { type DocumentKind, kindOf } from './document-kinds.ts';

/** What tells a document apart from others without its text. `title` is normalised. */
export type CataloguedDocument = {
  documentId: string;
  title: string;
  kind: DocumentKind | undefined;
  date: string | undefined;
  place: string | undefined;
};

/** Titles that begin with the same characters are told apart by their lengths; shorter ones name nothing (“声明”). */
const TITLE_PREFIX = 6;

/** How many are read in one turn of the event loop, which takes 1 ms. */
const AT_ONCE = 100;

/**
 * The documents of one generation by date, place and title. Built once a generation, so that a question looks into no more of
 * 10,000 documents than those it names.
 */
export class DocumentCatalogue {
  readonly newestFirst: readonly CataloguedDocument[];
  /** Their ids, in the same order. */
  readonly documentIds: readonly string[];
  readonly #ranks: ReadonlyMap<string, number>;
  readonly #byYear: ReadonlyMap<string, CataloguedDocument[]>;
  readonly #byPlace: ReadonlyMap<string, CataloguedDocument[]>;
  readonly #byTitle: ReadonlyMap<string, CataloguedDocument[]>;
  readonly #titleLengths = new Map<string, Set<number>>();
  readonly #kinds: ReadonlySet<DocumentKind | undefined>;

  constructor(all: readonly CataloguedDocument[]) {
    this.newestFirst = all.toSorted(newestFirst);
    this.documentIds = this.newestFirst.map(({ documentId }) => documentId);
    this.#ranks = new Map(this.documentIds.map((documentId, rank) => [documentId, rank]));
    this.#byYear = groupBy(this.newestFirst, ({ date }) => date?.slice(0, 4));
    this.#byPlace = groupBy(this.newestFirst, ({ place }) => place);
    this.#byTitle = groupBy(this.newestFirst, ({ title }) => title);
    this.#kinds = new Set(all.map(({ kind }) => kind));
    for (const title of this.#byTitle.keys()) {
      if (title.length < TITLE_PREFIX) continue;
      const prefix = title.slice(0, TITLE_PREFIX);
      this.#titleLengths.set(prefix, (this.#titleLengths.get(prefix) ?? new Set()).add(title.length));
    }
  }

  /** Whether there is more than one document, so that answers must tell them apart. */
  get hasSeveral(): boolean {
    return this.newestFirst.length > 1;
  }

  /** These documents, the newest first. */
  sortNewestFirst(documentIds: readonly string[]): string[] {
    const ranked = documentIds.map((documentId) => ({ documentId, rank: this.#ranks.get(documentId) ?? 0 }));
    return ranked.toSorted((a, b) => a.rank - b.rank).map(({ documentId }) => documentId);
  }

  /** For sorting the newest first. */
  compareAge(one: string, other: string): number {
    return (this.#ranks.get(one) ?? 0) - (this.#ranks.get(other) ?? 0);
  }

  get(documentId: string): CataloguedDocument | undefined {
    const rank = this.#ranks.get(documentId);
    return rank === undefined ? undefined : this.newestFirst[rank];
  }

  /** The years that documents are of, the newest first. */
  get years(): string[] {
    return [...this.#byYear.keys()];
  }

  /** Whether all documents are of this year, so that it tells none of their sentences apart. */
  isOnlyYear(year: string): boolean {
    return this.newestFirst.length > 0 && this.ofYear(year).length === this.newestFirst.length;
  }

  hasKind(kind: DocumentKind): boolean {
    return this.#kinds.has(kind) || (kind.isStatement && [...this.#kinds].some((other) => other?.isStatement));
  }

  ofYear(year: string): readonly CataloguedDocument[] {
    return this.#byYear.get(year) ?? [];
  }

  ofPlace(place: string): readonly CataloguedDocument[] {
    return this.#byPlace.get(place) ?? [];
  }

  /** The titles that stand in a normalised text, each with the documents that have it; of titles in each other the longest. */
  titlesIn(text: string): { start: number; end: number; documents: readonly CataloguedDocument[] }[] {
    const found: { start: number; end: number; documents: readonly CataloguedDocument[] }[] = [];
    for (let start = 0; start + TITLE_PREFIX <= text.length; start++) {
      const lengths = this.#titleLengths.get(text.slice(start, start + TITLE_PREFIX));
      if (!lengths || isWithinWord(text, start)) continue;
      const longest = [...lengths].toSorted((a, b) => b - a).find((length) => this.#byTitle.has(text.slice(start, start + length)));
      if (longest === undefined) continue;
      found.push({ start, end: start + longest, documents: this.#byTitle.get(text.slice(start, start + longest)) ?? [] });
      start += longest - 1;
    }
    return found;
  }
}

function catalogued({ documentId, title, date, place }: DocumentOutline): CataloguedDocument {
  const normalised = normalizeText(title).replace(/\s+/gu, ' ').trim();
  return { documentId, title: normalised, kind: kindOf(normalised), date, place: place && normalizeText(place) };
}

/** “Construction” does not stand in “reconstruction”. Chinese words have no spaces between them. */
const isWithinWord = (text: string, start: number) => WITHIN_WORD.test(text.slice(Math.max(0, start - 1), start + 1));
const WITHIN_WORD = /^[\p{Script=Latin}\p{Script=Cyrillic}]{2}$/u;

/** Dates and ids are ASCII: to compare them as in a dictionary took longer than all else. */
const compare = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0);
const newestFirst = (one: CataloguedDocument, other: CataloguedDocument) =>
  compare(other.date ?? '', one.date ?? '') || compare(one.documentId, other.documentId);

function groupBy(documents: readonly CataloguedDocument[], keyOf: (document: CataloguedDocument) => string | undefined) {
  const groups = new Map<string, CataloguedDocument[]>();
  for (const document of documents) {
    const key = keyOf(document);
    const group = key === undefined ? undefined : groups.get(key);
    if (group) group.push(document);
    else if (key !== undefined) groups.set(key, [document]);
  }
  return groups;
}

const catalogues = new WeakMap<OpenIndex['documents'], DocumentCatalogue>();

/** The catalogue of a generation, made when it is first asked for. */
export function catalogueOf({ documents }: Pick<OpenIndex, 'documents'>): DocumentCatalogue {
  const known = catalogues.get(documents);
  if (known) return known;
  const catalogue = new DocumentCatalogue(Array.from(documents.outlines(), catalogued));
  catalogues.set(documents, catalogue);
  return catalogue;
}

/** Makes the catalogue a piece in each turn of the event loop, so that no question waits for it: of 10,000 documents it takes 0.1 s. */
export async function prepareCatalogue({ documents }: Pick<OpenIndex, 'documents'>): Promise<void> {
  const all: CataloguedDocument[] = [];
  for (const outline of documents.outlines()) {
    all.push(catalogued(outline));
    if (all.length % AT_ONCE === 0) await setImmediate();
  }
  if (!catalogues.has(documents)) catalogues.set(documents, new DocumentCatalogue(all));
}
