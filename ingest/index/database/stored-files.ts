import { type Database, INGESTING_MILLISECONDS } from '../../database/database.ts';
import { YoujuError } from '../../youju-error.ts';
import { sha256 } from '../generation-files.ts';

/** Bytes: a message of the wire protocol is held in memory at both ends, at twice its size. */
const PIECE = 4 * 1024 * 1024;

/** Files by the hash of their content, in pieces: one that did not change since the last generation is not sent again. */
export class StoredFiles {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /**
   * Keeps a file's content. What is there already is read and checked too: a damaged piece would pass from generation to generation.
   * @returns its sha256
   * @throws YoujuError `store-unavailable`, `index-corrupt` where the database does not give back what it was given
   */
  async put(content: Buffer): Promise<string> {
    const hash = sha256(content);
    if (await this.#holds(hash)) return hash;
    await this.#database.transaction(
      async (query) => {
        await query('delete from youju.file_pieces where sha256 = $1', [hash]);
        for (let piece = 0; piece * PIECE < content.length; piece++)
          await query('insert into youju.file_pieces (sha256, piece, bytes) values ($1, $2, $3)', [
            hash,
            piece,
            content.subarray(piece * PIECE, (piece + 1) * PIECE),
          ]);
      },
      { milliseconds: INGESTING_MILLISECONDS },
    );
    if (await this.#holds(hash)) return hash;
    throw new YoujuError('index-corrupt', `the database at ${this.#database.place} does not hold what was written: check its disk`);
  }

  async #holds(hash: string): Promise<boolean> {
    return sha256(await this.get(hash)) === hash;
  }

  async get(hash: string): Promise<Buffer> {
    const pieces: Buffer[] = [];
    for (;;) {
      const [next] = await this.#database.query<{ bytes: Buffer }>(
        'select bytes from youju.file_pieces where sha256 = $1 and piece = $2',
        [hash, pieces.length],
        { milliseconds: INGESTING_MILLISECONDS },
      );
      if (!next) return Buffer.concat(pieces);
      pieces.push(next.bytes);
    }
  }
}
