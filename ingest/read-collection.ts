import { availableParallelism } from 'node:os';
import type { RenderedDocument } from './analysis/cut-batches.ts';
import { inOrder } from './analysis/in-order.ts';
import type { PublishedGeneration } from './index/generation-store.ts';
import { listDocumentFiles } from './reading/list-document-files.ts';
import { readerVersion, readingKey } from './reading/reading-key.ts';
import { type ReadingLimits, SourceReader } from './reading/source-reader.ts';
import { readDocument } from './structure/read-document.ts';
import { readRenderings } from './structure/read-renderings.ts';
import { readSidecar } from './structure/read-sidecar.ts';
import { YoujuError, type YoujuErrorCode } from './youju-error.ts';

export type ReadingOptions = {
  paths: string[];
  /** Whether a file that cannot be read is left out and told in the summary; else nothing is published. */
  leavesOutRefused?: boolean;
  readingLimits?: ReadingLimits;
  /** Told after each file. */
  onRead?: (done: number, total: number) => void;
};

/** A file that is not in the index; `reason` begins with its name. */
export type Refusal = { file: string; reason: string };

/** What tells whether a document would be read as it was, and what its reader warned of. */
export type Reading = { key: string; warnings: string[] };

type PreviousDocuments = Pick<PublishedGeneration, 'documents' | 'manifest'>;

/** The documents of files, and what became of each file. */
export class Collection {
  readonly rendered: RenderedDocument[] = [];
  /** By documentId; empty where it cannot be told which readers read. */
  readonly readings: Record<string, Reading> = {};
  /** How many documents were taken from the index before: their files have not changed. */
  unchanged = 0;
  readonly refused: Refusal[] = [];
  readonly warnings: string[] = [];
  readonly #files = new Map<string, string>();

  /** @throws YoujuError `bad-metadata` when another document has the same name */
  add(outcome: FileOutcome): void {
    const { file } = outcome;
    if ('refusal' in outcome) {
      this.refused.push({ file, reason: outcome.refusal });
      return;
    }
    const { document, renderings, reading, warnings, isUnchanged } = outcome.document;
    const { documentId } = document;
    const other = this.#files.get(documentId);
    if (other !== undefined)
      throw new YoujuError(
        'bad-metadata',
        `two documents are called “${documentId}”: ${other} and ${file}; give one a documentId in ${file}.json`,
      );
    this.#files.set(documentId, file);
    this.rendered.push({ document, renderings });
    if (reading) this.readings[documentId] = reading;
    if (isUnchanged) this.unchanged++;
    this.warnings.push(...warnings.map((warning) => `${file}: ${warning}`));
  }
}

/** What keeps one file out, and not the others. */
const REFUSABLE: readonly YoujuErrorCode[] = ['bad-document', 'coverage-broken'];

/** Files that are read at a time, each by a process of its own where it is no plain text. */
const MOST_READERS = 4;

/**
 * Reads the documents behind files and folders. A file that cannot be read is refused by name; what an editor got wrong (metadata,
 * renderings, two documents of one name) is never passed over.
 * @param previous its documents are taken where their files, sidecars and readers are what they were
 * @throws YoujuError `no-documents`, `bad-metadata`, `bad-rendering`, `coverage-broken`; `bad-document` when no file can be read, or
 *   one cannot and none may be left out
 */
export async function readCollection(options: ReadingOptions, previous?: PreviousDocuments): Promise<Collection> {
  const files = await listDocumentFiles(options.paths);
  const readers = Array.from({ length: Math.min(MOST_READERS, availableParallelism()) }, () => new SourceReader(options.readingLimits));
  const reading = new CollectionReader(await readerVersion(), previous);
  const collection = new Collection();
  let done = 0;
  try {
    // The reader of a file is free: the file that it read before has had its turn.
    const read = ([place, file]: [number, string]) => reading.read(file, readers[place % readers.length] ?? new SourceReader());
    for await (const outcome of inOrder(files.entries(), readers.length, read)) {
      collection.add(outcome);
      options.onRead?.(++done, files.length);
    }
  } finally {
    for (const reader of readers) reader.close();
  }
  const { refused } = collection;
  if (refused.length > 0 && (refused.length === files.length || options.leavesOutRefused !== true))
    throw new YoujuError('bad-document', refused.map(({ reason }) => reason).join('\n'));
  return collection;
}

type FoundDocument = RenderedDocument & { reading: Reading | undefined; warnings: string[]; isUnchanged: boolean };

/** What came of a file. */
type FileOutcome = { file: string } & ({ document: FoundDocument } | { refusal: string });

class CollectionReader {
  readonly #version: string | undefined;
  readonly #previous: PreviousDocuments | undefined;
  /** The documents of the index before, by the keys of their readings. */
  readonly #earlier: ReadonlyMap<string, string>;

  constructor(version: string | undefined, previous: PreviousDocuments | undefined) {
    this.#version = version;
    this.#previous = previous;
    this.#earlier = new Map(Object.entries(previous?.manifest.readings ?? {}).map(([documentId, { key }]) => [key, documentId]));
  }

  /** Anything but a bad file, a disk that fails for one, is no reason to go on without it. */
  async read(file: string, reader: SourceReader): Promise<FileOutcome> {
    try {
      const found = await this.#find(file, reader);
      return { file, document: { ...found, renderings: await readRenderings(file, found.document) } };
    } catch (error) {
      if (!(error instanceof YoujuError) || !REFUSABLE.includes(error.code)) throw error;
      return { file, refusal: error.message };
    }
  }

  async #find(file: string, reader: SourceReader): Promise<FoundDocument> {
    const source = await reader.load(file);
    const sidecar = await readSidecar(file);
    const key = this.#version === undefined ? undefined : readingKey(this.#version, source, sidecar);
    const earlier = key === undefined ? undefined : this.#earlierOf(key);
    if (earlier) return earlier;
    const read = await reader.read(source);
    const document = readDocument(file, read, sidecar);
    const { warnings } = read;
    return { document, renderings: [], reading: key === undefined ? undefined : { key, warnings }, warnings, isUnchanged: false };
  }

  #earlierOf(key: string): FoundDocument | undefined {
    const documentId = this.#earlier.get(key);
    if (documentId === undefined) return undefined;
    const document = this.#previous?.documents.get(documentId);
    const reading = this.#previous?.manifest.readings[documentId];
    return document && reading && { document, renderings: [], reading, warnings: reading.warnings, isUnchanged: true };
  }
}
