import { connect, type Socket } from 'node:net';

/** A response as far as load cares; `reset` where the connection broke under the request. */
export type Outcome = { status: number; hasRetryAfter: boolean } | 'reset';

const HEADERS_END = Buffer.from('\r\n\r\n');
/** Node's server hangs up after 5 s of silence and says so; a client that respects it sends nothing in the last second of them. */
const IDLE_MILLISECONDS = 3500;

/** One keep-alive connection with one request at a time, read as cheaply as can be: all connections share a buffer. */
export class LoadConnection {
  static readonly #buffer = Buffer.allocUnsafe(256 * 1024);
  readonly #socket: Socket;
  #done: ((outcome: Outcome) => void) | undefined;
  #head: Buffer | undefined;
  #response: Outcome | undefined;
  #isClosing = false;
  #missing = 0;
  #usedAt = performance.now();

  /** @param onClosed is told once, after what became of the last request */
  constructor(port: number, onClosed: () => void) {
    const onread = {
      buffer: LoadConnection.#buffer,
      callback: (size: number) => this.#read(LoadConnection.#buffer.subarray(0, size)),
    };
    this.#socket = connect({ port, host: '127.0.0.1', noDelay: true, onread });
    // What a broken connection means is told by its closing.
    this.#socket.on('error', () => {});
    this.#socket.on('close', () => {
      this.#settle('reset');
      onClosed();
    });
  }

  /** Whether another request may still go this way. */
  get isFresh(): boolean {
    return !this.#socket.destroyed && !this.#isClosing && performance.now() - this.#usedAt < IDLE_MILLISECONDS;
  }

  ask(request: Buffer, done: (outcome: Outcome) => void): void {
    this.#done = done;
    this.#socket.write(request);
  }

  /** Hangs up; what was asked is not told any more. */
  leave(): void {
    this.#done = undefined;
    this.#socket.destroy();
  }

  #settle(outcome: Outcome): void {
    const done = this.#done;
    this.#done = undefined;
    this.#usedAt = performance.now();
    done?.(outcome);
  }

  #read(bytes: Buffer): boolean {
    if (this.#response) this.#missing -= bytes.length;
    else this.#readHead(bytes);
    if (this.#response && this.#missing <= 0) {
      const response = this.#response;
      this.#response = undefined;
      this.#settle(response);
    }
    return true;
  }

  #readHead(part: Buffer): void {
    const bytes = this.#head ? Buffer.concat([this.#head, part]) : part;
    const end = bytes.indexOf(HEADERS_END);
    // The buffer is shared: what is kept for later is copied.
    this.#head = end < 0 ? Buffer.from(bytes) : undefined;
    if (end < 0) return;
    const head = bytes.toString('latin1', 0, end);
    this.#response = { status: Number(head.slice(9, 12)), hasRetryAfter: /\r\nretry-after: \d/i.test(head) };
    this.#isClosing = /\r\nconnection: close/i.test(head);
    this.#missing = Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1] ?? 0) - (bytes.length - end - HEADERS_END.length);
  }
}
