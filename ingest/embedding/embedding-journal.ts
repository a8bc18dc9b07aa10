import { createHash } from 'node:crypto';
import { readSync } from 'node:fs';
import { type FileHandle, open, rm } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { dataFolderError, systemCodeOf } from '../index/data-folder.ts';

/** Bump when records change their shape: an older journal is then thrown away. */
const FORMAT = 1;
const HASH_BYTES = 32;
const PROOF_BYTES = 8;
const LONGEST_HEADER = 4096;
const READ_BYTES = 2 ** 20;

const headerSchema = z.object({ format: z.literal(FORMAT), model: z.string(), dimension: z.number().int().positive() });
type Header = z.infer<typeof headerSchema>;

const journalFile = (dataFolder: string) => path.join(dataFolder, 'embeddings.journal');

/**
 * The embeddings that an ingest was given by an endpoint, kept in the data folder until a generation holds them: an ingest that is killed
 * or fails is not paid twice. A line of JSON with model and dimension, then records of one length: the hash of a chunk, its vector in single
 * precision, and the first bytes of the sha256 of both. What a kill or a full disk left half written ends the journal there.
 */
export class EmbeddingJournal {
  readonly #file: string;
  readonly #dataFolder: string;
  readonly #model: string;
  #handle: FileHandle | undefined;
  #header: Header | undefined;
  /** Where the record of each chunk stands, by the chunk's hash. */
  readonly #places = new Map<string, number>();
  #end = 0;

  private constructor(dataFolder: string, model: string) {
    this.#file = journalFile(dataFolder);
    this.#dataFolder = dataFolder;
    this.#model = model;
  }

  /** Reads what an earlier ingest left under the same model; anything else counts as nothing. */
  static async open(dataFolder: string, model: string): Promise<EmbeddingJournal> {
    const journal = new EmbeddingJournal(dataFolder, model);
    await journal.#read().catch((error: unknown) => {
      throw dataFolderError(dataFolder, 'read', error);
    });
    return journal;
  }

  /** Removes the journal of a data folder, whatever model it is of: what it holds is published, or nobody wants it. */
  static async remove(dataFolder: string): Promise<void> {
    await rm(journalFile(dataFolder), { force: true }).catch((error: unknown) => {
      throw dataFolderError(dataFolder, 'written', error);
    });
  }

  /** How long its vectors are; `undefined` while it has none. */
  get dimension(): number | undefined {
    return this.#places.size > 0 ? this.#header?.dimension : undefined;
  }

  has(hash: string): boolean {
    return this.#places.has(hash);
  }

  /** The vector of a chunk that it has. */
  vectorOf(hash: string): number[] {
    const place = this.#places.get(hash);
    if (place === undefined || !this.#handle || !this.#header) throw new Error(`the journal has no chunk ${hash}`);
    const bytes = Buffer.alloc(this.#header.dimension * Float32Array.BYTES_PER_ELEMENT);
    readSync(this.#handle.fd, bytes, 0, bytes.length, place + HASH_BYTES);
    return [...new Float32Array(bytes.buffer, bytes.byteOffset, this.#header.dimension)];
  }

  /**
   * Keeps vectors, by chunk hash; they are on the disk when the promise resolves, and until then nothing else may be kept. Vectors of another
   * dimension than it holds show that the model is another one, in spite of its name: it begins anew.
   * @throws YoujuError `bad-data-folder`
   */
  append(vectors: ReadonlyMap<string, readonly number[]>): Promise<void> {
    return this.#append(vectors).catch((error: unknown) => {
      throw dataFolderError(this.#dataFolder, 'written', error);
    });
  }

  async close(): Promise<void> {
    await this.#handle?.close();
    this.#handle = undefined;
  }

  async #append(vectors: ReadonlyMap<string, readonly number[]>): Promise<void> {
    const [first] = vectors.values();
    if (!first) return;
    const dimension = first.length;
    const handle =
      this.#header?.dimension === dimension ? this.#handle : await this.#begin({ format: FORMAT, model: this.#model, dimension });
    const bytes = Buffer.concat(Array.from(vectors, ([hash, vector]) => recordOf(hash, vector)));
    await handle?.write(bytes, 0, bytes.length, this.#end);
    await handle?.datasync();
    for (const hash of vectors.keys()) {
      this.#places.set(hash, this.#end);
      this.#end += recordLength(dimension);
    }
  }

  async #begin(header: Header): Promise<FileHandle> {
    await this.#handle?.close();
    this.#places.clear();
    this.#handle = await open(this.#file, 'w+');
    this.#header = header;
    const line = Buffer.from(`${JSON.stringify(header)}\n`);
    await this.#handle.write(line, 0, line.length, 0);
    this.#end = line.length;
    return this.#handle;
  }

  async #read(): Promise<void> {
    const handle = await open(this.#file, 'r+').catch((error: unknown) => {
      if (systemCodeOf(error) === 'ENOENT') return undefined;
      throw error;
    });
    if (!handle) return;
    const head = Buffer.alloc(LONGEST_HEADER);
    const { bytesRead } = await handle.read(head, 0, head.length, 0);
    const lineEnd = head.subarray(0, bytesRead).indexOf('\n');
    const header = parseHeader(head.toString('utf8', 0, Math.max(0, lineEnd)));
    if (header?.model !== this.#model) return handle.close();
    this.#handle = handle;
    this.#header = header;
    this.#end = lineEnd + 1;
    await this.#readRecords(handle, recordLength(header.dimension));
  }

  /** Up to the first record that is not as it was written. */
  async #readRecords(handle: FileHandle, length: number): Promise<void> {
    const many = Buffer.alloc(Math.max(1, Math.floor(READ_BYTES / length)) * length);
    for (;;) {
      const { bytesRead } = await handle.read(many, 0, many.length, this.#end);
      let at = 0;
      for (; at + length <= bytesRead; at += length) {
        const record = many.subarray(at, at + length);
        if (!isWhole(record)) return;
        this.#places.set(record.toString('hex', 0, HASH_BYTES), this.#end);
        this.#end += length;
      }
      if (at === 0 || at < many.length) return;
    }
  }
}

const recordLength = (dimension: number) => HASH_BYTES + dimension * Float32Array.BYTES_PER_ELEMENT + PROOF_BYTES;

function recordOf(hash: string, vector: readonly number[]): Buffer {
  const content = Buffer.concat([Buffer.from(hash, 'hex'), Buffer.from(Float32Array.from(vector).buffer)]);
  return Buffer.concat([content, proofOf(content)]);
}

const proofOf = (content: Uint8Array) => createHash('sha256').update(content).digest().subarray(0, PROOF_BYTES);

const isWhole = (record: Buffer) => proofOf(record.subarray(0, -PROOF_BYTES)).equals(record.subarray(-PROOF_BYTES));

function parseHeader(line: string): Header | undefined {
  try {
    return headerSchema.parse(JSON.parse(line));
  } catch {
    return undefined;
  }
}
