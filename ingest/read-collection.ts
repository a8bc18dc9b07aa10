import type { RenderedDocument } from './analyse-text.ts';
import type { IngestOptions } from './ingest-documents.ts';
import { listDocumentFiles } from './reading/list-document-files.ts';
import { SourceReader } from './reading/source-reader.ts';
import { readDocument } from './structure/read-document.ts';
import { readRenderings } from './structure/read-renderings.ts';
import { YoujuError } from './youju-error.ts';

/** A file that is not in the index; `reason` begins with its name. */
export type Refusal = { file: string; reason: string };

export type Collection = { rendered: RenderedDocument[]; refused: Refusal[]; warnings: string[] };

/**
 * Reads the documents behind files and folders. A file that cannot be read is refused by name; what an editor got wrong (metadata,
 * renderings, two documents of one name) is never passed over.
 * @throws YoujuError `no-documents`, `bad-metadata`, `bad-rendering`, `coverage-broken`; `bad-document` when no file can be read, or
 *   one cannot and none may be left out
 */
export async function readCollection(
  options: Pick<IngestOptions, 'paths' | 'leavesOutRefused' | 'readingLimits' | 'onProgress'>,
): Promise<Collection> {
  const files = await listDocumentFiles(options.paths);
  const collection = new CollectionReader(new SourceReader(options.readingLimits));
  try {
    for (const [index, file] of files.entries()) {
      await collection.add(file);
      options.onProgress?.({ stage: 'open', done: index + 1, total: files.length });
    }
  } finally {
    collection.close();
  }
  const { refused } = collection;
  if (refused.length > 0 && (refused.length === files.length || options.leavesOutRefused !== true))
    throw new YoujuError('bad-document', refused.map(({ reason }) => reason).join('\n'));
  return { rendered: [...collection.documents.values()].map(({ rendered }) => rendered), refused, warnings: collection.warnings };
}

class CollectionReader {
  readonly documents = new Map<string, { rendered: RenderedDocument; file: string }>();
  readonly refused: Refusal[] = [];
  readonly warnings: string[] = [];
  readonly #reader: SourceReader;

  constructor(reader: SourceReader) {
    this.#reader = reader;
  }

  async add(file: string): Promise<void> {
    const source = await this.#reader.read(file).catch((error: unknown) => this.#refuse(file, error, 'coverage-broken'));
    const document = source && (await readDocument(file, source).catch((error: unknown) => this.#refuse(file, error)));
    if (!document) return;
    const other = this.documents.get(document.documentId);
    if (other) {
      throw new YoujuError(
        'bad-metadata',
        `two documents are called “${document.documentId}”: ${other.file} and ${file}; give one a documentId in ${file}.json`,
      );
    }
    this.warnings.push(...source.warnings.map((warning) => `${file}: ${warning}`));
    this.documents.set(document.documentId, { rendered: { document, renderings: await readRenderings(file, document) }, file });
  }

  close(): void {
    this.#reader.close();
  }

  /** Anything but a bad file, a disk that fails for one, is no reason to go on without it. */
  #refuse(file: string, error: unknown, ...codes: string[]): undefined {
    if (!(error instanceof YoujuError) || !['bad-document', ...codes].includes(error.code)) throw error;
    this.refused.push({ file, reason: error.message });
  }
}
