import type { SourceDocument } from '../structure/document.ts';
import type { Manifest } from './generation-files.ts';
import type { OpenIndex } from './open-generation.ts';
import type { PublishedParts } from './publish-generation.ts';

/** Where the generations of an index live: the data folder of one machine, or a database that any number of servers share. */
export interface GenerationStore {
  /** For messages: the folder, or the database's address without its password. */
  readonly place: string;
  /** The variables by which another program opens the same store. */
  readonly environment: Record<string, string>;

  /**
   * The published generation's name, or `undefined` where nothing was ever published.
   * @throws YoujuError `index-corrupt`, `bad-data-folder`, `store-unavailable`
   */
  published(): Promise<string | undefined>;

  /**
   * Opens a generation after checking all its hashes.
   * @throws YoujuError `index-corrupt`, also when another generation is kept under the name; `store-unavailable`
   */
  open(generation: string): Promise<OpenIndex>;

  /**
   * Runs `work` while nobody else ingests into this store. What killed ingests left behind is removed first.
   * @throws YoujuError `ingest-running` when another process does, `bad-data-folder`, `store-unavailable`
   */
  ingesting<Result>(work: (writer: GenerationWriter) => Promise<Result>): Promise<Result>;
}

/** What an ingest may do with a store while it has it for itself. */
export interface GenerationWriter {
  /** What is published, if it can be read: a damaged generation is simply replaced. */
  readonly previous: PublishedGeneration | undefined;

  /**
   * Begins with the vectors of a generation. `hashes` are those of its chunks, in their order.
   * @returns those of them that have no vector under this model yet: neither in the published generation nor from an ingest that was killed
   */
  withoutVector(model: string, hashes: readonly string[]): Promise<ReadonlySet<string>>;

  /**
   * Keeps new vectors, by chunk hash, for the generation that is going to be published. May be called several times, one call after
   * another; while none are new, too: the time is used to index those that are there.
   * @param arePaid whether they cost more than to make them anew, and so are kept for the next ingest if this one is killed
   */
  addVectors(model: string, vectors: ReadonlyMap<string, number[]>, arePaid: boolean): Promise<void>;

  /**
   * Publishes a generation of which every chunk has a vector: readers see either it or the one before, whole. The one before is kept
   * for those that are just opening it, older ones are removed.
   * @returns the generation's name
   */
  publish(parts: PublishedParts): Promise<string>;
}

/** What the next ingest needs to know of a published generation. `hashes`: those of its chunks. */
export type PublishedGeneration = { manifest: Manifest; documents: ReadonlyMap<string, SourceDocument>; hashes: readonly string[] };
