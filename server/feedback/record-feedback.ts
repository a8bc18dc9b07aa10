import { type FileHandle, mkdir, open } from 'node:fs/promises';
import path from 'node:path';
import { flush } from '../../ingest/index/generation-files.ts';
import { YoujuError } from '../../ingest/youju-error.ts';
import type { FeedbackRecord } from './feedback-record.ts';

/** Bytes: some 100,000 ratings of an ordinary question, and no disk is filled by hostile ones. */
const LARGEST_FILE = 64 * 1024 * 1024;
const NEWLINE = 0x0a;

export const feedbackFile = (dataFolder: string) => path.join(dataFolder, 'feedback', 'feedback.jsonl');

/** Where feedback is kept. */
export interface FeedbackStore {
  /**
   * Resolves when the record is on a disk.
   * @throws YoujuError `feedback-full`, `feedback-not-stored`, `store-unavailable`; what is there stays as it is
   */
  append(record: FeedbackRecord): Promise<void>;
}

/**
 * The feedback of a data folder: JSON lines, only ever appended to. The file is opened for each record, so that an operator may move
 * it away while the server runs.
 */
export class FeedbackLog implements FeedbackStore {
  readonly #dataFolder: string;
  readonly #largestFile: number;
  #last: Promise<unknown> = Promise.resolve();
  #isEntryFlushed = false;

  constructor(dataFolder: string, largestFile = LARGEST_FILE) {
    this.#dataFolder = dataFolder;
    this.#largestFile = largestFile;
  }

  /** One record is written at a time. */
  append(record: FeedbackRecord): Promise<void> {
    const written = this.#last.then(() => this.#write(`${lineOf(record)}\n`));
    this.#last = written.catch(() => undefined);
    return written;
  }

  async #write(line: string): Promise<void> {
    const file = feedbackFile(this.#dataFolder);
    try {
      // For the operator's eyes: visitors' questions are in it.
      await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
      const handle = await open(file, 'a+', 0o600);
      try {
        await this.#writeTo(handle, file, line);
      } finally {
        await handle.close();
      }
    } catch (cause) {
      if (cause instanceof YoujuError) throw cause;
      const message = `feedback is lost: check that ${file} can be written to and that its disk has room`;
      throw new YoujuError('feedback-not-stored', message, { cause });
    }
  }

  async #writeTo(handle: FileHandle, file: string, line: string): Promise<void> {
    const { size } = await handle.stat();
    // A crash or a full disk may have cut the last line off: it is left for the reader to skip, not glued to this one.
    const bytes = Buffer.from((await endsMidLine(handle, size)) ? `\n${line}` : line);
    if (size + bytes.length > this.#largestFile) {
      const message = `${file} has reached ${this.#largestFile} bytes: move it away (the server begins a new one) and read it with \`npm run evals -- --from-feedback\``;
      throw new YoujuError('feedback-full', message);
    }
    const { bytesWritten } = await handle.write(bytes);
    if (bytesWritten < bytes.length) throw new Error(`only ${bytesWritten} of ${bytes.length} bytes were written`);
    await handle.sync();
    if (size === 0 || !this.#isEntryFlushed) await this.#flushFolders(path.dirname(file));
  }

  /** A file is only as durable as the entries that name it. Once a process as well: the one before may have died in between. */
  async #flushFolders(folder: string): Promise<void> {
    await flush(folder);
    await flush(this.#dataFolder);
    this.#isEntryFlushed = true;
  }
}

async function endsMidLine(handle: FileHandle, size: number): Promise<boolean> {
  if (size === 0) return false;
  const { buffer } = await handle.read({ buffer: Buffer.alloc(1), position: size - 1 });
  return buffer[0] !== NEWLINE;
}

/** JSON leaves these three as they are, and readers of lines (Node's readline, Python's splitlines) end a line at them. */
const lineOf = (record: FeedbackRecord): string =>
  JSON.stringify(record).replace(/[\u0085\u2028\u2029]/g, (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`);
