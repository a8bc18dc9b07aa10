import { createServer, type Server, type Socket } from 'node:net';
import { type Extensions, PGlite } from '@electric-sql/pglite';
import { vector } from '@electric-sql/pglite-pgvector';
import { MessageBatches } from './message-batches.ts';

type Turn = { socket: Socket; batch: Uint8Array };

/**
 * PostgreSQL with pgvector as PGlite runs it, on a port, for any number of connections. PGlite has one session: a connection has it for
 * one exchange (up to Sync) or one transaction, as with a pooler that hands sessions out by transaction. PGlite's own socket server
 * lets the messages of several connections run between one another, so that a Bind meets another one's Parse.
 */
export class PgliteServer {
  readonly #folder: string;
  readonly #extensions: Extensions;
  readonly #sockets = new Set<Socket>();
  #server: Server | undefined;
  #database: PGlite | undefined;
  #port = 0;
  #turns: Turn[] = [];
  #owner: Socket | undefined;
  #isBusy = false;

  private constructor(folder: string, extensions: Extensions) {
    this.#folder = folder;
    this.#extensions = extensions;
  }

  /** @param folder keeps the data over restarts */
  static async start(folder: string, extensions: Extensions = { vector }): Promise<PgliteServer> {
    const server = new PgliteServer(folder, extensions);
    await server.restart();
    return server;
  }

  get url(): string {
    return `postgresql://postgres@127.0.0.1:${this.#port}/postgres`;
  }

  /** Ends it as a killed server ends: connections break in the middle of whatever they were told. */
  async kill(): Promise<void> {
    const [server, database] = [this.#server, this.#database];
    this.#turns = [];
    this.#owner = undefined;
    for (const socket of this.#sockets) socket.resetAndDestroy();
    await new Promise((resolve) => server?.close(resolve));
    await database?.close();
  }

  /** Starts again on the same port. */
  async restart(): Promise<void> {
    this.#database = await PGlite.create(this.#folder, { extensions: this.#extensions });
    this.#server = createServer((socket) => this.#serve(socket));
    const server = this.#server;
    await new Promise<void>((resolve) => server.listen(this.#port, '127.0.0.1', resolve));
    const address = server.address();
    if (address !== null && typeof address === 'object') this.#port = address.port;
  }

  #serve(socket: Socket): void {
    this.#sockets.add(socket);
    const batches = new MessageBatches();
    socket.on('data', (bytes) => {
      for (const batch of batches.read(bytes)) {
        if (batch === 'refuse-encryption') socket.write('N');
        else this.#turns.push({ socket, batch });
      }
      void this.#work();
    });
    socket.on('error', () => {});
    socket.on('close', () => {
      this.#sockets.delete(socket);
      this.#turns = this.#turns.filter((turn) => turn.socket !== socket);
      if (this.#owner === socket) void this.#rollBack();
    });
  }

  async #work(): Promise<void> {
    if (this.#isBusy) return;
    this.#isBusy = true;
    for (let turn = this.#nextTurn(); turn; turn = this.#nextTurn()) await this.#take(turn);
    this.#isBusy = false;
  }

  #nextTurn(): Turn | undefined {
    const at = this.#owner ? this.#turns.findIndex(({ socket }) => socket === this.#owner) : 0;
    return at < 0 ? undefined : this.#turns.splice(at, 1)[0];
  }

  async #take({ socket, batch }: Turn): Promise<void> {
    const database = this.#database;
    if (!database || database.closed) return;
    const reply = await database.execProtocolRaw(batch);
    this.#owner = database.isInTransaction() ? socket : undefined;
    if (socket.destroyed && this.#owner === socket) await this.#rollBack();
    else socket.write(reply);
  }

  async #rollBack(): Promise<void> {
    this.#owner = undefined;
    const database = this.#database;
    if (database && !database.closed) await database.exec('rollback');
    void this.#work();
  }
}
