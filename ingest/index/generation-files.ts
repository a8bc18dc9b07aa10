import { createHash } from 'node:crypto';
import { open, readFile } from 'node:fs/promises';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { z } from 'zod';
import { YoujuError } from '../youju-error.ts';
import { dataFolderError, systemCodeOf } from './data-folder.ts';

/** Bump when a file of a generation changes its shape: an older generation is then refused and built anew. */
export const SCHEMA_VERSION = 5;

export const MANIFEST_FILE = 'manifest.json';
/** Proves the manifest, as the manifest proves the other files; in the format of `sha256sum --check`. */
export const MANIFEST_PROOF_FILE = 'manifest.sha256';
export const FILES = {
  documents: 'documents.bin',
  chunks: 'chunks.bin',
  concepts: 'concepts.bin',
  bridges: 'bridges.bin',
  englishStems: 'english-stems.bin',
  nameSounds: 'name-sounds.json',
  lexical: 'lexical.bin',
  vectors: 'vectors.hnsw',
} as const;

/** Something for each document, trusted as the other files are once the manifest's hash holds: to look into 10,000 took 30 ms of a start. */
const proven = <PerDocument extends object>() => z.custom<PerDocument>((value) => typeof value === 'object' && value !== null);

const manifestSchema = z.object({
  schema: z.literal(SCHEMA_VERSION),
  generation: z.string(),
  createdAt: z.iso.datetime(),
  embedding: z.object({ model: z.string(), dimension: z.number().int().positive() }),
  counts: z.object({ documents: z.number().int(), paragraphs: z.number().int(), chunks: z.number().int(), sentences: z.number().int() }),
  /** sha256 of each source, by documentId. */
  sources: proven<Record<string, string>>(),
  /** What each document was read from, by documentId, and what its reader warned of; see `readingKey`. */
  readings: proven<Record<string, { key: string; warnings: string[] }>>(),
  /** sha256 of each file of the generation, by name. In a database the vectors are no file. */
  files: z.partialRecord(z.enum(Object.values(FILES)), z.string()),
});

/** What a generation is made of, and the hashes that prove it. */
export type Manifest = z.infer<typeof manifestSchema>;

export const sha256 = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');

const PIECE = 2 ** 20;

/** The same, a piece in each turn of the event loop: a server that opens a new generation answers meanwhile. */
async function sha256InTurns(bytes: Buffer): Promise<string> {
  const hash = createHash('sha256');
  for (let at = 0; at < bytes.length; at += PIECE) {
    hash.update(bytes.subarray(at, at + PIECE));
    await setImmediate();
  }
  return hash.digest('hex');
}

/**
 * The same of a file that need not be in memory as a whole: the vectors are most of a generation. The next piece is read while one is
 * hashed.
 */
export async function sha256OfFile(file: string): Promise<string> {
  const hash = createHash('sha256');
  let [piece, next] = [Buffer.allocUnsafe(PIECE), Buffer.allocUnsafe(PIECE)];
  const handle = await open(file, 'r');
  try {
    let { bytesRead } = await handle.read(piece);
    while (bytesRead > 0) {
      const reading = handle.read(next);
      hash.update(piece.subarray(0, bytesRead));
      ({ bytesRead } = await reading);
      [piece, next] = [next, piece];
    }
  } finally {
    await handle.close();
  }
  return hash.digest('hex');
}

export const manifestProof = (manifest: Uint8Array | string): string => `${sha256(manifest)}  ${MANIFEST_FILE}\n`;

export const generationsFolder = (dataFolder: string) => path.join(dataFolder, 'generations');
export const generationFolder = (dataFolder: string, generation: string) => path.join(generationsFolder(dataFolder), generation);
export const currentPointer = (dataFolder: string) => path.join(dataFolder, 'CURRENT');

const GENERATION_NAME = /^[0-9]{14}-[0-9a-f]{8}$/;
export const isGenerationName = (name: string) => GENERATION_NAME.test(name);

/**
 * The published generation's name, or `undefined` where nothing was ever published.
 * @throws YoujuError `index-corrupt`, `bad-data-folder`
 */
export async function readCurrent(dataFolder: string): Promise<string | undefined> {
  const pointer = await readFile(currentPointer(dataFolder), 'utf8').catch((error: unknown) => {
    const code = systemCodeOf(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw dataFolderError(dataFolder, 'read', error);
  });
  const name = pointer?.trim();
  if (name === undefined) return undefined;
  if (!isGenerationName(name))
    throw new YoujuError('index-corrupt', `${currentPointer(dataFolder)} names no generation: run \`npm run ingest\``);
  return name;
}

/** The files of a generation that are held in memory, each checked against its hash. */
export type VerifiedFiles = Record<Exclude<keyof typeof FILES, 'vectors'>, Buffer>;

/** Gives the bytes of a file of a generation. */
type ReadNamed = (name: string) => Promise<Buffer>;

export const readFrom =
  (folder: string): ReadNamed =>
  (name) =>
    readFile(path.join(folder, name));

/**
 * Reads a generation's manifest and checks it against its proof.
 * @param place where the generation is kept, for messages
 * @throws YoujuError `index-corrupt`
 */
export async function verifyManifest(place: string, readNamed: ReadNamed): Promise<Manifest> {
  const [bytes, proof] = await Promise.all([
    readExisting(place, MANIFEST_FILE, readNamed),
    readExisting(place, MANIFEST_PROOF_FILE, readNamed),
  ]);
  if (proof.toString('utf8') !== manifestProof(bytes)) throw damaged(place, MANIFEST_FILE);
  return parseManifest(place, bytes);
}

/**
 * Reads the files of a generation and checks each against its hash, one after the other: questions need the database's other
 * connections. Nothing is opened before: a flipped bit crashed hnswlib-node in 21 % of tries and changed its answers silently in 18 %.
 * @throws YoujuError `index-corrupt`
 */
export async function verifyFiles(place: string, { files }: Manifest, readNamed: ReadNamed): Promise<VerifiedFiles> {
  const verified = async (name: (typeof FILES)[keyof typeof FILES]) => {
    const bytes = await readExisting(place, name, readNamed);
    if ((await sha256InTurns(bytes)) !== files[name]) throw damaged(place, name);
    return bytes;
  };
  return {
    documents: await verified(FILES.documents),
    chunks: await verified(FILES.chunks),
    concepts: await verified(FILES.concepts),
    bridges: await verified(FILES.bridges),
    englishStems: await verified(FILES.englishStems),
    nameSounds: await verified(FILES.nameSounds),
    lexical: await verified(FILES.lexical),
  };
}

/**
 * Checks the vectors of a generation kept as a folder.
 * @returns their file
 * @throws YoujuError `index-corrupt`
 */
export async function verifyVectors(folder: string, { files }: Manifest): Promise<string> {
  const file = path.join(folder, FILES.vectors);
  const hash = await sha256OfFile(file).catch((cause: unknown) => {
    throw unreadable(folder, FILES.vectors, cause);
  });
  if (hash !== files[FILES.vectors]) throw damaged(folder, FILES.vectors);
  return file;
}

const readExisting = (place: string, name: string, readNamed: ReadNamed): Promise<Buffer> =>
  readNamed(name).catch((cause: unknown) => {
    throw cause instanceof YoujuError ? cause : unreadable(place, name, cause);
  });

const unreadable = (place: string, name: string, cause: unknown) =>
  new YoujuError('index-corrupt', `${path.join(place, name)} cannot be read: run \`npm run ingest\``, { cause });

const damaged = (place: string, name: string) =>
  new YoujuError('index-corrupt', `${path.join(place, name)} was changed or damaged: run \`npm run ingest\``);

function parseManifest(place: string, bytes: Buffer): Manifest {
  try {
    // Once a generation: zod need not write and compile code for it first.
    return manifestSchema.parse(JSON.parse(bytes.toString('utf8')), { jitless: true });
  } catch (cause) {
    throw new YoujuError('index-corrupt', `${path.join(place, MANIFEST_FILE)} is damaged or of another version: run \`npm run ingest\``, {
      cause,
    });
  }
}

/** Flushes a file's or folder's content to the disk: a rename is only as durable as what it names. */
export async function flush(fileOrFolder: string): Promise<void> {
  const handle = await open(fileOrFolder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
