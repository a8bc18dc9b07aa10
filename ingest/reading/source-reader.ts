import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { packageRoot } from '../package-root.ts';
import { YoujuError, type YoujuErrorCode } from '../youju-error.ts';
import type { ReadText } from './reading.ts';
import { checkBeginning, formatOf, type MarkedUpFormat, MEDIA_TYPES, type SourceFormat } from './source-format.ts';

/** A file with its bytes. `mediaType` is absent where the file is the text itself. */
export type ReadSource = ReadText & { bytes: Uint8Array; mediaType?: string };

/** A file that is not read yet. */
export type SourceFile = { file: string; format: SourceFormat; bytes: Uint8Array };

export type ReadingRequest = { format: MarkedUpFormat; bytes: Uint8Array };
/** `ready` once, then an answer a request. */
export type ReadingResponse = { ready: true } | { read: ReadText } | { refusal: { code: YoujuErrorCode; message: string } };

/** What one file may cost: its size, and memory of the process that reads it, in megabytes; and time. */
export type ReadingLimits = { size: number; memory: number; seconds: number };
export const READING_LIMITS: ReadingLimits = { size: 64, memory: 2048, seconds: 60 };

const START_MILLISECONDS = 30_000;
/** A timer of more fires at once. */
const LONGEST_TIMER = 2 ** 31 - 1;
/** The compiled one, from tests too: Node runs no TypeScript. */
const PROGRAM = path.join(packageRoot, 'dist', 'ingest', 'reading', 'reading-process.js');

/**
 * Reads document files. Plain text is read here; for everything else a process is started when the first such file comes, and again
 * after one that had to be ended.
 */
export class SourceReader {
  readonly #limits: ReadingLimits;
  #process: ChildProcess | undefined;

  constructor(limits = READING_LIMITS) {
    this.#limits = limits;
  }

  /**
   * The bytes of a file that can be read by its name, size and beginning.
   * @throws YoujuError `bad-document` with the file's name and what is wrong with it
   */
  load(file: string): Promise<SourceFile> {
    return named(file, async () => {
      const format = formatOf(file);
      await this.#checkSize(file);
      const bytes = await readFile(file);
      checkBeginning(format, bytes);
      return { file, format, bytes };
    });
  }

  /** @throws YoujuError `bad-document` or `coverage-broken` with the file's name and what is wrong with it */
  read({ file, format, bytes }: SourceFile): Promise<ReadSource> {
    return named(file, async () => {
      if (format === 'text') return { ...readPlainText(bytes), bytes };
      return { ...(await this.#readElsewhere({ format, bytes })), bytes, mediaType: MEDIA_TYPES[format] };
    });
  }

  /** Ends the process; to be called when all files are read. */
  close(): void {
    this.#process?.kill('SIGKILL');
    this.#process = undefined;
  }

  async #checkSize(file: string): Promise<void> {
    const { size } = await stat(file);
    const most = this.#limits.size;
    if (size > most * 2 ** 20)
      throw new YoujuError('bad-document', `has ${Math.ceil(size / 2 ** 20)} MB, and ${most} MB are read: split it, or give --max-size`);
  }

  async #readElsewhere(request: ReadingRequest): Promise<ReadText> {
    const { seconds, memory } = this.#limits;
    const isUsed = this.#process !== undefined;
    const first = await this.#ask(request);
    // It may be what the files before left in memory: no file is refused for them.
    const response = first === 'ended' && isUsed ? await this.#ask(request) : first;
    if (response === 'late')
      throw new YoujuError('bad-document', `takes longer than ${seconds} s to read: split it, or give --max-seconds`);
    if (response === 'ended')
      throw new YoujuError(
        'bad-document',
        `ends its reader, or needs more than ${memory} MB of memory: save it anew, or give --max-memory`,
      );
    if ('refusal' in response) throw new YoujuError(response.refusal.code, response.refusal.message);
    if ('read' in response) return response.read;
    throw new Error('the reading process answered out of turn');
  }

  async #ask(request: ReadingRequest): Promise<ReadingResponse | 'ended' | 'late'> {
    const child = this.#process ?? (await startProcess(this.#limits.memory));
    this.#process = child;
    const response = await answerOf(child, this.#limits.seconds * 1000, () => child.send(request));
    if (response === 'late' || response === 'ended') this.close();
    return response;
  }
}

/** What is wrong with a file is told with its name. */
async function named<Result>(file: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof YoujuError ? new YoujuError(error.code, `${file} ${error.message}`, { cause: error }) : error;
  }
}

async function startProcess(megabytes: number): Promise<ChildProcess> {
  const child = fork(PROGRAM, [String(megabytes * 2 ** 20)], {
    // The program watches the whole of its memory; this stops what grows in the heap without a pause.
    execArgv: [`--max-old-space-size=${megabytes}`],
    serialization: 'advanced',
    // A heap that is full prints pages of V8's state before the process ends.
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    env: {},
  });
  const response = await answerOf(child, START_MILLISECONDS);
  if (typeof response === 'object' && 'ready' in response) return child;
  child.kill('SIGKILL');
  throw new Error(`${PROGRAM} does not start: run \`npm run build\``);
}

/** The next message of a process, or why there is none. */
async function answerOf(child: ChildProcess, milliseconds: number, ask = () => {}): Promise<ReadingResponse | 'ended' | 'late'> {
  if (!child.connected) return 'ended';
  const waiting = new AbortController();
  const { signal } = waiting;
  const timer = setTimeout(() => waiting.abort(), Math.min(milliseconds, LONGEST_TIMER));
  try {
    const answer = once(child, 'message', { signal }).then(([response]: ReadingResponse[]) => response ?? 'ended');
    const end = once(child, 'exit', { signal }).then(() => 'ended' as const);
    ask();
    return await Promise.race([answer, end]);
  } catch (error) {
    if (signal.aborted) return 'late';
    throw error;
  } finally {
    clearTimeout(timer);
    waiting.abort();
  }
}

/** The text is the file, byte for byte. */
export function readPlainText(bytes: Uint8Array): ReadText {
  try {
    // ignoreBOM keeps a byte order mark in the text, so that offsets and bytes agree.
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return { text, blocks: [{ role: 'text', start: 0, end: text.length }], metadata: {}, warnings: [] };
  } catch (cause) {
    throw new YoujuError('bad-document', 'is not UTF-8: save it as UTF-8 and ingest again', { cause });
  }
}
